"""manage.py load_demo: the demo content, once."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from geoportal.demo import campaigns, content, desk, exchange, groups, links, people, spaces, waiting
from initiatives.models import Network, Snapshot
from initiatives.searching import lexicon
from initiatives.snapshots import actions as snapshots
from territories.models import Collective


class Command(BaseCommand):
    """Adds what is missing; a second run changes nothing."""

    help = (
        "Load made-up initiatives, collectives, networks and, while DEBUG is on, sign-ins; safe to run again."
    )

    def handle(self, *args, **options) -> None:
        """All or nothing."""
        with transaction.atomic():
            call_command("load_reference", stdout=self.stdout)
            content.load_networks()
            content.load_collectives()
            added = content.load_initiatives()
            linked = links.load()
            handed_in = waiting.load()
            collective = Collective.objects.earliest("pk")
            signed = people.load(collective, Network.objects.earliest("pk")) if settings.DEBUG else 0
            reported = desk.load(collective)
            if settings.DEBUG:
                reported += desk.load_for_people(collective)
            grouped = groups.load() if settings.DEBUG else 0
            spaced = spaces.load() if settings.DEBUG else 0
            exchanged = exchange.load() if settings.DEBUG else 0
            called = campaigns.load() if settings.DEBUG else 0
            lexicon.rebuild()
        if not Snapshot.objects.exists():
            snapshots.make(by=None)
        self.stdout.write(
            f"initiatives: {added} added; links: {linked} added; awaiting review: {handed_in} added; "
            f"reports, suggestions, claims, invitations: {reported} added; groups: {grouped} added; "
            f"spaces: {spaced} added; "
            f"offers and needs: {exchanged} added; campaigns: {called} added; "
            f"sign-ins: {signed}"
        )
