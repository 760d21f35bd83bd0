"""What map, lists and pages of initiatives say of campaigns: badges, marks of laureates, a menu among the filters."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractYear, JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from geo.search import bytewise
from initiatives import lists
from initiatives.badges import Badge
from initiatives.menus import Menu
from vocabulary.names import in_language

from ..enums import CHOSEN, NominationState, Phase
from ..models import Campaign, Nomination
from .selecting import NAME

LAUREATE = "laureate"
YEAR = re.compile(r"\b(19|20)\d\d\b")
_LAUREATES = Q(campaign__phase=Phase.RESULTS, state=NominationState.LAUREATE)
# Candidates are many, and most of them no more than that.
_BADGES = Q(campaign__phase__in=(Phase.LIKES, Phase.COUNTING, Phase.RESULTS), state__in=CHOSEN)


# ── Badges ──────────────────────────────────────────────────────────────────────────────────────
def standings() -> Combinable:
    """Of an initiative, what its badges are made of, the latest campaign first."""
    told = JSONObject(
        slug="campaign__slug",
        titles="campaign__titles",
        year=ExtractYear("campaign__results_from"),
        phase="campaign__phase",
        state="state",
    )
    rows = Nomination.objects.filter(_BADGES, initiative=OuterRef("pk"))
    return ArraySubquery(rows.order_by("-campaign__results_from", "-pk").values_list(told))


def badges(told: Iterable[dict[str, Any]] | None) -> Iterator[Badge]:
    """One for each campaign that selected the initiative; laureates stand out."""
    for one in told or ():
        is_laureate = one["phase"] == Phase.RESULTS and one["state"] == NominationState.LAUREATE
        pattern = _("Laureate of %(campaign)s") if is_laureate else _("Selected in %(campaign)s")
        words = pattern % {"campaign": _with_year(in_language(one["titles"]), one["year"])}
        yield Badge(
            words, reverse("campaign", args=[one["slug"]]), "check" if is_laureate else "like", is_laureate
        )


def _with_year(title: str, year: int) -> str:
    """Editions may share a title; one that names a year of its own is told apart by that."""
    if YEAR.search(title):
        return title
    return pgettext("title of a campaign and its year", "%(title)s %(year)s") % {"title": title, "year": year}


# ── Marks ───────────────────────────────────────────────────────────────────────────────────────
LAUREATE_OF = ArraySubquery(
    Nomination.objects.filter(_LAUREATES, initiative=OuterRef("pk"))
    .order_by(bytewise("campaign__slug"))
    .values_list("campaign__slug")
)


# ── Menu ────────────────────────────────────────────────────────────────────────────────────────
def _offered(chosen: Collection[int]) -> list[tuple[str, str]]:
    """Campaigns in which something on the map stands, the latest first; those chosen are added."""
    held = lists.held(NAME)
    if held is None:
        held = set(Nomination.objects.shown().order_by().values_list("campaign", flat=True).distinct())
    rows = Campaign.objects.public().filter(pk__in={*held, *chosen})
    return [(slug, in_language(titles)) for slug, titles in rows.values_list("slug", "titles")]


MENU = Menu(
    NAME,
    label=gettext_lazy("Campaign"),
    every=gettext_lazy("With or without a campaign"),
    called=gettext_lazy("Campaign: %(text)s"),
    rows=_offered,
)


# ── Numbers ─────────────────────────────────────────────────────────────────────────────────────
def numbers(keys: Collection[int]) -> dict[int, tuple[int, int]]:
    """By campaign how many stand in it as everyone is told, and how many of them are laureates."""
    rows = Nomination.objects.shown().filter(campaign__in=keys).order_by().values_list("campaign")
    counted = rows.annotate(standing=Count("pk"), laureates=Count("pk", filter=_LAUREATES))
    return {pk: (standing, laureates) for pk, standing, laureates in counted}
