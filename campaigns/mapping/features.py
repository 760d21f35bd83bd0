"""`campaigns` of a Feature: slugs of those in which everyone is told that the initiative stands."""

from datetime import datetime

from geo.many import Many
from geo.related import Related
from geo.search import bytewise
from initiatives.models import Initiative

from ..models import Campaign, Nomination

NAME = "campaigns"
CAMPAIGNS = Many(
    Nomination.objects.shown().order_by("initiative_id", bytewise("campaign__slug")),
    "initiative",
    Related("campaign", Campaign, "slug"),
)


def of_then(initiative: Initiative, moment: datetime) -> list[str]:
    """Those of a moment in which it still stands: where it stands no more is told to nobody."""
    rows = Nomination.objects.shown().filter(initiative=initiative, answered_at__lte=moment)
    return sorted(rows.values_list("campaign__slug", flat=True))
