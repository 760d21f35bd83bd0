"""Nodes and edges of a graph: what they say, and how an end is named so that `import_links` finds it again."""

from enum import StrEnum

from django.http import QueryDict

from geo.errors import InvalidParameterError
from geo.files.graphml import Key


class Edges(StrEnum):
    """Which edges are asked for by `edges`."""

    LINKS = "links"
    # Of initiatives in networks, and of initiatives that collectives carry.
    MEMBERSHIPS = "memberships"
    # Between an initiative and each of its themes: pairs of initiatives with a theme in common would be far too many.
    THEMES = "themes"
    # Between two networks, or two collectives, by how much they have in common.
    COMMON = "common"


USUAL = (Edges.LINKS, Edges.MEMBERSHIPS)

# Kinds of edges that are no links: none of them is a LinkKind, so no importer takes them for links.
MEMBERSHIP, CARRIES, THEME = "membership", "carries", "has_theme"
COMMON_INITIATIVES, COMMON_NETWORKS, COMMON_MEMBERS = (
    "common_initiatives",
    "common_networks",
    "common_members",
)

NODE = (Key("label"), Key("kind"), Key("url"), Key("lon", "double"), Key("lat", "double"))
# `mutual`: the edge reads the same from both ends.
EDGE = (Key("kind"), Key("weight", "int"), Key("since"), Key("until"), Key("mutual", "boolean"))
COLUMNS = ("source", "target", "source_kind", "target_kind", "kind", "weight", "since", "until")


def named(thing: str, key: object) -> str:
    """An end: the uuid of an initiative, else the kind of thing and its slug."""
    return str(key) if thing == "initiative" else f"{thing}:{key}"


def thing_of(end: str) -> str:
    """The kind of thing that named() told of."""
    thing, colon, _slug = end.partition(":")
    return thing if colon else "initiative"


def asked(data: QueryDict) -> frozenset[Edges]:
    """The edges that are wanted; InvalidParameterError for an unknown one, or an empty list."""
    if "edges" not in data:
        return frozenset(USUAL)
    names = [part.strip() for text in data.getlist("edges") for part in text.split(",") if part.strip()]
    unknown = [name for name in names if name not in list(Edges)]
    if unknown or not names:
        came = f"came {unknown[0][:40]!r}" if unknown else "none came"
        raise InvalidParameterError(
            "edges", f"Expected some of {', '.join(Edges)} with commas between, {came}."
        )
    return frozenset(map(Edges, names))
