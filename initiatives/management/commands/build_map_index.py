"""manage.py build_map_index: make the map index of this machine anew."""

from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from initiatives.mapped import INDEX


class Command(BaseCommand):
    """Reads all published initiatives and writes the file that the web servers map."""

    help = (
        "Make the map index anew. Servers do so by themselves when they need to; this is for after a restore."
    )

    def handle(self, *args, **options) -> None:
        """Exit 1 where the file cannot be written."""
        began = perf_counter()
        view = INDEX.build(anew=True)
        if view is None:
            raise CommandError("The database has no version yet: run `manage.py migrate` first.")
        path = INDEX.file_of(view)
        if not path.exists():
            raise CommandError(
                f"The file could not be written: {path}. See MAP_INDEX_DIR and the free space there."
            )
        megabytes = path.stat().st_size / 1_000_000
        seconds = perf_counter() - began
        self.stdout.write(
            f"map index: {len(view)} initiatives, version {view.version.number}, {megabytes:.1f} MB, {seconds:.1f} s"
        )
