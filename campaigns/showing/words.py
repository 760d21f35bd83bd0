"""Texts of a campaign as its pages show them, in the language of the page where there is one."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vocabulary.names import in_language

from ..enums import TieRule, Totals
from ..models import Campaign, CampaignChange
from ..models.campaign import DATES
from ..running.changing import THEMES


@dataclass(frozen=True)
class Text:
    """A text and the language that it is written in."""

    text: str
    language: str


@dataclass(frozen=True)
class Change:
    """What was changed, in words."""

    name: str
    was: str
    became: str
    reason: str
    at: datetime


def _written(texts: dict[str, str]) -> Text:
    found = in_language(texts)
    here = (get_language() or "fr")[:2]
    language = next((code for code, text in texts.items() if text == found), here)
    return Text(found, here if texts.get(here) == found else language)


def _parts(texts: dict[str, str]) -> tuple[Text, Text]:
    whole = _written(texts)
    first, _mark, rest = whole.text.replace("\r\n", "\n").strip().partition("\n\n")
    return Text(first, whole.language), Text(rest.strip(), whole.language)


def lead(campaign: Campaign) -> Text:
    """The first paragraph of its story."""
    return _parts(campaign.stories)[0]


def story(campaign: Campaign) -> Text:
    """What follows."""
    return _parts(campaign.stories)[1]


def rule(campaign: Campaign) -> Text:
    """The rule in full."""
    return _written(campaign.rules)


def editions(campaign: Campaign) -> list[Campaign]:
    """The edition before and those after that everyone knows."""
    near = Q(following=campaign) | Q(previous=campaign)
    return list(
        Campaign.objects.public().filter(near).only("slug", "titles", "call_from").order_by("call_from")
    )


def changes(campaign: Campaign) -> list[Change]:
    """What was changed since the announcement, the newest first."""
    return [_change(row, campaign) for row in campaign.changes.order_by("-at", "-pk")]


def _change(row: CampaignChange, campaign: Campaign) -> Change:
    named = _("themes") if row.field == THEMES else Campaign._meta.get_field(row.field).verbose_name
    return Change(
        str(named),
        _value(row.field, row.was, campaign),
        _value(row.field, row.became, campaign),
        row.reason,
        row.at,
    )


def _value(field: str, text: str, campaign: Campaign) -> str:
    """A value of the log as people read it."""
    if field in DATES:
        return moment(datetime.fromisoformat(text), campaign.time_zone)
    if field in ("totals", "tie_rule"):
        return str(dict((Totals if field == "totals" else TieRule).choices).get(text, text))
    if field == "by_code":
        return _("yes") if text == "True" else _("no")
    return text or "–"


def moment(instant: datetime, time_zone: str) -> str:
    """Day and hour by the clocks there."""
    return date_format(instant.astimezone(ZoneInfo(time_zone)), "DATETIME_FORMAT")
