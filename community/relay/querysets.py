"""Reading messages and reports between members."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

DAY = timedelta(days=1)


class RelayedMessageQuerySet(models.QuerySet):
    """That somebody wrote to somebody."""

    def of_today(self) -> "RelayedMessageQuerySet":
        """Within the last twenty-four hours."""
        return self.filter(at__gt=timezone.now() - DAY)


class MemberReportQuerySet(models.QuerySet):
    """Reports on members."""

    def open(self) -> "MemberReportQuerySet":
        """That nobody has closed."""
        return self.filter(closed_at=None)
