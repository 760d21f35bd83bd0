"""Adjectives of pictures that imports bring."""

from django.db.models import QuerySet
from django.utils import timezone

from .enums import State


class AwaitedPictureQuerySet(QuerySet):
    """Which of them to fetch."""

    def awaited(self) -> "AwaitedPictureQuerySet":
        """Neither here nor given up."""
        return self.filter(state=State.AWAITED)

    def due(self) -> "AwaitedPictureQuerySet":
        """To be fetched now, those that wait longest first."""
        return self.awaited().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")

    def held(self) -> "AwaitedPictureQuerySet":
        """Locked to the end of the transaction; those that somebody else holds are passed over."""
        return self.select_for_update(of=("self",), skip_locked=True)
