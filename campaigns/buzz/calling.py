"""What a paper asks of those who read it: when, until when, and how, by the phase of its campaign."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..enums import Phase, Standing
from ..models import Campaign, Nomination
from ..running.moments import last_day, place_of
from . import links
from .facts import day, standing
from .posters import Call


def until(moment: datetime, campaign: Campaign) -> str:
    """When something ends there, as the page of the campaign says it."""
    local, is_midnight = last_day(moment, campaign.time_zone)
    place = place_of(campaign.time_zone)
    if is_midnight:
        return _("Until %(day)s at midnight, %(place)s time") % {
            "day": date_format(local, "DATE_FORMAT"),
            "place": place,
        }
    return _("Until %(moment)s, %(place)s time") % {
        "moment": date_format(local, "DATETIME_FORMAT"),
        "place": place,
    }


def _heading(nomination: Nomination) -> str:
    campaign = nomination.campaign
    if campaign.phase == Phase.RESULTS:
        is_laureate = standing(nomination) == Standing.LAUREATE
        return _("A laureate of the campaign") if is_laureate else _("The results are there")
    if campaign.phase == Phase.COUNTING:
        return _("Likes are closed")
    if campaign.phase == Phase.LIKES:
        return _("Say that you like it")
    return _("Likes from %(day)s") % {"day": day(campaign.likes_from, campaign)}


def _steps(campaign: Campaign) -> tuple[str, ...]:
    scan = _("Scan the code, or open the address below.")
    if campaign.phase in (Phase.COUNTING, Phase.RESULTS):
        return (scan,)
    proof = (
        _("Sign in, or have a code mailed to you: each person likes once.")
        if campaign.by_code
        else _("Sign in, or make an account: each person likes once.")
    )
    return (scan, proof, _("Press “I like it”."))


def _until(campaign: Campaign) -> str:
    if campaign.phase == Phase.RESULTS:
        return ""
    if campaign.phase == Phase.COUNTING:
        return _("Results on %(day)s") % {"day": day(campaign.results_from, campaign)}
    return until(campaign.likes_until, campaign)


def call(nomination: Nomination) -> Call:
    """In the language at hand; the pitch stays in its own."""
    campaign = nomination.campaign
    return Call(
        heading=_heading(nomination),
        steps=_steps(campaign),
        until=_until(campaign),
        pitch=nomination.pitch,
        link=links.of_nomination(nomination, source=links.POSTER),
        address=links.of_nomination(nomination),
    )
