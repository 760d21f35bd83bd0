"""Demo campaigns, one in each phase, by everyone's actions; made once, and from then on moved by the worker alone."""

import json
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.utils import timezone

from campaigns.enums import NominationState, Phase
from campaigns.jury import actions as jury
from campaigns.likes.actions import like
from campaigns.models import Campaign, CampaignTheme, Nomination
from campaigns.models.campaign import DATES
from campaigns.nominating import actions as nominating
from campaigns.nominating import people as asking
from campaigns.results.actions import publish_results
from campaigns.running import actions, moving
from community.groups import actions as groups
from community.models import Group, Member
from community.topics import actions as topics
from initiatives.models import Initiative, Photo
from territories.models import Territory
from vocabulary.models import Theme

from .content import FOLDER
from .people import DOMAIN, PEOPLE

ZONE = "Europe/Paris"
LANGUAGES = ["fr", "en", "es", "de", "it"]
# Those who like one are others than those who like the next.
STEP = 3
# Each is reached by the date of the same place.
PHASES = [phase for phase in Phase if phase != Phase.DRAFT]
Row = dict[str, Any]


def load() -> int:
    """The campaigns that are missing; their number."""
    found = json.loads((FOLDER / "campaigns.json").read_text(encoding="utf-8"))
    return sum(_make(row, found["rules"]) for row in found["campaigns"])


def _member(name: str) -> Member:
    return Member.objects.get(email=f"{name}@{DOMAIN}")


def _make(row: Row, rule: dict[str, str]) -> bool:
    """Through one phase after the other until its own, each with what is done in it."""
    if Campaign.objects.filter(titles__fr=row["titles"]["fr"]).exists():
        return False
    by = _member("animator")
    campaign = actions.announce(actions.create(by=by, values=_values(row, rule)), by=by)
    _talk(Group.objects.get(pk=campaign.group_id), row["topic"])
    for reached in range(PHASES.index(row["phase"]) + 1):
        campaign = _come_to(campaign, row["days"], reached)
        if work := WORK.get(PHASES[reached]):
            work(campaign, row, by)
    return True


def _values(row: Row, rule: dict[str, str]) -> dict[str, Any]:
    themes = {theme.slug: theme for theme in Theme.objects.roots()}
    return {
        **{name: row[name] for name in ("titles", "stories", "accent")},
        **row["numbers"],
        **_dates(row["days"], -1),
        "rules": rule,
        "time_zone": ZONE,
        "languages": LANGUAGES,
        "territory": row["territory"] and Territory.objects.get(code=row["territory"]),
        "previous": row["previous"] and Campaign.objects.filter(titles__fr=row["previous"]).first(),
        "themes": [(themes[slug], floor, ceiling) for slug, floor, ceiling in row["themes"]],
    }


def _dates(days: list[int], reached: int) -> dict[str, datetime]:
    """Midnight so many days from now, today this very moment; those not reached lie ahead, so that none is skipped."""
    now, found = timezone.now(), {}
    today = timezone.localdate(timezone=ZoneInfo(ZONE))
    for place, (name, day) in enumerate(zip(DATES, days, strict=True)):
        midnight = datetime.combine(today + timedelta(days=day), time(), ZoneInfo(ZONE))
        at = midnight if day else now
        found[name] = at if place <= reached else max(at, now + timedelta(hours=place + 1))
    return found


def _come_to(campaign: Campaign, days: list[int], reached: int) -> Campaign:
    """As if its time had passed so far; the phase follows from the dates, as it does with the worker."""
    Campaign.objects.filter(pk=campaign.pk).update(**_dates(days, reached))
    moving.move(campaign.pk)
    return Campaign.objects.get(pk=campaign.pk)


def _talk(group: Group, row: Row) -> None:
    for name in dict.fromkeys(("visitor", "facilitator", row["by"], *(one["by"] for one in row["replies"]))):
        groups.join(group, by=_member(name))
    begun = topics.begin(group, by=_member(row["by"]), title=row["title"], text=row["text"]).topic
    for reply in row["replies"]:
        topics.reply(begun, by=_member(reply["by"]), text=reply["text"])


def _call(campaign: Campaign, row: Row, by: Member) -> None:
    """Nominations, spread over the days of the call that are over."""
    known = Initiative.objects.published().filter(
        slug__in=[given["initiative"] for given in row["nominations"]]
    )
    known = {one.slug: one for one in known.prefetch_related("photos")}
    themes = {one.theme.slug: one for one in campaign.themes.select_related("theme")}
    ends = _dates(row["days"], len(DATES))["selection_from"]
    over = min(timezone.now(), ends) - campaign.call_from
    # What somebody has taken from the demo is nominated no more.
    rows = [given for given in row["nominations"] if given["initiative"] in known]
    for place, given in enumerate(rows, start=1):
        made = _nominate(campaign, known[given["initiative"]], themes[given["theme"]], given)
        at = campaign.call_from + over * place / (len(rows) + 1)
        made.made_at, made.answered_at = at, made.answered_at and at
        made.save(update_fields=["made_at", "answered_at"])


def _nominate(campaign: Campaign, initiative: Initiative, theme: CampaignTheme, row: Row) -> Nomination:
    """By its own people where the demo has some, else by the site itself; some wait for their answer."""
    photo = next(iter(initiative.photos.all()), None)
    made = nominating.nominate(
        campaign,
        by=_member(row["asked"]) if "asked" in row else asking.asked(initiative).first(),
        initiative=initiative,
        theme=theme,
        pitch=row["pitch"],
        language=row["language"],
        image=_picture(photo) if photo else None,
        alt=photo.alt if photo else "",
        film=row.get("film", ""),
    )
    if made.state == NominationState.PROPOSED and "asked" not in row:
        made = nominating.answer(made, by=None, accepts=True)
    return made


def _picture(photo: Photo) -> ContentFile:
    with photo.image.open("rb") as file:
        return ContentFile(file.read(), photo.image.name.rpartition("/")[2])


def _standing(campaign: Campaign, row: Row) -> list[tuple[Nomination, Row]]:
    """Those of the row that stand, in its order."""
    told = {given["initiative"]: given for given in row["nominations"]}
    rows = campaign.nominations.standing().select_related("initiative").order_by("pk")
    found = [(one, told[one.initiative.slug]) for one in rows if one.initiative.slug in told]
    for one, _given in found:
        one.campaign = campaign
    return found


def _select(campaign: Campaign, row: Row, by: Member) -> None:
    judges = [_member(name) for name in row["jury"]]
    for judge in judges:
        jury.seat(campaign, by=by, member=judge)
    for nomination, given in _standing(campaign, row):
        for judge, mark in zip(judges, given.get("marks", ()), strict=False):
            jury.judge(nomination, by=judge, mark=mark)
        if given.get("selected", False):
            jury.select(nomination, by=None)


def _like(campaign: Campaign, row: Row, by: Member) -> None:
    """So many for each, beginning with another sign-in each time; nobody likes their own."""
    rows = _standing(campaign, row)
    voters = [_member(name) for name in PEOPLE]
    own = {
        one.pk: asking.own_among(one, [nomination.initiative_id for nomination, _g in rows]) for one in voters
    }
    for place, (nomination, given) in enumerate(rows):
        first = place * STEP % len(voters)
        turned = [
            one for one in voters[first:] + voters[:first] if nomination.initiative_id not in own[one.pk]
        ]
        for voter in turned[: given.get("likes", 0)]:
            like(nomination, by=voter)


def _publish(campaign: Campaign, row: Row, by: Member) -> None:
    publish_results(campaign, by=None)


WORK = {
    Phase.CALL: _call,
    Phase.SELECTION: _select,
    Phase.LIKES: _like,
    Phase.RESULTS: _publish,
}
