"""Reading lines by where and when; whether their things are public is known to the rooms of the things."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from territories.models import Collective, Territory


class ActivityQuerySet(models.QuerySet):
    """Lines of the stream."""

    def inside(self, territory: Territory) -> "ActivityQuerySet":
        """In a territory with everything that is part of it."""
        return self.filter(territory__in=Territory.objects.part_of([territory.pk]).values("pk"))

    def of_collective(self, collective: Collective) -> "ActivityQuerySet":
        """Of a collective, its groups and its initiatives."""
        return self.filter(collective=collective)

    def before(self, at: datetime, pk: int) -> "ActivityQuerySet":
        """That come after a line in the order of the stream, which is from the newest on."""
        # The first condition is what the index goes by.
        return self.filter(Q(at__lt=at) | Q(pk__lt=pk), at__lte=at)

    def newest_first(self) -> "ActivityQuerySet":
        """In the order of the stream."""
        return self.order_by("-at", "-pk")
