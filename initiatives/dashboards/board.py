"""The initiatives of a collective as one member sees them: filters of the address, counts, a page of rows."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Value
from django.http import QueryDict

from geo.functions import Fold
from territories.models import Collective

from .. import workflow
from ..enums import DEMO_TAG, Status, Verb
from ..models import Initiative
from ..querysets import InitiativeQuerySet
from ..viewing import reading
from . import care

PAGE_SIZE = 30
LONGEST_NAME = 200
# What is done from here by one press, as far as the workflow lets it.
STEPS = (Verb.CONFIRM, Verb.SUBMIT, Verb.CLOSE)


@dataclass
class Board:
    """Members see what is published; facilitators and reviewers, who `tend`, all of it."""

    collective: Collective
    tends: bool
    data: QueryDict

    @property
    def status(self) -> str:
        """Of the rows, if the address asks for one that there is."""
        given = self.data.get("status", "")
        return given if given in Status.values and self.tends else ""

    @property
    def kind(self) -> str:
        """The care that the rows need, if the address asks for one that there is."""
        given = self.data.get("care", "")
        return given if given in care.KINDS else ""

    @property
    def words(self) -> str:
        """Of the name."""
        return self.data.get("name", "").strip()[:LONGEST_NAME]

    @property
    def is_narrowed(self) -> bool:
        """Whether the address leaves some out."""
        return bool(self.status or self.kind or self.words)

    @cached_property
    def all(self) -> InitiativeQuerySet:
        """Everything that the member may see here."""
        rows = Initiative.objects.filter(collective=self.collective)
        return rows if self.tends else rows.published()

    @property
    def is_made_up(self) -> bool:
        """Whether something here is of the demo."""
        return self.all.filter(tags__contains=[DEMO_TAG]).exists()

    def rows(self) -> InitiativeQuerySet:
        """What the address asks for, by name."""
        rows = care.KINDS[self.kind].of(self.all) if self.kind else self.all
        if self.status:
            rows = rows.filter(status=self.status)
        if self.words:
            rows = rows.filter(search_name__contains=Fold(Value(self.words)))
        return rows.order_by("search_name", "pk")

    def statuses(self) -> list[tuple[str, str, int]]:
        """(status, words, how many) of those that there are, in the order of the workflow."""
        counted = dict(self.all.order_by().values_list("status").annotate(n=Count("pk")))
        return [(status.value, status.label, counted[status]) for status in Status if status in counted]

    def cares(self) -> list[tuple[str, str, int]]:
        """(kind, words, how many) of what needs care."""
        counted = [(name, kind.label, kind.of(self.all).count()) for name, kind in care.KINDS.items()]
        return [row for row in counted if row[2]]

    def page(self) -> Page:
        """Rows with what they need, how often they were seen and what may be done with them."""
        page = Paginator(self.rows(), PAGE_SIZE).get_page(self.data.get("page"))
        keys = [row.pk for row in page.object_list.only("pk")]
        shown = care.with_kinds(Initiative.objects.filter(pk__in=keys)).with_root_theme()
        shown = shown.defer("search", "position", "description")
        seen = reading.of_initiatives(keys)
        page.object_list = list(shown.order_by("search_name", "pk"))
        for row in page.object_list:
            row.needs = care.labels(row)
            row.seen = seen.get(row.pk, 0)
            possible = workflow.allowed_verbs(Status(row.status)) if self.tends else []
            row.steps = [verb for verb in STEPS if verb in possible]
        return page
