"""A graph of a selection, read as it is asked for: some rows in memory, however many there are."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db import connection

from geo.errors import InvalidParameterError
from vocabulary.names import in_language

from ..enums import LinkKind
from ..selection import Selection
from . import statements
from .parts import (
    CARRIES,
    COMMON_INITIATIVES,
    COMMON_MEMBERS,
    COMMON_NETWORKS,
    MEMBERSHIP,
    THEME,
    Edges,
    named,
)

# Rows that are fetched at once.
SOME = 2000
# Initiatives whose themes may be asked for: the table of initiatives has them for more.
MOST_THEMED = 200_000
# Initiatives that are looked for once, for all statements.
MOST_LISTED = 20_000
# Collectives that are compared with each other: the pairs are half the square of these.
MOST_COMPARED = 1_000
# As machine doors speak to everyone; the stream is read when the request's language is forgotten.
LANGUAGE = "en"
THINGS = ("network", "collective", "initiative")
MUTUAL = LinkKind.mutual()


@dataclass
class Graph:
    """Chosen initiatives, and the networks and collectives that they have to do with.

    Without a filter these are all published ones. To be read within one moment.
    """

    selection: Selection
    edges_of: frozenset[Edges]

    def check(self) -> None:
        """InvalidParameterError where what is asked for would be larger than anybody can use."""
        if Edges.THEMES in self.edges_of and self.selection.counts()["matched"] > MOST_THEMED:
            raise InvalidParameterError(
                "edges", f"Themes of more than {MOST_THEMED:,} initiatives. Expected a narrower selection."
            )
        if Edges.COMMON in self.edges_of:
            carried = self.selection.initiatives().order_by().exclude(collective=None)
            if carried.values("collective").distinct().count() > MOST_COMPARED:
                raise InvalidParameterError(
                    "edges", f"More than {MOST_COMPARED:,} collectives. Expected a narrower selection."
                )

    # ── Nodes: (id, label, kind, url, lon, lat) ─────────────────────────────────────────────────
    def nodes(self) -> Iterator[tuple]:
        """All of them; an initiative at its public position."""
        for thing, rows in (("network", self._networks), ("collective", self._collectives)):
            for _pk, slug, name in rows:
                yield named(thing, slug), name, thing, _url(f"{thing}s", slug), None, None
        if Edges.THEMES in self.edges_of:
            for slug, names in self._rows(statements.THEMES):
                label = in_language(_texts(names), LANGUAGE)
                yield named("theme", slug), label, "theme", None, None, None
        for uuid, slug, name, lon, lat in self._rows(statements.INITIATIVES):
            place = (None, None) if lon is None else (round(lon, 7), round(lat, 7))
            yield named("initiative", uuid), name, "initiative", _url("initiatives", slug), *place

    # ── Edges: (source, target, kind, weight, since, until, mutual) ─────────────────────────────
    def edges(self) -> Iterator[tuple]:
        """All that are asked for, one kind after another."""
        if Edges.LINKS in self.edges_of:
            yield from self._links()
        if Edges.MEMBERSHIPS in self.edges_of:
            for uuid, slug, since, until in self._rows(statements.MEMBERSHIPS):
                yield named("initiative", uuid), named("network", slug), MEMBERSHIP, 1, since, until, False
            for slug, uuid in self._rows(statements.CARRIED):
                yield named("collective", slug), named("initiative", uuid), CARRIES, 1, None, None, False
        if Edges.THEMES in self.edges_of:
            for uuid, slug in self._rows(statements.THEMED):
                yield named("initiative", uuid), named("theme", slug), THEME, 1, None, None, False
        if Edges.COMMON in self.edges_of:
            for thing, kind, statement in (
                ("network", COMMON_INITIATIVES, statements.COMMON_INITIATIVES),
                ("collective", COMMON_NETWORKS, statements.COMMON_NETWORKS),
                ("collective", COMMON_MEMBERS, statements.COMMON_MEMBERS),
            ):
                for one, other, weight in self._rows(statement):
                    yield named(thing, one), named(thing, other), kind, weight, None, None, True

    def _links(self) -> Iterator[tuple]:
        networks, collectives = ([row[0] for row in rows] for rows in (self._networks, self._collectives))
        for kind, since, until, *ends in self._rows(
            statements.LINKS, networks, networks, collectives, collectives
        ):
            source, target = _end(ends[:3]), _end(ends[3:])
            yield source, target, kind, 1, since, until, kind in MUTUAL

    # ── Rows ────────────────────────────────────────────────────────────────────────────────────
    @cached_property
    def _networks(self) -> list[tuple]:
        return list(self._rows(statements.ALL_NETWORKS if self._is_whole else statements.NETWORKS))

    @cached_property
    def _collectives(self) -> list[tuple]:
        return list(self._rows(statements.ALL_COLLECTIVES if self._is_whole else statements.COLLECTIVES))

    @property
    def _is_whole(self) -> bool:
        return self.selection.without("located").is_empty

    @cached_property
    def _chosen(self) -> tuple[str, tuple]:
        """SQL that gives the keys: a few are looked for once, of many each statement finds them itself."""
        rows = self.selection.initiatives().order_by().values_list("pk", flat=True)
        keys = list(rows[: MOST_LISTED + 1])
        if len(keys) <= MOST_LISTED:
            return "SELECT unnest(%s::bigint[])", (keys,)
        return rows.query.sql_with_params()

    def _rows(self, statement: str, *given: object) -> Iterator[tuple]:
        sql, parameters = self._chosen
        needs_keys = "{chosen}" in statement
        with connection.chunked_cursor() as cursor:
            cursor.execute(
                statement.format(chosen=sql) if needs_keys else statement,
                [*(parameters if needs_keys else ()), *given],
            )
            while rows := cursor.fetchmany(SOME):
                yield from rows


def _end(keys: list) -> str:
    return next(named(thing, key) for thing, key in zip(THINGS, keys) if key is not None)


def _url(kind: str, slug: str) -> str:
    # Without a language, so that it stays; it redirects to the reader's own.
    return f"{settings.SITE_URL}/{kind}/{slug}/"


def _texts(names: object) -> dict[str, str]:
    """Names by language; a plain cursor gives JSON as it decodes it, or as text."""
    return names if isinstance(names, dict) else json.loads(names)
