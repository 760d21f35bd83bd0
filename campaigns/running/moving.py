"""Phases that come by the clock: the worker takes each campaign to where its dates say that it is."""

import logging

from django.db import transaction
from django.utils import timezone

from ..enums import STEPS, Phase
from ..fairness.sealing import seal
from ..models import Campaign
from ..results.actions import MismatchError, OpenFlagsError, publish_results
from . import actions, whole
from .shared import held

log = logging.getLogger(__name__)


def move_phases() -> int:
    """Move all whose date has come, one transaction each; how many moved. What is there already stays."""
    keys = list(Campaign.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True))
    return sum(move(pk) for pk in keys)


def publish_due() -> int:
    """Publish the results whose date has come, but where people have flags to decide first; how many."""
    counting = Campaign.objects.filter(phase=Phase.COUNTING, results_from__lte=timezone.now())
    published = 0
    for campaign in counting.order_by("pk"):
        try:
            publish_results(campaign, by=None)
        except OpenFlagsError as error:
            log.info("campaign %s: results wait for %s flags", campaign.slug, error.count)
        except MismatchError:
            # Of one campaign: the others do not wait for it.
            log.exception("campaign %s: results cannot be published", campaign.slug)
        else:
            published += 1
    return published


@transaction.atomic
def move(pk: int) -> bool:
    """One campaign through all phases whose dates have come, also several after a night; whether it moved."""
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
        if campaign.phase == Phase.COUNTING:
            seal(campaign)
    return campaign.phase != before
