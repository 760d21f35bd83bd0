"""manage.py undo_import: put back exactly what a run changed."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.errors import NotUndoneError
from importers.models import ImportRun
from importers.undoing import undo_run

MOST_TOLD = 100


class Command(BaseCommand):
    """What somebody changed since stays as it is, and is named."""

    help = "Undo a run of import_initiatives: what it added goes, what it changed is as before."

    def add_arguments(self, parser: CommandParser) -> None:
        """The number that import_initiatives told."""
        parser.add_argument("run", type=int, metavar="RUN")

    def handle(self, *args, **options) -> None:
        """One transaction."""
        try:
            undone = undo_run(ImportRun.objects.get(pk=options["run"]), by=None)
        except ImportRun.DoesNotExist as error:
            raise CommandError(f"no run {options['run']}") from error
        except NotUndoneError as error:
            raise CommandError(str(error)) from error
        for one in undone.left[:MOST_TOLD]:
            what = f"{', '.join(one.fields)} kept" if one.fields else "kept"
            self.stdout.write(f"changed since, {what}: {one.name} ({one.initiative})")
        if len(undone.left) > MOST_TOLD:
            self.stdout.write(f"… and {len(undone.left) - MOST_TOLD} more")
        self.stdout.write(
            f"removed {len(undone.removed)}, put back {len(undone.restored)}, changed since {len(undone.left)}"
        )
