"""What a campaign needs before it is announced, and in what order its dates come."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Campaign
from ..models.campaign import DATES


def missing(campaign: Campaign) -> list[str]:
    """What it lacks, as sentences; nothing for one that may be announced."""
    told = []
    if not any(campaign.titles.values()):
        told.append(_("It needs a title in one language at least."))
    if not any(campaign.rules.values()):
        told.append(_("It needs its rule in one language at least."))
    if not campaign.themes.exists():
        told.append(_("It needs a theme at least."))
    return told


def check_order(dates: Mapping[str, datetime]) -> None:
    """Each date comes after the one before; results may come as soon as likes close. ValidationError by field."""
    told, before = {}, None
    for name in DATES:
        if before is not None:
            label = Campaign._meta.get_field(before).verbose_name
            if name == "results_from" and dates[name] < dates[before]:
                told[name] = _("Expected no earlier date than “%(name)s”.") % {"name": label}
            elif name != "results_from" and dates[name] <= dates[before]:
                told[name] = _("Expected a later date than “%(name)s”.") % {"name": label}
        before = name
    if told:
        raise ValidationError(told)


def a_year_later(moment: datetime, time_zone: str) -> datetime:
    """The same hour of the same day by the clocks there; the 29th of February becomes the 28th."""
    local = moment.astimezone(ZoneInfo(time_zone))
    try:
        return local.replace(year=local.year + 1)
    except ValueError:
        return (local - timedelta(days=1)).replace(year=local.year + 1)


def next_dates(campaign: Campaign) -> dict[str, datetime]:
    """The dates of the next edition: a year later, or as many years as bring them to what is still to come."""
    dates = {name: getattr(campaign, name) for name in DATES}
    while True:
        dates = {name: a_year_later(moment, campaign.time_zone) for name, moment in dates.items()}
        if dates["call_from"] > timezone.now():
            return dates
