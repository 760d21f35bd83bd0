"""How lines of the stream name their things: by a number, a UUID, or a UUID with the number of what is beside it."""

from uuid import UUID

from django.db.models import BigIntegerField, Case, UUIDField, When
from django.db.models.functions import Cast, Left

from community.activity.kinds import Happening

LENGTH = 36
BY_UUID = (Happening.INITIATIVE, Happening.NAMED, Happening.IMPORT)
BY_NUMBER = (Happening.COLLECTIVE, Happening.GROUP, Happening.TOPIC, Happening.OFFER, Happening.NEED)


def of_pair(uuid: UUID, number: int) -> str:
    """The key of two things."""
    return f"{uuid}:{number}"


def uuid_of(key: str) -> UUID:
    """The UUID of a key that begins with one."""
    return UUID(key[:LENGTH])


def number_of(key: str) -> int:
    """The number of a key that is one, or ends with one."""
    return int(key.rpartition(":")[2])


def uuid_in_sql() -> Case:
    """The same as uuid_of(), NULL for other kinds."""
    return Case(When(kind__in=BY_UUID, then=Cast(Left("key", LENGTH), UUIDField())))


def number_in_sql() -> Case:
    """Of a key that is a number, NULL for other kinds."""
    return Case(When(kind__in=BY_NUMBER, then=Cast("key", BigIntegerField())))
