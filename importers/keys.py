"""Under which key a source knows a record, and the checksum that tells whether it changed."""

import hashlib

from django.utils.translation import gettext_noop as _
from msgspec import json

from initiatives.layers import MADE_UP_KEY

from .mapping import Mapping
from .phrases import PhraseError, longer
from .records import LONGEST_KEY, Draft
from .text import as_text, fold, is_empty, storable

JSON = json.Encoder(order="sorted", enc_hook=str)


def canonical(draft: Draft) -> bytes:
    """The record as JSON that PostgreSQL can hold, UTF-8; PhraseError says why it cannot."""
    try:
        written = JSON.encode(draft.raw.values)
    except UnicodeEncodeError as error:
        raise PhraseError(_("a record that cannot be stored: half a character (a lone surrogate)")) from error
    if b"\\u0000" in written:
        raise PhraseError(_("a record that cannot be stored: a NUL character"))
    return written


def set_key(draft: Draft, mapping: Mapping, digest: bytes) -> None:
    """Set external id, raw record and checksum of a draft, or refuse it; a refused row keeps its key."""
    _set_external_id(draft, mapping)
    try:
        draft.written = canonical(draft)
    except PhraseError as error:
        draft.refuse("", "", error.phrase)
        return
    draft.checksum = hashlib.sha256(digest + draft.written).hexdigest()


def has_certain_key(draft: Draft, mapping: Mapping) -> bool:
    """Whether we know which record a row is, even a refused one."""
    if not draft.external_id:
        return False
    if not mapping.external_id:
        # Made of what the reader could not make out: it may be the key of another row, or of none.
        return not draft.raw.refused
    # Cells shift to the right: the first one is where it was.
    return not draft.raw.shifted or next(iter(draft.raw.values)) == mapping.external_id


def _set_external_id(draft: Draft, mapping: Mapping) -> None:
    if not mapping.external_id:
        draft.external_id = made_up_key(draft, mapping)
        return
    key = as_text(draft.raw.values.get(mapping.external_id)).strip()
    if is_empty(key):
        draft.refuse("external_id", key, _("no identifier"))
    elif len(key) > LONGEST_KEY:
        draft.refuse("external_id", key, longer(key, LONGEST_KEY))
    elif not (key.isascii() and key.isprintable()) and key != storable(key):
        draft.refuse("external_id", key, _("an identifier that cannot be stored: a NUL or half a character"))
    else:
        draft.external_id = key


def made_up_key(draft: Draft, mapping: Mapping) -> str:
    """A stable key of a source without one: folded name with street and postcode, else position; never published."""
    texts = draft.texts
    place = [fold(texts.get(name, "")) for name in ("street", "postcode", "locality")]
    if not any(place[:2]):
        rule = mapping.position
        columns = [rule.column] if rule.column else [rule.longitude, rule.latitude]
        place += [as_text(draft.raw.values.get(column)).strip() for column in columns if column]
        place += [f"{number:.4f}" for number in draft.raw.point or ()]
    text = "\n".join([fold(texts.get("name", "")), *place])
    return f"{MADE_UP_KEY}{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:32]}"
