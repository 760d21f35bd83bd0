"""The queue: what waits for a reviewer, in which order, by which filters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import rules
from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from community.models import Member, MemberReport
from territories.enums import Scheme
from territories.models import Collective, Territory
from vocabulary.names import in_order

from ..collectives.reading import overseen_claims
from ..enums import Status
from ..models import (
    ExchangeReport,
    Initiative,
    InitiativeTerritory,
    Network,
    NetworkMembership,
    Proposal,
    Report,
    ReviewClaim,
)
from ..vouching import reading as vouching

PAGE_SIZE = 30
WAITING = (Status.PENDING, Status.CHANGES_ASKED)
# What can be looked up besides: what a decision may bring back.
LISTED = (*WAITING, Status.REJECTED, Status.ARCHIVED)
# Finer ones would make a list that nobody reads.
OFFERED = (Scheme.COUNTRY, Scheme.REGION, Scheme.DEPARTMENT)
KEYS = {"territory": (Territory, "code"), "network": (Network, "slug"), "collective": (Collective, "slug")}


def _number(rows: QuerySet) -> Coalesce:
    """How many rows, beside other numbers in one query."""
    counted = rows.order_by().annotate(number=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    return Coalesce(Subquery(counted.values("number")), 0)


class Desk:
    """What the menu of every page says of what awaits a member; asked only where it is read, and once."""

    def __init__(self, member: Member) -> None:
        self.member = member

    @cached_property
    def is_open(self) -> bool:
        """Whether the member reviews anything; asks the rules alone, not the tables of groups behind them."""
        return rules.has_perm("initiatives.open_reviews", self.member)

    @cached_property
    def moderates_members(self) -> bool:
        """Whether reports on members await them too."""
        return rules.has_perm("community.moderate_members", self.member)

    @cached_property
    def keeps_exchanges(self) -> bool:
        """Whether reports on offers and needs await them too."""
        return rules.has_perm("initiatives.keep_exchanges_in_order", self.member)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many initiatives, proposals, claims of collectives and reports of each kind await the member."""
        mine = Initiative.objects.reviewable_by(self.member)
        numbers = {
            "initiatives": _number(mine.filter(status=Status.PENDING)),
            "proposals": _number(Proposal.objects.open().filter(initiative__in=mine.values("pk"))),
            "reports": _number(Report.objects.open().filter(initiative__in=mine.values("pk"))),
            "collectives": _number(overseen_claims(self.member)),
        }
        if self.moderates_members:
            numbers["members"] = _number(MemberReport.objects.open())
        if self.keeps_exchanges:
            numbers["exchange"] = _number(ExchangeReport.objects.open())
        return Member.objects.filter(pk=self.member.pk).values(**numbers).get()

    @property
    def waiting(self) -> int:
        """How many there are of all of them."""
        return sum(self.counts.values())


@dataclass
class Queue:
    """The queue of a member under the filters of an address; `errors` by name where one cannot be used."""

    member: Member
    status: str = ""
    chosen: dict[str, object] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, member: Member, given: Mapping[str, str]) -> "Queue":
        """Read the filters; what cannot be used is left out and told."""
        queue = cls(member, given.get("status", ""))
        if queue.status and queue.status not in LISTED:
            queue.errors["status"] = _("Expected one of: %(choices)s.") % {"choices": ", ".join(LISTED)}
            queue.status = ""
        for name, (model, key) in KEYS.items():
            if not (text := given.get(name, "")):
                continue
            rows = model.objects.without_boundary() if model is Territory else model.objects
            if (row := rows.filter(**{key: text}).first()) is None:
                queue.errors[name] = _("Nothing here is called “%(slug)s”.") % {"slug": text}
            else:
                queue.chosen[name] = row
        return queue

    @property
    def initiatives(self) -> QuerySet:
        """Every one that the member may review, under all filters but the status."""
        rows = Initiative.objects.reviewable_by(self.member)
        if "territory" in self.chosen:
            rows = rows.in_territories([self.chosen["territory"].pk])
        if "network" in self.chosen:
            rows = rows.of_networks([self.chosen["network"].pk])
        if "collective" in self.chosen:
            rows = rows.filter(collective=self.chosen["collective"])
        return rows

    @property
    def shown(self) -> tuple[str, ...]:
        """The statuses of the list."""
        return (self.status,) if self.status else WAITING

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many stand at each of the statuses that can be listed."""
        rows = self.initiatives.filter(status__in=LISTED).order_by().values_list("status")
        return dict.fromkeys(LISTED, 0) | dict(rows.annotate(n=Count("pk")))

    @property
    def segments(self) -> list[tuple[str, str, int]]:
        """(status, words, how many) of each tab; the first is all that waits."""
        tabs = [("", _("Waiting"), sum(self.counts[status] for status in WAITING))]
        return tabs + [
            (str(status), str(status.label).capitalize(), self.counts[status]) for status in LISTED
        ]

    @property
    def rows(self) -> QuerySet:
        """What waits for the reviewer first, then what waits for its people; the oldest first."""
        turn = Case(When(status=Status.PENDING, then=0), default=1)
        current = ReviewClaim.objects.current().select_related("member")
        return (
            vouching.with_objections(self.initiatives.filter(status__in=self.shown).with_since())
            .annotate(turn=turn)
            .order_by("turn", "since", "pk")
            .select_related("territory", "collective", "primary_theme__parent")
            .defer("search", "search_name", "position", "description", "territory__boundary")
            .defer("collective__perimeter")
            .prefetch_related("themes__parent", Prefetch("claim", current, to_attr="current_claim"))
        )

    def page(self, number: str | None) -> Page:
        """A page of the list, told how many there are; a bad number gives the first or the last page."""
        paginator = Paginator(self.rows, PAGE_SIZE)
        paginator.count = sum(self.counts[status] for status in self.shown)
        return paginator.get_page(number)

    @property
    def choices(self) -> list[dict]:
        """The selects: territories, networks and collectives of what waits, and what is chosen."""
        waits = Initiative.objects.reviewable_by(self.member).filter(status__in=self.shown).values("pk")
        carried = waits.filter(collective=OuterRef("pk"))
        placed = InitiativeTerritory.objects.filter(territory=OuterRef("pk"), initiative__in=waits)
        belonging = NetworkMembership.objects.filter(network=OuterRef("pk"), initiative__in=waits, until=None)
        found = {
            "territory": Territory.objects.without_boundary().filter(Exists(placed), scheme__in=OFFERED),
            "network": Network.objects.filter(Exists(belonging)).only("slug", "name"),
            "collective": Collective.objects.filter(Exists(carried)).only("slug", "name"),
        }
        words = {
            "territory": (_("Territory"), _("All territories")),
            "network": (_("Network"), _("All networks")),
            "collective": (_("Collective"), _("All collectives")),
        }
        return [
            {
                "name": name,
                "label": words[name][0],
                "every": words[name][1],
                "options": self._options(name, list(rows)),
                "error": self.errors.get(name, ""),
            }
            for name, rows in found.items()
        ]

    def _options(self, name: str, rows: list) -> list[dict]:
        chosen = self.chosen.get(name)
        if chosen and chosen not in rows:
            rows.append(chosen)
        key = KEYS[name][1]
        return [
            {"value": getattr(row, key), "label": row.name, "selected": row == chosen}
            for row in sorted(rows, key=lambda row: in_order(row.name))
        ]
