"""The map beside the nominees of a campaign: what stands there, in its colours, on the part of the world it is in."""

from collections.abc import Sequence
from typing import Any

from initiatives.mapconfig import box_of, map_config
from initiatives.models import Initiative
from initiatives.selection import Selection

from ..models import Campaign
from .reading import Card


def map_of(campaign: Campaign, shown: Sequence[Card]) -> dict[str, Any] | None:
    """What its script is told; it opens on the cards that are shown. None where none of them has a place."""
    box = box_of(Initiative.objects.filter(pk__in=[card.nomination.initiative_id for card in shown]))
    if box is None:
        return None
    selection = Selection({"campaign": (campaign.slug,)})
    return map_config(selection, len(shown)) | {"bounds": box}
