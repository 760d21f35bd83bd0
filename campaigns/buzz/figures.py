"""A campaign in figures, day by day, for those who run it: never who, and no like before the rule tells of likes."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.topics.models import Post
from geo.cells import Line, harmless

from ..enums import Phase, Totals
from ..models import Campaign, CampaignVisit, Like
from .visiting import today

# What a drawing shows at most: the last so many days.
MOST = 400
# After the results, while people still come.
AFTER = timedelta(days=60)
# Of a drawing, in its own units.
HEIGHT, STEP = 100, 10
COLUMNS = ("day", "figure", "source", "number")
LABELS: dict[str, str | Promise] = {
    "nominations": _("Nominations"),
    "answers": _("Answers of those nominated"),
    "likes": _("Likes that stand, by the day they were given"),
    "voters": _("Members and others who came to like"),
    "visits": _("Visits by links with a source"),
    "posts": _("Posts in the group"),
}
Days = dict[date, int]


@dataclass(frozen=True)
class Bar:
    """A day, its number, and its place in the drawing."""

    day: date
    number: int
    x: int
    height: int

    @property
    def label(self) -> str:
        """The day as people write it."""
        return date_format(self.day, "SHORT_DATE_FORMAT")

    @property
    def y(self) -> int:
        """Where the bar begins, from above."""
        return HEIGHT - self.height


@dataclass(frozen=True)
class Chart:
    """One figure, from the oldest day to the newest."""

    name: str
    label: str | Promise
    bars: list[Bar]

    @property
    def total(self) -> int:
        """Of all days that are shown."""
        return sum(bar.number for bar in self.bars)

    @property
    def most(self) -> int:
        """Of the highest bar."""
        return max((bar.number for bar in self.bars), default=0)

    @property
    def box(self) -> str:
        """The frame of the drawing."""
        return f"0 0 {len(self.bars) * STEP} {HEIGHT}"


def tells_likes(campaign: Campaign) -> bool:
    """Whether likes may be told: meanwhile by the rule, else once they are closed."""
    return campaign.totals == Totals.OPEN or campaign.phase in (Phase.COUNTING, Phase.RESULTS)


def _daily(rows: QuerySet, moment: str, campaign: Campaign) -> Days:
    zone = ZoneInfo(campaign.time_zone)
    found = rows.exclude(**{moment: None}).annotate(on=TruncDate(moment, tzinfo=zone)).order_by()
    return dict(found.values_list("on").annotate(n=Count("pk")))


def by_day(campaign: Campaign) -> dict[str, Days]:
    """Each figure by day; without likes where they may not be told."""
    visits = CampaignVisit.objects.filter(campaign=campaign).order_by()
    posts = Post.objects.readable().filter(topic__group=campaign.group_id)
    likes = Like.objects.filter(nomination__campaign=campaign, voided_at=None)
    return {
        "nominations": _daily(campaign.nominations.all(), "made_at", campaign),
        "answers": _daily(campaign.nominations.all(), "answered_at", campaign),
        **({"likes": _daily(likes, "at", campaign)} if tells_likes(campaign) else {}),
        "voters": _daily(campaign.ballots.all(), "made_at", campaign),
        "visits": dict(visits.values_list("day").annotate(n=Sum("visits"))),
        "posts": _daily(posts, "created_at", campaign),
    }


def by_source(campaign: Campaign) -> list[tuple[str, int]]:
    """Visits by where the link was, the most first."""
    rows = CampaignVisit.objects.filter(campaign=campaign).order_by()
    return list(rows.values_list("source").annotate(n=Sum("visits")).order_by("-n", "source"))


def _span(campaign: Campaign, found: dict[str, Days]) -> list[date]:
    """From the call, or what came before it, until today or some time after the results."""
    zone = ZoneInfo(campaign.time_zone)
    first = min(
        [campaign.call_from.astimezone(zone).date(), *(day for days in found.values() for day in days)]
    )
    last = min(today(campaign), campaign.results_from.astimezone(zone).date() + AFTER)
    number = min((last - first).days + 1, MOST)
    return [last - timedelta(days=back) for back in range(number - 1, -1, -1)]


def charts(campaign: Campaign, found: dict[str, Days]) -> list[Chart]:
    """A drawing of each figure, all of the same days; none before there is a day."""
    span = _span(campaign, found)
    return [Chart(name, LABELS[name], _bars(days, span)) for name, days in found.items()] if span else []


def _bars(days: Days, span: list[date]) -> list[Bar]:
    most = max((days.get(day, 0) for day in span), default=0) or 1
    # What happened at all is seen in the drawing.
    heights = [max(2, round(HEIGHT * days[day] / most)) if days.get(day) else 0 for day in span]
    return [
        Bar(day, days.get(day, 0), place * STEP + 1, height)
        for place, (day, height) in enumerate(zip(span, heights, strict=True))
    ]


def table(drawn: list[Chart]) -> list[tuple[str, list[int]]]:
    """Days on which something happened, the newest first, with the number of each figure."""
    rows = zip(*(chart.bars for chart in drawn), strict=True)
    lines = [(bars[0].label, [bar.number for bar in bars]) for bars in rows]
    return [line for line in reversed(lines) if any(line[1])]


def lines(campaign: Campaign) -> Iterator[str]:
    """The same as CSV, visits by source; days without any are left out."""
    writer = csv.writer(Line())
    yield writer.writerow(COLUMNS)
    for name, days in by_day(campaign).items():
        if name == "visits":
            continue
        for day, number in sorted(days.items()):
            yield writer.writerow((day.isoformat(), name, "", number))
    rows = CampaignVisit.objects.filter(campaign=campaign).order_by()
    sums = rows.values_list("day", "source").annotate(n=Sum("visits")).order_by("day", "source")
    for day, source, number in sums:
        yield writer.writerow((day.isoformat(), "visits", harmless(source), number))
