"""What may change of a campaign that everyone knows, and how that is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import Phase
from ..models import Campaign
from ..models.campaign import DATES

# The rule and its numbers: told from the announcement on, frozen by the first like.
RULE = (
    "rules",
    "territory",
    "time_zone",
    "selected_about",
    "likes_each",
    "likes_each_theme",
    "laureates_each",
    "totals",
    "tie_rule",
    "by_code",
)
# What it says of itself.
FACTS = ("titles", "stories", "languages", "accent")
THEMES = "themes"


def is_fixed(campaign: Campaign) -> bool:
    """Whether its rule stays: somebody liked, or nobody can any more."""
    return campaign.frozen_at is not None or campaign.phase in (Phase.COUNTING, Phase.RESULTS)


def themes_of(campaign: Campaign) -> list[tuple[int, int, int]]:
    """(key of the theme, at least, at most), in their order."""
    return list(campaign.themes.values_list("theme", "floor", "ceiling"))


def changed(campaign: Campaign, values: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """What of the rule, themes and dates would be different: what it was, and what it becomes, as text."""
    told = {}
    for name in (*RULE, *DATES):
        if name in values and values[name] != getattr(campaign, name):
            told[name] = (as_text(getattr(campaign, name)), as_text(values[name]))
    if THEMES in values:
        was = themes_of(campaign)
        becomes = [(theme.pk, floor, ceiling) for theme, floor, ceiling in values[THEMES]]
        if sorted(was) != sorted(becomes):
            rows = [(row.theme, row.floor, row.ceiling) for row in campaign.themes.select_related("theme")]
            told[THEMES] = (_themes_as_text(rows), _themes_as_text(values[THEMES]))
    return told


def _themes_as_text(rows) -> str:
    return "\n".join(f"{theme.slug}: {floor}–{ceiling}" for theme, floor, ceiling in rows)


def as_text(value: Any) -> str:
    """A value as the log of changes keeps it, in no language."""
    if isinstance(value, datetime):
        return value.astimezone(timezone.get_default_timezone()).isoformat()
    if isinstance(value, dict):
        return "\n\n".join(f"{code}: {text}" for code, text in value.items() if text)
    if value is None:
        return ""
    return str(getattr(value, "code", value))


def check(campaign: Campaign, told: Mapping[str, Any], values: Mapping[str, Any], reason: str) -> None:
    """Refuse what a campaign that is announced does not allow any more. ValidationError by field."""
    now, errors = timezone.now(), {}
    for name in told:
        if name in DATES:
            if problem := _date_problem(campaign, name, values[name], now):
                errors[name] = problem
        elif is_fixed(campaign):
            errors[name] = _("The first like has frozen this.")
    if told and not reason.strip():
        errors["reason"] = _("Say why: everyone reads it beside the change.")
    if errors:
        raise ValidationError(errors)


def _date_problem(campaign: Campaign, name: str, becomes: datetime, now: datetime) -> str:
    was = getattr(campaign, name)
    if was <= now:
        return _("This date has come: it stays.")
    if becomes <= now:
        return _("Expected a moment that is still to come.")
    if is_fixed(campaign) and becomes < was:
        return _("Since the first like it can only be put off, not brought forward.")
    return ""
