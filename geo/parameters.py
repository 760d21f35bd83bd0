"""Query parameters of machine doors that are no filters: which are known, and how many rows a page has."""

from collections.abc import Collection

from django.http import QueryDict

from .errors import InvalidParameterError

# Parameters that other sites add to links and that mean nothing here.
DROPPED = ("utm_", "mc_")
DROPPED_EXACTLY = ("fbclid", "gclid")
LARGEST_PAGE = 1000
USUAL_PAGE = 100


def is_dropped(name: str) -> bool:
    """Whether a parameter is a tracking mark of another site."""
    return name.startswith(DROPPED) or name in DROPPED_EXACTLY


def known_parameters(data: QueryDict, names: Collection[str] = ()) -> None:
    """InvalidParameterError for any parameter that is not among the names, or that is given twice."""
    for name, values in data.lists():
        if is_dropped(name):
            continue
        if name not in names:
            taken = f"This door takes {', '.join(names) or 'none'}."
            raise InvalidParameterError(name[:80], f"Unknown parameter. {taken}")
        if len(values) > 1:
            raise InvalidParameterError(name, f"Given {len(values)} times, expected once.")


def page_limit(data: QueryDict, *, usual: int = USUAL_PAGE, most: int = LARGEST_PAGE) -> int:
    """`limit`, clamped to the most; InvalidParameterError below 1 or where it is no number."""
    text = data.get("limit", str(usual))
    if not (text.isascii() and text.isdigit() and int(text[:12]) >= 1):
        raise InvalidParameterError("limit", f"Expected a whole number from 1 to {most}.")
    return min(int(text[:12]), most)


def page_cursor(data: QueryDict) -> int:
    """`cursor` as the `next` link gave it, 0 for the first page; InvalidParameterError if it is none of ours."""
    text = data.get("cursor", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise InvalidParameterError("cursor", "Expected the cursor of a next link.")
    return int(text)
