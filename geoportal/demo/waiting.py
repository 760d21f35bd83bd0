"""Demo submissions that await review, through the same actions as everyone's."""

from datetime import timedelta

from django.contrib.gis.geos import Point
from django.utils import timezone

from initiatives import actions
from initiatives.enums import DEMO_TAG
from initiatives.models import Initiative, Submission
from vocabulary.models import Theme

from .content import FOLDER, read


def load() -> int:
    """Hand in what is missing; their number."""
    rows = read(FOLDER / "waiting.json")
    present = set(
        Initiative.objects.filter(
            tags__contains=[DEMO_TAG], name__in=[row["name"] for row in rows]
        ).values_list("name", flat=True)
    )
    missing = [row for row in rows if row["name"] not in present]
    for row in missing:
        _hand_in(row)
    return len(missing)


def _hand_in(row: dict) -> None:
    values = {
        name: row[name] for name in ("name", "summary", "description", "precision", "locality", "country")
    }
    values |= {
        "description_language": row["language"],
        "primary_theme": Theme.objects.get(slug=row["theme"]),
        "position": Point(row["lon"], row["lat"], srid=4326),
        "tags": [DEMO_TAG],
    }
    made = actions.create(by=None, values=values, reason="demo")
    at = timezone.now() - timedelta(days=row["days_ago"])
    Submission.objects.create(
        initiative=made, email=row["email"], language=row["language"], handed_in_at=at, confirmed_at=at
    )
    made = actions.submit(made, by=None)
    if row["asked"]:
        actions.ask_changes(made, by=None, reason=row["asked"])
    # The queue is read by how long each has waited.
    made.status_changes.update(at=at)
