"""manage.py check_map_index: hold the map index against the database."""

from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from initiatives.mapcheck import differences

SHOWN = 20


class Command(BaseCommand):
    """Recounts cells, lists and positions."""

    help = "Compare the map index with the database; exit 1 with the first differences."

    def handle(self, *args, **options) -> None:
        """Exit 0 only where nothing differs."""
        try:
            found = list(islice(differences(), SHOWN))
        except LookupError as error:
            raise CommandError(str(error)) from error
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError("The map index differs from the database (the first differences are above).")
        self.stdout.write("map index: agrees with the database")
