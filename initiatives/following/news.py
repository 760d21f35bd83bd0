"""What is new of what somebody follows, between two moments, by the numbered changes; only what everyone may see."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from geo.errors import InvalidParameterError

from .. import changes_reading_sql as sql
from ..enums import Status
from ..models import Follow, Initiative, Merge, StatusChange
from ..querysets import InitiativeQuerySet
from ..selection import parse

MOST_NAMED = 30
ENDED = (Status.CLOSED, Status.ARCHIVED)


@dataclass(frozen=True)
class News:
    """How many appeared and changed, the first of them, and how one that is followed by itself left the map."""

    appeared: int = 0
    changed: int = 0
    named: Sequence[Initiative] = field(default=())
    ended: str = ""

    @property
    def number(self) -> int:
        """Of all."""
        return self.appeared + self.changed

    @property
    def is_empty(self) -> bool:
        """Nothing to tell."""
        return not self.number and not self.ended


def of(follow: Follow, since: datetime, upto: datetime) -> News:
    """All that is new after one moment, up to another."""
    if follow.initiative_id is not None:
        return _of_one(follow.initiative, since, upto)
    try:
        rows = parse(QueryDict(follow.query)).initiatives()
    except InvalidParameterError:
        # It names what is not there any more, or not for everyone, such as a group that is private now.
        return News()
    return _among(rows, since, upto)


def _among(rows: InitiativeQuerySet, since: datetime, upto: datetime) -> News:
    # Notes that later ones make needless are forgotten, so steps tell too what appeared.
    published = StatusChange.objects.filter(
        initiative=OuterRef("pk"), to_status=Status.PUBLISHED, at__gt=since, at__lte=upto
    ).exclude(from_status=Status.PUBLISHED)
    appeared = Q(pk__in=RawSQL(sql.APPEARED_BETWEEN, (since, upto))) | Q(Exists(published))
    rows = rows.order_by().filter(pk__in=RawSQL(sql.BETWEEN, (since, upto)))
    rows = rows.annotate(has_appeared=ExpressionWrapper(appeared, output_field=BooleanField()))
    counted = rows.aggregate(
        appeared=Count("pk", filter=Q(has_appeared=True)), changed=Count("pk", filter=Q(has_appeared=False))
    )
    named = rows.order_by("-has_appeared", "search_name", "pk").prefetch_related("translations")
    return News(**counted, named=list(named.defer("position", "search")[:MOST_NAMED]))


def _of_one(initiative: Initiative, since: datetime, upto: datetime) -> News:
    if initiative.is_published:
        return _among(Initiative.objects.published().filter(pk=initiative.pk), since, upto)
    steps = initiative.status_changes.filter(to_status=initiative.status, at__gt=since, at__lte=upto)
    left = steps.exclude(from_status=initiative.status)
    if initiative.status not in ENDED or not left.exists():
        return News()
    is_merged = Merge.objects.filter(merged=initiative, undone_at=None).exists()
    return News(ended="merged" if is_merged else initiative.status)
