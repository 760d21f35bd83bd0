"""manage.py make_snapshot: all that is public, frozen under the date of today."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from initiatives.snapshots import actions, reading


class Command(BaseCommand):
    """Makes the snapshot of today; the worker makes one each month."""

    help = "Write all that is public to files that never change, under the date of today (UTC)."

    def handle(self, *args, **options) -> None:
        """The folder appears when it is whole."""
        try:
            made = actions.make(by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except OSError as error:
            raise CommandError(f"The snapshot cannot be written ({error.strerror}).") from error
        for file in made.files:
            self.stdout.write(f"{file['bytes']:>14,}  {file['name']}")
        counts = made.counts
        self.stdout.write(
            f"{reading.folder(made.label)}: {counts['initiatives']:,} initiatives; {counts['added']:,} added, "
            f"{counts['changed']:,} changed, {counts['removed']:,} removed"
        )
