"""Offers and needs as pages show them: whose they are, their fields in words, what a reader may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import rules
from django.contrib.gis.measure import Distance
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from community.members import languages
from community.models import Member
from community.topics import names
from territories.models import Collective, Territory
from vocabulary.exchange import Field, Kind
from vocabulary.names import in_order

from ..enums import DEMO_TAG, ExchangeStatus
from ..models import Exchange, Initiative
from . import expiry, money
from .checking import EVERYWHERE

# They stand elsewhere on the page.
APART = ("title", "text", "language", "theme", "place", "remote")
ICONS = {
    "date": "calendar",
    "dates": "calendar",
    "languages": "globe",
    "territory": "map",
    "decimal": "list",
    "integer": "list",
    "money": "info",
}
# What no page of an offer or need shows.
HEAVY = ("initiative__search", "initiative__position", "initiative__description", "collective__perimeter")
MOST_ON_PAGE = 6


@dataclass(frozen=True)
class Fact:
    """One field in words."""

    label: str
    text: str
    icon: str


@dataclass(frozen=True)
class Holder:
    """Whose it is, as far as the reader may know; `url` is empty where there is no page."""

    name: str
    url: str
    is_demo: bool = False


@dataclass(frozen=True)
class Card:
    """One of a list."""

    exchange: Exchange
    holder: Holder
    away: Distance | None
    # When it is over by a date of its own.
    day: Any


def holder(exchange: Exchange, reader) -> Holder:
    """The initiative or collective, else the author by the name that the reader may know."""
    if held := exchange.initiative:
        return Holder(held.name, held.get_absolute_url(), DEMO_TAG in held.tags)
    if held := exchange.collective:
        return Holder(held.name, held.get_absolute_url())
    author = exchange.author
    url = author.get_absolute_url() if names.is_shown(author, reader) else ""
    return Holder(names.name_of(author, reader), url)


def cards(rows: Iterable[Exchange], reader) -> list[Card]:
    """Rows of a list, of `for_lists()`."""
    found = []
    for row in rows:
        metres = getattr(row, "metres", None)
        away = None if metres is None else Distance(m=metres)
        found.append(Card(row, holder(row, reader), away, expiry.own_end(row)))
    return found


def may(reader: Member, exchange: Exchange) -> dict[str, bool]:
    """What a reader may do; nobody answers or reports their own, not even those who may do all."""
    asked = {"answer": "answer_exchange", "report": "report_exchange"}
    return {
        "run": reader.has_perm("initiatives.run_exchange", exchange),
        **{name: rules.has_perm(f"initiatives.{right}", reader, exchange) for name, right in asked.items()},
    }


def facts(exchange: Exchange) -> list[Fact]:
    """Its fields in the order of its category, as far as they are filled in."""
    fields = exchange.its_category.fields(Kind(exchange.kind))
    found = []
    for field, _required in fields:
        value = exchange.value(field.name)
        if field.name in APART or value is None or value == []:
            continue
        found.append(Fact(field.label, _in_words(field, value), ICONS.get(field.type, "check")))
    return found


def _number(value: int | float) -> str:
    places = 0 if value == int(value) else 2
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def _areas(codes: list[str]) -> str:
    if codes == [EVERYWHERE]:
        return _("European Union")
    found = Territory.objects.filter(code__in=codes).only("code", "names")
    named = {row.code: row.name for row in found}
    return ", ".join(sorted((named.get(code, code) for code in codes), key=in_order))


def _in_words(field: Field, value: Any) -> str:
    match field.type:
        case "money":
            return money.in_words(value)
        case "integer" | "decimal":
            return _number(value)
        case "boolean":
            return _("Yes") if value else _("No")
        case "date":
            return date_format(value, "DATE_FORMAT")
        case "dates":
            return " · ".join(date_format(day, "DATE_FORMAT") for day in value)
        case "languages":
            return ", ".join(sorted((languages.name(code) for code in value), key=in_order))
        case "territory":
            return _areas(value)
        case "choice":
            chosen = field.choice(value)
            return chosen.label if chosen else value
        case _:
            return value


# ── Parts of other pages ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Section:
    """Open ones of one initiative, collective or member."""

    exchanges: list[Exchange]
    # There are more than are shown.
    is_more: bool
    # What the address of a new one begins with; empty for whoever may publish none.
    query: str = ""

    def __bool__(self) -> bool:
        return bool(self.exchanges or self.query)


def _section(rows, most: int, query: str = "") -> Section:
    open_ones = rows.filter(status=ExchangeStatus.OPEN).defer("text")
    found = list(open_ones.order_by("-published_at", "-pk")[: most + 1])
    return Section(found[:most], len(found) > most, query)


def of_initiative(initiative: Initiative, reader) -> Section:
    """Of a published initiative; its people may publish for it."""
    speaks = reader.is_authenticated and reader.has_perm("initiatives.speak_for_initiative", initiative)
    return _section(initiative.exchanges, MOST_ON_PAGE, f"initiative={initiative.slug}" if speaks else "")


def of_collective(collective: Collective, reader) -> Section:
    """Of a published collective; its facilitators may publish for it."""
    speaks = reader.is_authenticated and reader.has_perm("initiatives.publish_exchange", collective)
    return _section(collective.exchanges, MOST_ON_PAGE, f"collective={collective.slug}" if speaks else "")


def of_member(member: Member, reader) -> Section:
    """A member's own, for whoever knows them by name; nothing of others would tell who they are."""
    if not (reader == member or names.is_shown(member, reader)):
        return Section([], False)
    return _section(member.exchanges.filter(initiative=None, collective=None), MOST_ON_PAGE)
