"""A campaign begins, also from one before, is revised and announced: a verb is a function that checks the right."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.groups import actions as groups
from community.groups.enums import GroupKind
from community.groups.models import LONGEST_PURPOSE, Group
from community.models import Member
from community.slugs import free_slug, lock_slugs
from vocabulary.models import Theme
from vocabulary.names import in_language

from ..enums import Phase
from ..models import Campaign, CampaignChange, CampaignTheme
from ..models.campaign import DATES
from . import changing, whole
from .shared import check_right, entered

LONGEST_SLUG = 60
LONGEST_NAME = Group._meta.get_field("name").max_length
# Addresses below campaigns/ that are not those of a campaign.
RESERVED = frozenset({"new", "running"})
# The same title within so long is a second press of the button.
TWICE = timedelta(minutes=10)
ThemeRow = tuple[Theme, int, int]


def _group_for(campaign: Campaign, by: Member) -> Group:
    """Those who take part; private until the campaign is announced, so that it is not told before."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    purpose = in_language(campaign.stories, language) or campaign.title
    values = {
        "name": campaign.title[:LONGEST_NAME],
        "purpose": purpose[:LONGEST_PURPOSE],
        "language": language,
        "kind": GroupKind.PRIVATE,
    }
    return groups.create(by=by, values=values)


def _set_themes(campaign: Campaign, rows: Sequence[ThemeRow]) -> None:
    """These themes and no others; ValidationError for one that has nominations."""
    try:
        with transaction.atomic():
            campaign.themes.exclude(theme__in=[theme.pk for theme, _floor, _ceiling in rows]).delete()
    except ProtectedError as error:
        raise ValidationError({"themes": _("A theme with nominations stays.")}) from error
    for order, (theme, floor, ceiling) in enumerate(rows):
        numbers = {"floor": floor, "ceiling": ceiling, "order": order}
        CampaignTheme.objects.update_or_create(campaign=campaign, theme=theme, defaults=numbers)


def _check_dates(campaign: Campaign, still_to_come: str = "call_from") -> None:
    """In order; of one in preparation a date still to come, lest the worker opens it at once."""
    whole.check_order({name: getattr(campaign, name) for name in DATES})
    if campaign.phase == Phase.DRAFT and getattr(campaign, still_to_come) <= timezone.now():
        raise ValidationError({still_to_come: _("Expected a moment that is still to come.")})


def _begin(campaign: Campaign, by: Member, themes: Sequence[ThemeRow]) -> Campaign:
    rows = Campaign.objects.all()
    campaign.slug = free_slug(
        campaign.title, rows, longest=LONGEST_SLUG, otherwise="campaign", reserved=RESERVED
    )
    campaign.full_clean(validate_constraints=False)
    _check_dates(campaign)
    campaign.group = _group_for(campaign, by)
    campaign.save()
    _set_themes(campaign, themes)
    return campaign


@transaction.atomic
def create(*, by: Member, values: Mapping[str, Any]) -> Campaign:
    """A campaign in preparation with the group of those who take part; twice is one. ValidationError by field."""
    check_right(by, "run_campaign")
    # A second press of the button waits here for the first.
    lock_slugs()
    lately = Campaign.objects.filter(phase=Phase.DRAFT, created_at__gt=timezone.now() - TWICE)
    if twice := lately.filter(titles=values["titles"], previous=None, group__created_by=by).first():
        return twice
    plain = {name: value for name, value in values.items() if name != changing.THEMES}
    return _begin(Campaign(**plain), by, values.get(changing.THEMES, ()))


@transaction.atomic
def begin_from(old: Campaign, *, by: Member) -> Campaign:
    """The next edition in preparation: its texts, rule and themes, dates a year later, a group of its own."""
    check_right(by, "run_campaign", old)
    lock_slugs()
    lately = Campaign.objects.filter(phase=Phase.DRAFT, created_at__gt=timezone.now() - TWICE)
    if twice := lately.filter(previous=old).first():
        return twice
    copied = {name: getattr(old, name) for name in (*changing.FACTS, *changing.RULE)}
    copied |= whole.next_dates(old)
    themes = [(row.theme, row.floor, row.ceiling) for row in old.themes.select_related("theme")]
    return _begin(Campaign(previous=old, **copied), by, themes)


@transaction.atomic
def revise(campaign: Campaign, *, by: Member | None, values: Mapping[str, Any], reason: str = "") -> Campaign:
    """Change what it says, or its rule and dates; of one that is announced with a reason that everyone reads.

    From the first like on the rule stays, and dates are only put off. ValidationError by field.
    """
    stored = entered(campaign, by)
    told = changing.changed(stored, values)
    if stored.is_public:
        changing.check(stored, told, values, reason)
    for name in (*changing.FACTS, *changing.RULE, *DATES):
        if name in values:
            setattr(stored, name, values[name])
    stored.full_clean(validate_constraints=False)
    _check_dates(stored)
    stored.save()
    if changing.THEMES in told:
        _set_themes(stored, values[changing.THEMES])
    if stored.is_public:
        CampaignChange.objects.bulk_create(
            CampaignChange(campaign=stored, field=name, was=was, became=became, reason=reason.strip(), by=by)
            for name, (was, became) in told.items()
        )
    return stored


@transaction.atomic
def announce(campaign: Campaign, *, by: Member | None) -> Campaign:
    """Open its call, before its date where somebody wants it; twice is once. ValidationError for what it lacks."""
    stored = entered(campaign, by)
    if stored.is_public:
        return stored
    if lacks := whole.missing(stored):
        raise ValidationError(lacks)
    stored.call_from = min(stored.call_from, timezone.now())
    _check_dates(stored, "selection_from")
    stored.phase = Phase.CALL
    stored.save(update_fields=["phase", "call_from"])
    if stored.group is not None:
        groups.revise(stored.group, by=None, values={"kind": GroupKind.OPEN})
    return stored
