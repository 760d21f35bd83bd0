"""Links put into words for pages, and as ends of lines for the map; both ends are shown to everyone."""

from dataclasses import dataclass
from datetime import date

from django.contrib.gis.geos import Point
from django.db.models import Case, Count, F, When, Window
from django.urls import reverse

from territories.models import Collective

from .enums import LinkKind
from .models import Initiative, Link, Network
from .models.link import THINGS

# More lines on a map, or on a page, than anybody follows.
MOST = 100


@dataclass(frozen=True)
class Linked:
    """A line of the list: what the thing of the page does, and for whom."""

    words: str
    name: str
    url: str
    since: date | None


@dataclass(frozen=True)
class LinkedList:
    """The first of them, and how many more there are."""

    rows: list[Linked]
    more: int


def linked(thing: Network | Collective | Initiative) -> LinkedList:
    """What a network, a collective or an initiative has to do with others now; one query."""
    links = Link.objects.of(thing._meta.model_name, thing.pk).current().public()
    names = ["kind", "since", "is_first", "other_name", *(f"other_{one}_slug" for one in THINGS)]
    found = list(links.annotate(number=Window(Count("pk"))).values(*names, "number")[:MOST])
    rows = [_line(row) for row in found]
    return LinkedList(rows, found[0]["number"] - len(rows) if found else 0)


def _line(row: dict) -> Linked:
    kind = LinkKind(row["kind"])
    # The page of each thing has its name.
    thing = next(one for one in THINGS if row[f"other_{one}_slug"])
    url = reverse(thing, args=[row[f"other_{thing}_slug"]])
    words = str(kind.label) if row["is_first"] else kind.backwards
    return Linked(words, row["other_name"], url, row["since"])


def spots(initiative: Initiative) -> list[Point]:
    """Public positions of the initiatives that it is linked with now, each once."""
    if initiative.public_position is None:
        return []
    links = Link.objects.of("initiative", initiative.pk).current().public()
    other = Case(When(from_initiative=initiative.pk, then=F("to_initiative")), default=F("from_initiative"))
    rows = Initiative.objects.published().located().filter(pk__in=links.order_by().values_list(other))
    return list(rows.order_by("search_name", "pk").values_list("public_position", flat=True)[:MOST])
