"""Views of the last days and months, as a chart and a table show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format

from territories.models import Collective

from ..enums import ViewKind
from ..models import PageViews

DAYS = 30
MONTHS = 12
# Of the drawing, in its own units.
HEIGHT = 100
STEP = 10
WIDTH = 8


@dataclass(frozen=True)
class Bar:
    """A day or a month: what was seen then, and its bar in the drawing."""

    label: str
    own: int
    carried: int
    x: int
    height: int

    @property
    def total(self) -> int:
        """Of the page and of the initiatives."""
        return self.own + self.carried

    @property
    def y(self) -> int:
        """Where the bar begins, from above."""
        return HEIGHT - self.height


@dataclass(frozen=True)
class Chart:
    """Bars from the oldest to today."""

    bars: list[Bar]

    @property
    def total(self) -> int:
        """All that was seen."""
        return sum(bar.total for bar in self.bars)

    @property
    def most(self) -> int:
        """Of the highest bar."""
        return max(bar.total for bar in self.bars)

    @property
    def box(self) -> str:
        """The frame of the drawing."""
        return f"0 0 {len(self.bars) * STEP} {HEIGHT}"


def _first_months(today: date) -> list[date]:
    """The first day of this month and of the eleven before, the oldest first."""
    number = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number - MONTHS + 1, number + 1)]


def _chart(seen: dict[date, dict[str, int]], labels: dict[date, str]) -> Chart:
    totals = [sum(seen[day].values()) for day in labels]
    most = max(totals) or 1
    bars = []
    for place, (day, label) in enumerate(labels.items()):
        own, carried = seen[day][ViewKind.COLLECTIVE], seen[day][ViewKind.CARRIED]
        # What was seen at all is seen in the drawing.
        height = max(2, round(HEIGHT * (own + carried) / most)) if own + carried else 0
        bars.append(Bar(label, own, carried, place * STEP + 1, height))
    return Chart(bars)


def charts(collective: Collective) -> dict[str, Chart]:
    """The last 30 days and 12 months of a collective's page and of its initiatives, in one query."""
    today = timezone.localdate()
    months = _first_months(today)
    by_day: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    by_month: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = PageViews.objects.filter(
        kind__in=(ViewKind.COLLECTIVE, ViewKind.CARRIED),
        object=collective.pk,
        day__gte=months[0],
    )
    for day, kind, n in rows.values_list("day", "kind", "n"):
        by_day[day][kind] += n
        by_month[day.replace(day=1)][kind] += n
    days = [today - timedelta(days=DAYS - 1 - number) for number in range(DAYS)]
    return {
        "days": _chart(by_day, {day: date_format(day, "SHORT_DATE_FORMAT") for day in days}),
        "months": _chart(by_month, {month: date_format(month, "F Y") for month in months}),
    }


def of_initiatives(pks: Iterable[int]) -> dict[int, int]:
    """Views of some initiatives in the last 30 days, by their number."""
    since = timezone.localdate() - timedelta(days=DAYS - 1)
    rows = PageViews.objects.filter(kind=ViewKind.INITIATIVE, object__in=list(pks), day__gte=since)
    return dict(rows.values_list("object").annotate(seen=Sum("n")))
