"""manage.py withdraw_snapshot: take the files of a date back, for what should never have been public."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser

from initiatives.models import Snapshot
from initiatives.snapshots import actions


class Command(BaseCommand):
    """Deletes the files for good; their addresses answer 410."""

    help = "Delete the files of the snapshot of a date for good; its addresses say that it was withdrawn."

    def add_arguments(self, parser: CommandParser) -> None:
        """The date."""
        parser.add_argument("date", type=date.fromisoformat, metavar="YYYY-MM-DD")

    def handle(self, *args, **options) -> None:
        """One date at a time."""
        found = Snapshot.objects.ready().filter(date=options["date"]).first()
        if found is None:
            raise CommandError(f"There is no snapshot of {options['date']}.")
        actions.withdraw(found, by=None)
        self.stdout.write(f"{found}: withdrawn")
