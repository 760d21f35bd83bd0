"""Finding snapshots and their files."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from ..models import Snapshot

PACKAGE = "datapackage.json"


def folder(label: str) -> Path:
    """Where the files of a date lie."""
    return settings.SNAPSHOTS_ROOT / label


def address(label: str, name: str) -> str:
    """The permanent address of a file, with the site before it."""
    return f"{settings.SITE_URL}{reverse('snapshot_file', args=[label, name])}"


def latest() -> Snapshot | None:
    """The newest whose files are there."""
    return Snapshot.objects.ready().first()


def nearest(moment: datetime) -> Snapshot | None:
    """The one whose moment lies nearest."""
    ready = Snapshot.objects.ready().only("date", "made_at")
    before = ready.filter(made_at__lte=moment).order_by("-made_at").first()
    after = ready.filter(made_at__gt=moment).order_by("made_at").first()
    found = [one for one in (before, after) if one is not None]
    return min(found, key=lambda one: abs(one.made_at - moment), default=None)
