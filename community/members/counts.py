"""How many members a territory has: the only thing that a map tells of where members live."""

from territories.models import Territory

from .enums import Visibility
from .models import Member

# With fewer, a number would tell of somebody.
FEWEST = 3


def members_of(territory: Territory) -> int:
    """Listed members of a territory with everything inside it, 0 below three; who hides their territory is in none."""
    rows = Member.objects.listed().exclude(territory_seen_by=Visibility.NOBODY)
    inside = Territory.objects.part_of([territory.pk]).values("pk")
    number = rows.filter(territory__in=inside).count()
    return number if number >= FEWEST else 0
