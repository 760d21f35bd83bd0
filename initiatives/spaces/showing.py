"""The part of the map that a space shows."""

from typing import Any

from django.http import QueryDict

from community.models import Space
from territories.outlines import minimap

from ..following import words
from ..minimaps import mark
from ..selection import Selection, parse_page

# More marks on a small map than anybody tells apart.
MOST = 30


def _marks(selection: Selection, matched: int) -> list[dict[str, Any]]:
    rows = selection.listed(matched).located().with_root_theme()
    rows = rows.only(
        "public_position",
        "precision",
        "has_no_position",
        "primary_theme__icon",
        "primary_theme__parent__icon",
    )
    return [mark(one, one.public_position, blurred=one.is_blurred) for one in rows.order_by("pk")[:MOST]]


def part_of_map(space: Space) -> dict[str, Any]:
    """Its selection in words and numbers; without numbers where it names what is not there any more."""
    selection, errors, unknown = parse_page(QueryDict(space.query))
    told = "" if errors or unknown else words.of_query(space.query)
    if not told:
        return {"words": "", "query": "", "matched": None}
    return {
        "words": told,
        "query": selection.query,
        "matched": selection.counts()["matched"],
        "selection": selection,
    }


def small_map(part: dict[str, Any]) -> dict[str, Any] | None:
    """Marks of its initiatives; None where there is nothing to mark."""
    marks = _marks(part["selection"], part["matched"]) if part["matched"] else []
    return minimap(marks=marks) if marks else None
