"""manage.py undo_territories: put back exactly what an import of boundaries changed."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importers.boundaries.undoing import undo_boundaries
from importers.errors import NotUndoneError
from importers.models import BoundaryRun

MOST_TOLD = 100


class Command(BaseCommand):
    """What somebody changed since, what a later run changed and what something refers to stays, and is named."""

    help = "Undo a run of import_territories: what it added goes, what it changed is as before."

    def add_arguments(self, parser: CommandParser) -> None:
        """The number that import_territories told."""
        parser.add_argument("run", type=int, metavar="RUN")

    def handle(self, *args, **options) -> None:
        """One transaction."""
        try:
            undone = undo_boundaries(BoundaryRun.objects.get(pk=options["run"]), by=None)
        except BoundaryRun.DoesNotExist as error:
            raise CommandError(f"no run {options['run']}") from error
        except NotUndoneError as error:
            raise CommandError(str(error)) from error
        for one in undone.left[:MOST_TOLD]:
            what = f", {', '.join(one.fields)} kept" if one.fields else ", kept"
            run = f" (run {one.by})" if one.by else ""
            self.stdout.write(f"{one.why}{run}{what}: {one.name} ({one.code})")
        if len(undone.left) > MOST_TOLD:
            self.stdout.write(f"… and {len(undone.left) - MOST_TOLD} more")
        self.stdout.write(
            f"removed {len(undone.removed)}, put back {len(undone.restored)}, left {len(undone.left)}"
        )
