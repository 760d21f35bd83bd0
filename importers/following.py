"""Lists that only name their records, followed to them: pages of the Murmurations index, searches of OpenFairDB.

What is put together is a document in the words of the list, so that the same readers take it.
"""

import json
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from django.utils.translation import gettext_noop as _

from .errors import BadFileError
from .fetching import MOST_SECONDS, UNKNOWN, Fetched, Validators, fetch
from .phrases import NO_END, phrase
from .readers.detecting import detect
from .readers.json_text import JSONText
from .readers.murmurations import DELETED, MISSING

# The index gives at most so many results to a question (Murmurations index, v2).
MOST_RECORDS = 10_000
NARROWER = _("a narrower question to the index")
MOST_PAGES = 400
# One profile, or one page of a list, in bytes.
LARGEST_PART = 16 * 1024**2
AT_ONCE = 4
# Addresses of OpenFairDB take several identifiers.
ENTRIES = 50


def fetch_whole(url: str, folder: Path, known: Validators = UNKNOWN) -> Fetched:
    """Download as `fetch` does; where the answer only lists records, a document of the records. BadFileError."""
    found = fetch(url, folder, known)
    if found.path is None:
        return found
    format = detect(found.path)
    if format == "murmurations":
        document = _profiles(url, found.path)
    elif format == "openfairdb" and "/search" in urlsplit(url).path:
        document = _entries(url, found.path)
    else:
        return found
    if document is not None:
        whole = folder / f"{format}-whole.json"
        whole.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return Fetched(whole, found.validators)
    return found


def _document(path: Path) -> Any:
    with JSONText(path) as text:
        return text.value()


def _asked(url: str) -> Any:
    """The document at an address; BadFileError."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        found = fetch(url, Path(folder), largest=LARGEST_PART)
        if found.path is None:
            raise BadFileError(url, _("an answer without a document"), _("a document"))
        return _document(found.path)


def _profiles(url: str, path: Path) -> dict[str, Any] | None:
    """All nodes of all pages, each with its profile; None for a file that is no page of an index."""
    until = time.monotonic() + MOST_SECONDS
    first = _document(path)
    if not (isinstance(first, dict) and isinstance(first.get("data"), list)):
        return None
    nodes = [node for page in _pages(url, first, until) for node in page if isinstance(node, dict)]
    if len(nodes) > MOST_RECORDS:
        raise BadFileError(url, phrase(_("more than %(most)s records"), most=MOST_RECORDS), NARROWER)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return {"data": list(pool.map(lambda node: _with_profile(node, until), nodes))}


def _pages(url: str, page: dict[str, Any], until: float) -> Iterator[list[Any]]:
    """The nodes of a page, and of those that follow it."""
    seen = {url}
    while True:
        yield page["data"]
        links = page.get("links")
        following = links.get("next") if isinstance(links, dict) else None
        if not following or (place := urljoin(url, str(following))) in seen:
            return
        if len(seen) >= MOST_PAGES:
            raise BadFileError(url, phrase(_("more than %(most)s pages"), most=MOST_PAGES), NARROWER)
        _check_time(url, until)
        seen.add(place)
        page = _asked(place)
        if not (isinstance(page, dict) and isinstance(page.get("data"), list)):
            raise BadFileError(place, _("a page without data"), _("a page of the index"))


def _with_profile(node: dict[str, Any], until: float) -> dict[str, Any]:
    """A node with what its profile says; with what the index says alone where the profile cannot be had."""
    address = node.get("profile_url")
    if not isinstance(address, str) or node.get("status") == DELETED:
        return node
    try:
        _check_time(address, until)
        profile = _asked(address)
    except BadFileError as error:
        return {**node, MISSING: str(error)}
    return {**node, **profile} if isinstance(profile, dict) else {**node, MISSING: "no object"}


def _entries(url: str, path: Path) -> dict[str, Any] | None:
    """The whole entries of a search, in its order; what was not given whole stays as the search gave it."""
    until = time.monotonic() + MOST_SECONDS
    answer = _document(path)
    if not isinstance(answer, dict):
        return None
    found = [
        one for name in ("visible", "invisible") for one in answer.get(name) or [] if isinstance(one, dict)
    ]
    keys = [str(one["id"]) for one in found if one.get("id")]
    whole: dict[str, Any] = {}
    for start in range(0, len(keys), ENTRIES):
        _check_time(url, until)
        entries = _asked(_address(url, keys[start : start + ENTRIES]))
        whole |= {str(one["id"]): one for one in _objects(entries) if one.get("id")}
    return {"visible": [{**one, **whole.get(str(one.get("id")), {})} for one in found]}


def _objects(answer: Any) -> Iterable[dict[str, Any]]:
    return (one for one in answer if isinstance(one, dict)) if isinstance(answer, list) else ()


def _address(url: str, keys: Sequence[str]) -> str:
    """Of entries by their identifiers, beside that of the search."""
    parts = urlsplit(url)
    base = parts.path[: parts.path.index("/search")]
    return urlunsplit(
        parts._replace(path=f"{base}/entries/{','.join(quote(one, safe='') for one in keys)}", query="")
    )


def _check_time(url: str, until: float) -> None:
    if time.monotonic() > until:
        raise BadFileError(url, phrase(NO_END, minutes=MOST_SECONDS // 60), _("records within that time"))
