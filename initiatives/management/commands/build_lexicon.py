"""manage.py build_lexicon: the words of all published initiatives, counted anew."""

from django.core.management.base import BaseCommand

from initiatives.searching import lexicon


class Command(BaseCommand):
    """Set-based; safe to run at any time."""

    help = (
        "Count the words of all published initiatives anew, for completion and for typing errors in searches."
    )

    def handle(self, *args, **options) -> None:
        """One transaction."""
        words, touched = lexicon.rebuild()
        self.stdout.write(f"words: {words}, {touched} added, changed or gone")
