"""`campaign=` in the selection: what stands in any of some campaigns, as everyone is told at this moment."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from initiatives.filters import SlugsFilter
from initiatives.querysets import InitiativeQuerySet

from ..models import Campaign, Nomination

NAME = "campaign"


def _standing(rows: InitiativeQuerySet, name: str, value: list[Campaign]) -> InitiativeQuerySet:
    nominations = Nomination.objects.shown().filter(campaign__in=[campaign.pk for campaign in value])
    return rows.filter(Exists(nominations.filter(initiative=OuterRef("pk"))))


# One in preparation is not there, not even for those who run it: what answers here may be kept for others.
FILTER = SlugsFilter(label=_("Campaign"), method=_standing, rows=lambda: Campaign.objects.public())
