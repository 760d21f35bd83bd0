"""What changed of the published initiatives, for readers who keep a copy: pages from a cursor to the next.

A reader without a cursor first walks through all that is published, in the order of keys, then goes on with what
changed since the walk began. Each page is of one moment; what is written after it has a larger number.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.http import quote_etag
from msgspec import Raw, Struct, json

from geo.errors import InvalidParameterError
from geo.statements import one_moment, prepared

from . import changes_reading_sql as sql
from .layers import KEYED, PROPERTIES

NAME = "since"
CURSOR = re.compile(r"([0-9a-f]{8})\.([ac])\.(\d{1,18})\.(\d{1,18})", re.ASCII)
CREATED, UPDATED, REMOVED = "created", "updated", "removed"


class OtherFormError(Exception):
    """The cursor is of a time when Features looked different: every copy is to be made anew."""


@cache
def _form() -> str:
    """Of what a Feature shows that stands in no table, so that no row tells when it changes."""
    told = [*PROPERTIES, settings.SITE_URL, settings.MEDIA_URL, settings.DATA_LICENCE]
    return blake2b("\n".join(told).encode(), digest_size=4).hexdigest()


@dataclass(frozen=True)
class Cursor:
    """Where a reader stands: in the walk through all (`is_walk`, begun at `number`), or in what changed.

    `after` is the last key that was read, of all or of the changeset with this number.
    """

    is_walk: bool
    number: int
    after: int

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """The cursor that an answer gave as `next`; InvalidParameterError, OtherFormError."""
        found = CURSOR.fullmatch(text)
        if found is None:
            raise InvalidParameterError(NAME, "Expected the cursor that an answer gave as next.")
        form, kind, number, after = found.groups()
        if form != _form():
            raise OtherFormError
        return cls(kind == "a", int(number), int(after))

    def __str__(self) -> str:
        return f"{_form()}.{'a' if self.is_walk else 'c'}.{self.number}.{self.after}"


def etag() -> str | None:
    """Entity tag of what all that is published looks like now; None in a transaction, which counts when it ends."""
    if connection.in_atomic_block:
        return None
    return quote_etag(f"{_form()}.{prepared(sql.LATEST)[0][0]}")


class _Shown(Struct):
    updated: str


class _Feature(Struct):
    id: str
    properties: _Shown


def page(since: str | None, limit: int) -> dict[str, Any]:
    """`changes`, `next` and `more` after a cursor, all of one moment; InvalidParameterError, OtherFormError."""
    cursor = None if since is None else Cursor.parse(since)
    with one_moment(), connection.cursor() as database:
        database.execute(sql.LATEST)
        (latest,) = database.fetchone()
        cursor = cursor or Cursor(is_walk=True, number=latest, after=0)
        # A copy of the database that was brought back knows less than its readers.
        if cursor.number > latest + 1:
            raise InvalidParameterError(NAME, "Expected a cursor of this site; begin anew without one.")
        changes, onward, more = (_walked if cursor.is_walk else _followed)(cursor, limit, latest)
    return {"changes": changes, "next": str(onward), "more": more}


def _walked(cursor: Cursor, limit: int, latest: int) -> tuple[list[dict], Cursor, bool]:
    """The next of all that is published."""
    found = KEYED.following(cursor.after, limit + 1)
    changes = []
    for _key, text in found[:limit]:
        feature = json.decode(text, type=_Feature)
        changes.append(_told(feature.id, CREATED, feature.properties.updated, text))
    if len(found) > limit:
        return changes, Cursor(is_walk=True, number=cursor.number, after=found[limit - 1][0]), True
    return changes, Cursor(is_walk=False, number=cursor.number + 1, after=0), latest > cursor.number


def _followed(cursor: Cursor, limit: int, latest: int) -> tuple[list[dict], Cursor, bool]:
    """The next of what changed: each initiative as it is now, once a page, where it changed last."""
    with connection.cursor() as database:
        given = {"number": cursor.number, "after": cursor.after, "limit": limit + 1}
        database.execute(sql.FOLLOWING, given)
        noted = database.fetchall()
    more, noted = len(noted) > limit, noted[:limit]
    before: dict[int, list[bool]] = {}
    last: dict[int, tuple] = {}
    for _number, key, uuid, was_shown, at, is_shown in noted:
        before.setdefault(key, []).append(was_shown)
        last.pop(key, None)
        last[key] = (uuid, at, is_shown)
    features = dict(KEYED.read([key for key, (_uuid, _at, is_shown) in last.items() if is_shown]))
    changes = []
    for key, (uuid, at, _is_shown) in last.items():
        if key in features:
            changes.append(_told(uuid, UPDATED if before[key][0] else CREATED, _instant(at), features[key]))
        # What was a draft before and after is nobody's concern.
        elif any(before[key]):
            changes.append(_told(uuid, REMOVED, _instant(at), b"null"))
    if more:
        return changes, Cursor(is_walk=False, number=noted[-1][0], after=noted[-1][1]), True
    return changes, Cursor(is_walk=False, number=latest + 1, after=0), False


def _told(uuid: str, change: str, at: str, feature: bytes) -> dict[str, Any]:
    return {"id": uuid, "change": change, "at": at, "feature": Raw(feature)}


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def forget() -> None:
    """Drop notes that later ones make needless; every cursor stays good."""
    with connection.cursor() as database:
        database.execute(sql.FORGET_CHANGES)
        database.execute(sql.FORGET_CHANGESETS)
