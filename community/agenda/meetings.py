"""Meetings of groups as a source of the agenda."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ..topics.models import Topic
from . import events, ical
from .sources import Asked, Entry, Moment


class Meetings:
    """Those of some groups."""

    def __init__(self, asked: Asked, groups: QuerySet) -> None:
        self.asked = asked
        self.rows = Topic.objects.filter(group__in=groups)

    def moments(self) -> tuple[str, Sequence[Any]]:
        """When they begin."""
        now = self.asked.now
        rows = self.rows.past(now) if self.asked.is_past else self.rows.coming(now)
        return rows.order_by().values_list("starts_at", "pk").query.sql_with_params()

    def entries(self, moments: Sequence[Moment]) -> dict[Moment, Entry]:
        """Each with its group."""
        rows = Topic.objects.select_related("group").in_bulk([one.key for one in moments])
        return {one: self._entry(rows[one.key]) for one in moments if one.key in rows}

    def _entry(self, topic: Topic) -> Entry:
        group = topic.group
        return Entry(
            at=topic.starts_at,
            title=topic.title,
            address=topic.get_absolute_url(),
            clock=topic.clock,
            place=topic.place,
            of=group.name,
            of_address=group.get_absolute_url(),
            is_private=group.is_private,
            file="" if self.asked.is_past else reverse("meeting", args=[group.slug, topic.pk]),
        )

    def events(self, since: datetime, most: int) -> list[ical.Event]:
        """For calendars."""
        return events.upcoming(self.rows, since, most)
