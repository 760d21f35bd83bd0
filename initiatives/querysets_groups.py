"""Reading which initiative belongs to which group."""

from django.db import models

from community.models import Group


class InitiativeGroupQuerySet(models.QuerySet):
    """Groups of initiatives."""

    def shown(self) -> "InitiativeGroupQuerySet":
        """Of groups that anyone may know of: whatever leaves the house takes these."""
        return self.filter(group__in=Group.objects.shown())
