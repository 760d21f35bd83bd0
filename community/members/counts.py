"""How many members a territory has: the only thing that a map tells of where members live."""

from collections import Counter

from django.db.models import Count

from territories.enums import Scheme
from territories.models import Territory

from .enums import Visibility
from .models import Member
from .querysets import MemberQuerySet

# With fewer, a number would tell of somebody.
FEWEST = 3
# A territory, and what it is part of, as TerritoryQuerySet.part_of() looks.
WAYS = tuple("territory" + "__parent" * up for up in range(5))


def _told() -> MemberQuerySet:
    """Who is listed; who hides their territory is counted nowhere."""
    return Member.objects.listed().exclude(territory_seen_by=Visibility.NOBODY)


def members_of(territory: Territory) -> int:
    """Listed members of a territory with everything inside it, 0 below three."""
    inside = Territory.objects.part_of([territory.pk]).values("pk")
    number = _told().filter(territory__in=inside).count()
    return number if number >= FEWEST else 0


def members_by(scheme: Scheme) -> dict[int, int]:
    """The same for all territories of a scheme, by key, by one query; those below three are not there."""
    columns = [column for way in WAYS for column in (way, f"{way}__scheme")]
    rows = _told().exclude(territory=None).order_by().values(*columns).annotate(number=Count("pk"))
    found: Counter[int] = Counter()
    for row in rows:
        for key in {row[way] for way in WAYS if row[f"{way}__scheme"] == scheme}:
            found[key] += row["number"]
    return {key: number for key, number in found.items() if number >= FEWEST}
