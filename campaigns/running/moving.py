"""Phases that come by the clock: the worker takes each campaign to where its dates say that it is."""

from django.db import transaction
from django.utils import timezone

from ..enums import STEPS, Phase
from ..models import Campaign
from . import actions, whole
from .shared import held


def move_phases() -> int:
    """Move all whose date has come, one transaction each; how many moved. What is there already stays."""
    keys = list(Campaign.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True))
    return sum(_move(pk) for pk in keys)


@transaction.atomic
def _move(pk: int) -> bool:
    """Through all phases whose dates have come, also several after a night without the worker."""
    campaign = held(pk)
    before, now = campaign.phase, timezone.now()
    if campaign.phase == Phase.DRAFT and campaign.call_from <= now < campaign.selection_from:
        if whole.missing(campaign):
            return False
        campaign = actions.announce(campaign, by=None)
    # A draft that nobody finished in time is no campaign.
    while campaign.phase in STEPS and campaign.phase != Phase.DRAFT:
        phase, date = STEPS[campaign.phase]
        if getattr(campaign, date) > now:
            break
        campaign.phase = phase
    if campaign.phase != before:
        campaign.save(update_fields=["phase"])
    return campaign.phase != before
