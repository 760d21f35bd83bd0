"""Reading the ledger."""

from django.db import models
from django.db.models import Count, Sum
from django.utils import timezone

from territories.models import Territory


class ContributionQuerySet(models.QuerySet):
    """Lines of the ledger."""

    def this_year(self) -> "ContributionQuerySet":
        """Of the calendar year."""
        return self.filter(at__year=timezone.localdate().year)

    def inside(self, territory: Territory) -> "ContributionQuerySet":
        """In a territory with everything that is part of it."""
        return self.filter(territory__in=Territory.objects.part_of([territory.pk]).values("pk"))

    def summed(self) -> list[dict]:
        """By kind: `number` and `points`, most points first."""
        rows = self.order_by().values("kind").annotate(number=Count("pk"), points=Sum("weight"))
        return list(rows.order_by("-points", "kind"))
