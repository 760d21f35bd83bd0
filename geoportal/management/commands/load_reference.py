"""manage.py load_reference: open boundaries and towns of fixtures/."""

from django.conf import settings
from django.core.management.base import BaseCommand

from initiatives.placement import place
from territories.loading import load_gazetteer, load_territories

LEVELS = ("country", "region", "department")


class Command(BaseCommand):
    """Adds or refreshes; a second run changes nothing."""

    help = "Load the open boundaries and the gazetteer of fixtures/; safe to run again."

    def handle(self, *args, **options) -> None:
        """Countries before regions before departments, so that parents are there."""
        folder = settings.BASE_DIR / "fixtures"
        changed = load_territories([folder / "territories" / f"{level}.geojson.gz" for level in LEVELS])
        place(territories=changed)
        towns = load_gazetteer(folder / "gazetteer" / "places.csv.gz")
        self.stdout.write(f"territories: {len(changed)} added or changed; towns: {towns} read")
