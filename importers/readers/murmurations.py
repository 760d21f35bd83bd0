"""Murmurations: profiles, pages of the index, and tables for its batch importer."""

import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from ..mapping import FileOptions
from ..phrases import phrase
from ..records import Raw, Source
from . import csv, json
from .adapted import adapted

# Tables name parts of lists: tags[0], tags(list-0); several words of one cell are parted by commas.
PART = re.compile(r"^(\w+)(?:\[\d+\]|\(list-\d+\))$")
KEYS = ("profile_url", "unique_id", "oid", "primary_url")
DELETED = "deleted"
TAGS, KEY = "tags", "profile_key"
# Why the profile of a node of the index could not be had.
MISSING = "profile_missing"
UNREAD = _("profile not read, so what the index says of it is taken: %(reason)s")


def read(path: Path, options: FileOptions) -> Source:
    """Open profiles, an index page or a table; BadFileError."""
    with path.open("rb") as file:
        begins = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    is_json = begins in (b"{", b"[")
    source = json.read(path, options) if is_json else csv.read(path, options)
    return adapted(source, "murmurations", _record, TAGS, KEY)


def _record(record: Raw) -> Raw | None:
    values = record.values
    if values.get("status") == DELETED:
        return None
    tags: list[Any] = list(values[TAGS]) if isinstance(values.get(TAGS), list) else []
    for name, value in values.items():
        part = PART.match(name)
        if part and part[1] == TAGS and value:
            tags += [one.strip() for one in str(value).split(",")]
    key = next((values[name] for name in KEYS if values.get(name)), "")
    if reason := values.pop(MISSING, ""):
        record.warnings.append(phrase(UNREAD, reason=reason))
    record.values = {**values, TAGS: [tag for tag in dict.fromkeys(tags) if tag], KEY: key}
    return record
