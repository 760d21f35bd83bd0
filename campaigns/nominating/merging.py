"""A nomination goes with its initiative: likes and the sealed log name that one, until the results are known."""

from django.utils.translation import gettext as _

from initiatives.models import Initiative

from ..enums import Phase
from ..models import Nomination

UNDER_WAY = (Phase.CALL, Phase.SELECTION, Phase.LIKES, Phase.COUNTING)


def bound(initiative: Initiative) -> str:
    """That it stands in a campaign under way; empty where it does not."""
    rows = Nomination.objects.standing().filter(initiative=initiative, campaign__phase__in=UNDER_WAY)
    found = rows.select_related("campaign").order_by("pk").first()
    if found is None:
        return ""
    told = _(
        "It stands in the campaign “%(campaign)s”: merge the other one into it, or wait for the results."
    )
    return told % {"campaign": found.campaign.title}
