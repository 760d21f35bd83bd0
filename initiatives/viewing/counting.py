"""Views that were noted become numbers by day; old numbers go."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone

from ..models import PageViews
from ..upkeep import turns

KEPT = timedelta(days=731)

# Nothing is lost or counted twice: rows are taken and added up by one statement. What initiatives were seen is also
# added up for the collective that carries them at this moment.
COUNT = """
WITH taken AS (
    DELETE FROM initiatives_pagehit RETURNING day, kind, object
), counted AS (
    SELECT day, kind, object, count(*) AS n FROM taken GROUP BY day, kind, object
), carried AS (
    SELECT day, 'carried' AS kind, collective_id AS object, sum(n) AS n
    FROM counted JOIN initiatives_initiative AS initiative ON initiative.id = counted.object
    WHERE kind = 'initiative' AND collective_id IS NOT NULL
    GROUP BY day, collective_id
)
INSERT INTO initiatives_pageviews AS kept (day, kind, object, n)
SELECT day, kind, object, n FROM counted UNION ALL SELECT day, kind, object, n FROM carried
ON CONFLICT (kind, object, day) DO UPDATE SET n = kept.n + excluded.n
"""


@transaction.atomic
def count() -> None:
    """Add what was noted to the numbers of its days."""
    if not turns.is_ours(turns.COUNTING):
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNT)


def forget(today: date | None = None) -> int:
    """Delete numbers older than 24 months; how many."""
    oldest = (today or timezone.localdate()) - KEPT
    return PageViews.objects.filter(day__lt=oldest).delete()[0]
