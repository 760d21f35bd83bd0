"""What pages show of a selection: pills to remove, facets with live counts, and what may be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from community.models import Group
from territories.enums import Scheme
from territories.models import Territory
from vocabulary.exchange import CATEGORIES, Kind
from vocabulary.models import Theme
from vocabulary.names import in_language, in_order

from . import lists, menus
from .enums import Status
from .exchange_sql import NAMES, NUMBERS
from .fields import ANY
from .models import Exchange, Initiative, InitiativeTerritory, Network
from .searching.correcting import corrections
from .searching.ranking import Ranked
from .selection import Selection

PAGE_SIZE = 30
# More groups than a menu can offer; those of most initiatives then.
MOST_GROUPS = 200


@dataclass(frozen=True)
class Proposal:
    """Other words that may have been meant, and the query that finds something with them."""

    words: str
    query: str


def proposals(selection: Selection) -> list[Proposal]:
    """Corrected words for a selection that matches nothing; none where its words match without the other filters."""
    words = "".join(selection.get("q"))
    if not words or Initiative.objects.published().matching(words).exists():
        return []

    def corrected(text: str) -> Selection:
        return selection.with_values("q", [text])

    found = corrections(words, lambda text: corrected(text).initiatives())
    return [Proposal(text, corrected(text).query) for text in found]


class SelectionPage(Page):
    """A page of a selection that knows what else may have been meant."""

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Asked only where nothing matched."""
        return [] if self.paginator.count else proposals(self.paginator.selection)


class SelectionPaginator(Paginator):
    """A paginator that is told the number of rows, which was counted already."""

    def __init__(self, selection: Selection, rows: Sequence[Initiative], count: int) -> None:
        super().__init__(rows, PAGE_SIZE)
        self.selection = selection
        self._count = count

    @cached_property
    def count(self) -> int:
        """Number of rows over all pages."""
        return self._count

    def _get_page(self, *args, **kwargs) -> SelectionPage:
        return SelectionPage(*args, **kwargs)


def page_of(selection: Selection, matched: int, number: str | None) -> Page:
    """A page of the list, by relevance if there are words, else by name; a bad number gives the first or last page."""
    words = "".join(selection.get("q"))
    if words:
        rows = selection.listed(matched).for_lists()
        ordered = Ranked(selection, rows, matched)
    else:
        ordered = lists.ByName(selection, matched)
    return SelectionPaginator(selection, ordered, matched).get_page(number)


@dataclass(frozen=True)
class Pill:
    """A filter that is on, and the address without it."""

    name: str
    label: str
    remove_url: str
    rest: Selection

    @property
    def count(self) -> int:
        """How many match without it; asked only where nothing matches with it."""
        return self.rest.counts()["matched"]


def label(name: str, text: str, rows: Mapping[str, object]) -> str:
    """One value of a selection in words; `rows` has what its slugs name."""
    if text in rows:
        return menus.called(name, str(rows[text]))
    if name in NAMES.values():
        return _exchanged(name, text)
    return {
        "q": _("“%(text)s”"),
        "since": _("Founded since %(text)s"),
        "bbox": _("In a box"),
        "near": _("Around a point"),
        "updated_since": _("Updated since %(text)s"),
        "language": _("Language: %(text)s"),
        "located": {"no": _("Without a position"), "any": _("With or without a position")}.get(
            text, "%(text)s"
        ),
    }.get(name, "%(text)s") % {"text": text}


def _exchanged(name: str, text: str) -> str:
    """A category of what is offered or needed, or any, in words."""
    offered = name == NAMES[Kind.OFFER]
    if text == ANY:
        return _("Offers something") if offered else _("Needs something")
    pattern = _("Offer: %(text)s") if offered else _("Need: %(text)s")
    return pattern % {"text": CATEGORIES[text].name if text in CATEGORIES else text}


def pills(selection: Selection, path: str) -> list[Pill]:
    """Every value of the selection as something to take away."""
    shown = []
    for name, value in selection.cleaned.items():
        texts = selection.get(name)
        if isinstance(value, list):
            texts = tuple(
                dict.fromkeys(part.strip() for text in texts for part in text.split(",") if part.strip())
            )
        keys = (
            [getattr(row, "code", None) or getattr(row, "slug", None) for row in value]
            if isinstance(value, list)
            else []
        )
        rows = dict(zip(keys, value)) if isinstance(value, list) else {}
        for text in texts:
            rest = selection.with_values(name, [other for other in texts if other != text])
            shown.append(
                Pill(name, label(name, text, rows), f"{path}?{rest.query}" if rest.query else path, rest)
            )
    return shown


@dataclass(frozen=True)
class Facet:
    """One of the ten themes as a button: how many it would leave, whether it is on, where it leads."""

    theme: Theme
    count: int
    pressed: bool
    url: str


def facets(selection: Selection, path: str) -> list[Facet]:
    """The ten themes; counts ignore the theme filter itself, since several themes mean any of them."""
    counts = selection.without("theme").theme_counts()
    chosen = [theme.slug for theme in selection.cleaned.get("theme") or []]
    shown = []
    for theme in Theme.objects.roots():
        pressed = theme.slug in chosen
        others = [slug for slug in chosen if slug != theme.slug]
        query = selection.with_values("theme", others if pressed else [*chosen, theme.slug]).query
        shown.append(Facet(theme, counts.get(theme.slug, 0), pressed, f"{path}?{query}" if query else path))
    return shown


@dataclass(frozen=True)
class Choice:
    """A line of a select."""

    value: str
    label: str
    selected: bool


def territory_choices(selection: Selection) -> list[tuple[str, list[Choice]]]:
    """Countries, then regions, that hold a published initiative, grouped; a chosen finer one is added."""
    chosen = selection.get("territory")
    rows = Territory.objects.filter(scheme__in=[Scheme.COUNTRY, Scheme.REGION])
    counts = lists.held("territory")
    if counts is None:
        used = InitiativeTerritory.objects.filter(
            territory=OuterRef("pk"), initiative__in=Initiative.objects.published().values("pk")
        )
        rows = rows.filter(Exists(used))
    # Values, not objects: there are hundreds on every page.
    listed = {
        code: (scheme, in_language(names))
        for pk, code, scheme, names in rows.order_by("code").values_list("pk", "code", "scheme", "names")
        if counts is None or pk in counts
    }
    for row in selection.cleaned.get("territory") or []:
        listed.setdefault(row.code, (row.scheme, row.name))
    labels = {scheme: str(Scheme(scheme).label) for scheme, _name in listed.values()}
    place = {scheme: number for number, scheme in enumerate(Scheme.values)}
    groups: dict[str, list[Choice]] = {}
    for code, (scheme, name) in sorted(
        listed.items(), key=lambda item: (place[item[1][0]], in_order(item[1][1]))
    ):
        groups.setdefault(labels[scheme], []).append(Choice(code, name, code in chosen))
    return list(groups.items())


def network_choices(selection: Selection) -> list[Choice]:
    """Partner networks by name."""
    chosen = selection.get("network")
    rows = Network.objects.order_by("name").values_list("slug", "name")
    return [Choice(slug, name, slug in chosen) for slug, name in rows]


def group_choices(selection: Selection) -> list[Choice]:
    """Groups that anyone may know of and that hold published initiatives, by name; a chosen one is added."""
    chosen = selection.get("group")
    counts = lists.held("group")
    if counts is None:
        published = Q(initiative_links__initiative__status=Status.PUBLISHED)
        rows = Group.objects.shown().annotate(held=Count("initiative_links", filter=published))
        rows = rows.filter(held__gt=0)
        counts = dict(rows.values_list("pk", "held"))
    most = sorted(counts, key=lambda pk: (-counts[pk], pk))[:MOST_GROUPS]
    named = Q(pk__in=most) | Q(pk__in=[group.pk for group in selection.cleaned.get("group") or []])
    listed = Group.objects.shown().filter(named).order_by("name", "pk").values_list("slug", "name")
    return [Choice(slug, name, slug in chosen) for slug, name in listed]


def exchange_choices(selection: Selection, kind: Kind) -> list[Choice]:
    """Categories of which initiatives have an open offer or need; a chosen one is added."""
    name = NAMES[kind]
    chosen = {part.strip() for text in selection.get(name) for part in text.split(",")}
    held = lists.held(name)
    if held is None:
        rows = Exchange.objects.on_initiatives(kind).filter(initiative__status=Status.PUBLISHED)
        held = {NUMBERS[slug] for slug in rows.order_by().values_list("category", flat=True).distinct()}
    listed = [slug for slug, number in NUMBERS.items() if number in held or slug in chosen]
    found = [Choice(slug, CATEGORIES[slug].name, slug in chosen) for slug in listed]
    return [Choice(ANY, _exchanged(name, ANY), ANY in chosen), *found] if listed or chosen else []


def more_menus(selection: Selection) -> list[tuple[menus.Menu, list[Choice]]]:
    """Those of higher rooms that have something to choose from."""
    found = []
    for menu in menus.all_menus():
        chosen = {row.pk: row.slug for row in selection.cleaned.get(menu.name) or []}
        rows = menu.rows(chosen.keys())
        found.append((menu, [Choice(slug, words, slug in chosen.values()) for slug, words in rows]))
    return [(menu, listed) for menu, listed in found if listed]


def choices(selection: Selection) -> dict[str, list]:
    """What the menus of `initiatives/_selects.html` offer."""
    return {
        "territory_choices": territory_choices(selection),
        "network_choices": network_choices(selection),
        "group_choices": group_choices(selection),
        "offer_choices": exchange_choices(selection, Kind.OFFER),
        "need_choices": exchange_choices(selection, Kind.NEED),
        "more_menus": more_menus(selection),
    }
