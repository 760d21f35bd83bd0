"""What pictures and papers tell: never a like, nothing that is not public, nothing of the jury's before its time."""

from dataclasses import astuple, dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils.formats import date_format
from django.utils.http import quote_etag
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from territories.enums import Scheme
from territories.models import Territory
from vocabulary.models import Theme

from ..enums import NominationState, Phase, Standing
from ..models import Campaign, Nomination
from ..running.moments import last_day

# Raised when pictures and papers look otherwise than before.
FORM = 1


def standing(nomination: Nomination) -> Standing:
    """Of one that everyone sees; whatever the jury says, it is a candidate until likes begin."""
    if nomination.campaign.phase in (Phase.CALL, Phase.SELECTION):
        return Standing.CANDIDATE
    is_told = nomination.campaign.phase == Phase.RESULTS
    if is_told and nomination.state == NominationState.LAUREATE:
        return Standing.LAUREATE
    return Standing.SELECTED


def public_campaign(slug: str) -> Campaign:
    """One past its preparation, whoever asks; Http404."""
    rows = Campaign.objects.public().select_related("territory", "group")
    found = rows.defer("territory__boundary", "territory__search_names").filter(slug=slug).first()
    if found is None:
        raise Http404(_("No campaign has this address."))
    return found


def public_nomination(campaign: Campaign, pk: int) -> Nomination:
    """One that everyone sees, whoever asks, with its photos; Http404."""
    rows = Nomination.objects.filter(campaign=campaign).shown_in(campaign.phase).for_cards()
    found = rows.prefetch_related("initiative__photos__licence").filter(pk=pk).first()
    if found is None:
        raise Http404(_("No nomination has this address."))
    found.campaign = campaign
    return found


@dataclass(frozen=True)
class Facts:
    """What one picture shows, in one language."""

    language: str
    # The largest words, which names are in their own language.
    name: str
    place: str
    # Below: what it is, and in which campaign.
    line: str
    title: str
    accent: str
    # (icon, short name) of its theme, or of all themes of the campaign.
    themes: tuple[tuple[str, str], ...]
    # Name of the stored picture, if there is one, and whose it is under which licence.
    picture: str = ""
    credit: str = ""

    @property
    def etag(self) -> str:
        """Another one as soon as anything that is seen is another."""
        return etag_of(astuple(self))

    @property
    def words(self) -> str:
        """The same in words, for those who do not see it."""
        theme = self.themes[0][1] if len(self.themes) == 1 else ""
        return " · ".join(part for part in (self.name, theme, self.place, self.line, self.title) if part)


def etag_of(*shown: Any) -> str:
    """The entity tag of what was drawn from these values."""
    return quote_etag(blake2b(repr((FORM, *shown)).encode(), digest_size=12).hexdigest())


def _theme(theme: Theme) -> tuple[str, str]:
    return (theme.root.icon, theme.short_name)


def town(nomination: Nomination) -> str:
    """Town and country, as far as they are public."""
    initiative = nomination.initiative
    countries = Territory.objects.filter(scheme=Scheme.COUNTRY, code=initiative.country)
    country = countries.only("names").first() if initiative.country else None
    return ", ".join(part for part in (initiative.public_locality, country.name if country else "") if part)


def _picture(nomination: Nomination) -> tuple[str, str]:
    """That of the nomination, else the first of the initiative, with what its licence asks to be said."""
    if nomination.image:
        return nomination.image.name, ""
    photo = nomination.initiative.cover
    if photo is None:
        return "", ""
    return photo.image.name, ", ".join(part for part in (photo.credit, photo.licence.code) if part)


def of_nomination(nomination: Nomination) -> Facts:
    """Of one that everyone sees."""
    campaign = nomination.campaign
    picture, credit = _picture(nomination)
    return Facts(
        language=get_language(),
        name=nomination.initiative.name,
        place=town(nomination),
        line=capfirst(str(standing(nomination).label)),
        title=campaign.title,
        accent=campaign.accent,
        themes=(_theme(nomination.theme.theme),),
        picture=picture,
        credit=credit,
    )


def of_campaign(campaign: Campaign) -> Facts:
    """Of one that everyone sees."""
    return Facts(
        language=get_language(),
        name=campaign.title,
        place=campaign.territory.name if campaign.territory else "",
        line=_("Campaign"),
        title=next_moment(campaign),
        accent=campaign.accent,
        themes=tuple(_theme(row.theme) for row in campaign.themes.select_related("theme__parent")),
    )


def next_moment(campaign: Campaign) -> str:
    """What comes next and when, by the clocks of the campaign."""
    if campaign.phase == Phase.CALL:
        return _("Nominate until %(day)s") % {"day": last(campaign.selection_from, campaign)}
    if campaign.phase == Phase.SELECTION:
        return _("Likes from %(day)s") % {"day": day(campaign.likes_from, campaign)}
    if campaign.phase == Phase.LIKES:
        return _("Likes until %(day)s") % {"day": last(campaign.likes_until, campaign)}
    if campaign.phase == Phase.COUNTING:
        return _("Results on %(day)s") % {"day": day(campaign.results_from, campaign)}
    return _("The results are there")


def day(moment: datetime, campaign: Campaign) -> str:
    """The day of a moment there."""
    return date_format(moment.astimezone(ZoneInfo(campaign.time_zone)), "DATE_FORMAT")


def last(moment: datetime, campaign: Campaign) -> str:
    """The last day before a moment there."""
    return date_format(last_day(moment, campaign.time_zone)[0], "DATE_FORMAT")
