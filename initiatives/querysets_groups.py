"""Reading which initiative belongs to which group, and files by the groups that they name."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models

from community.models import Group


class InitiativeGroupQuerySet(models.QuerySet):
    """Groups of initiatives."""

    def shown(self) -> "InitiativeGroupQuerySet":
        """Of groups that anyone may know of: whatever leaves the house takes these."""
        return self.filter(group__in=Group.objects.shown())


class ExportQuerySet(models.QuerySet):
    """Files of selections."""

    def given_out(self) -> "ExportQuerySet":
        """Where anyone may still know of every group that may stand in it."""
        shown = Group.objects.shown().order_by().values("pk")
        return self.filter(groups__contained_by=ArraySubquery(shown))
