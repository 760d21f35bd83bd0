"""Meetings as entries of calendars."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation

from ..topics import links
from ..topics.models import Topic
from ..topics.querysets import TopicQuerySet
from . import ical


def calendar(name: str, meetings: Iterable[Topic]) -> bytes:
    """Meetings as a file; each needs its group and when it was changed last."""
    return ical.calendar(name, map(_event, meetings), by=links.host())


def upcoming(rows: TopicQuerySet, since: datetime, most: int) -> list[ical.Event]:
    """The first meetings among some topics from a moment on."""
    rows = rows.meetings().filter(starts_at__gte=since).select_related("group")
    return [_event(topic) for topic in rows.order_by("starts_at", "pk")[:most]]


def _event(topic: Topic) -> ical.Event:
    # The same for whoever asks: the page in the language of the group.
    with translation.override(topic.group.language):
        url = settings.SITE_URL + topic.get_absolute_url()
    return ical.Event(
        # It stays when the topic goes to another group.
        uid=f"meeting-{topic.pk}@{links.host()}",
        sequence=topic.meeting_edits,
        stamp=topic.revised_at,
        starts_at=topic.starts_at,
        ends_at=topic.ends_at,
        summary=topic.title,
        place=topic.place,
        url=url,
        category=topic.group.name,
    )
