"""What happens in campaigns as Atom: the newest first, and what happened at once by theme and name, never by likes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from community.topics.links import host
from geo.errors import InvalidParameterError
from geo.parameters import known_parameters
from geo.responses import fresh
from initiatives.describing_data import texts
from initiatives.describing_data.atom import MEDIA_TYPE, Feed, plain

from ..enums import CHOSEN, NominationState, Phase
from ..models import Campaign, Nomination
from . import links
from .languages import check_language

ADDRESS = "/feeds/campaigns.atom"
CAMPAIGN, LANGUAGE = "campaign", "lang"
MOST = 100
ORDER = list(Phase)
# What came with a phase, and since when it is there.
MOVES = (
    (Phase.CALL, "call_from"),
    (Phase.SELECTION, "selection_from"),
    (Phase.LIKES, "likes_from"),
    (Phase.COUNTING, "likes_until"),
    (Phase.RESULTS, "results_from"),
)


@dataclass(frozen=True)
class Entry:
    """Something that happened; its name stays, whatever it is called later."""

    at: datetime
    name: str
    title: str
    text: str
    link: str
    campaign: Campaign
    # Among what happened at once: a campaign before what stands in it.
    place: tuple = ()


def door(request: HttpRequest) -> HttpResponse:
    """Of all campaigns that everyone sees, or of one; in English, as all machine doors, or as `lang` says."""
    known_parameters(request.GET, (CAMPAIGN, LANGUAGE))
    language = request.GET.get(LANGUAGE, get_language())
    check_language(language)
    campaigns = Campaign.objects.public().defer("stories", "rules")
    slug = request.GET.get(CAMPAIGN)
    if slug is not None:
        campaigns = campaigns.filter(slug=slug)
    rows = {row.pk: row for row in campaigns.order_by("-results_from", "-pk")[:MOST]}
    if slug is not None and not rows:
        raise InvalidParameterError(CAMPAIGN, _("There is no such campaign."))
    asked = urlencode({name: request.GET[name] for name in (CAMPAIGN, LANGUAGE) if name in request.GET})
    with override(language):
        body = _atom(rows, slug, f"{settings.SITE_URL}{ADDRESS}" + (f"?{asked}" if asked else ""))
    return fresh(request, HttpResponse(body, content_type=MEDIA_TYPE))


def _atom(rows: dict[int, Campaign], slug: str | None, here: str) -> str:
    one = next(iter(rows.values())) if slug else None
    feed = Feed(
        title=plain(one.title) if one else _("%(site)s: campaigns") % {"site": settings.SITE_NAME},
        link=links.of_campaign(one) if one else links.all_campaigns(),
        description=_("Campaigns, their phases, what was selected, and laureates."),
        language=get_language(),
        feed_url=here,
        feed_guid=here,
        author_name=texts.publisher(),
    )
    entries = [*_moves(rows), *_nominees(rows)]
    entries.sort(key=lambda entry: entry.place)
    entries.sort(key=lambda entry: entry.at, reverse=True)
    for entry in entries[:MOST]:
        feed.add_item(
            title=plain(entry.title),
            link=entry.link,
            description=plain(entry.text),
            unique_id=f"tag:{host()},2026:campaign/{entry.campaign.pk}/{entry.name}",
            pubdate=entry.at,
            updateddate=entry.at,
            categories=[entry.campaign.slug],
        )
    return feed.writeString("utf-8")


def _words(phase: Phase) -> str:
    return {
        Phase.CALL: _("The call is open: nominate an initiative."),
        Phase.SELECTION: _("The call is over: the jury selects."),
        Phase.LIKES: _("Likes are open."),
        Phase.COUNTING: _("Likes are closed and being counted."),
        Phase.RESULTS: _("The results are there."),
    }[phase]


def _moves(rows: dict[int, Campaign]) -> Iterator[Entry]:
    """Phases that came, by what is stored: one whose date has passed may not have come."""
    for campaign in rows.values():
        for phase, date in MOVES:
            if ORDER.index(phase) <= ORDER.index(Phase(campaign.phase)):
                words = _words(phase)
                yield Entry(
                    at=getattr(campaign, date),
                    name=phase.value,
                    title=f"{campaign.title} – {phase.label}",
                    text=words,
                    link=links.of_campaign(campaign),
                    campaign=campaign,
                    place=(-ORDER.index(phase), campaign.pk),
                )


def _nominees(rows: dict[int, Campaign]) -> Iterator[Entry]:
    """What was selected, once likes began, and laureates, with the results."""
    told = [pk for pk, row in rows.items() if row.phase in (Phase.LIKES, Phase.COUNTING, Phase.RESULTS)]
    found = Nomination.objects.filter(campaign__in=told, state__in=CHOSEN).standing()
    found = found.select_related("theme__theme__parent", "initiative").only(
        "campaign_id", "state", "pitch", "theme__order", "theme__theme", "initiative__name"
    )
    for row in found.order_by("campaign", "theme__order", "initiative__name", "pk")[: MOST * 10]:
        row.campaign = rows[row.campaign_id]
        yield _entry(row, "selected", _("%(name)s was selected in “%(campaign)s”"), row.campaign.likes_from)
        if row.campaign.phase == Phase.RESULTS and row.state == NominationState.LAUREATE:
            words = _("%(name)s is a laureate of “%(campaign)s”")
            yield _entry(row, "laureate", words, row.campaign.results_from)


def _entry(row: Nomination, name: str, words: str, at: datetime) -> Entry:
    values = {"name": row.initiative.name, "campaign": row.campaign.title}
    return Entry(
        at=at,
        name=f"{row.pk}/{name}",
        title=words % values,
        text=row.pitch,
        link=links.of_nomination(row),
        campaign=row.campaign,
        place=(1, row.campaign_id, row.theme.order, row.initiative.name, row.pk),
    )
