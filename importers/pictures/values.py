"""Pictures as our own exports write them: a JSON list, of each address, words, author and licence."""

import re
from dataclasses import dataclass

from msgspec import DecodeError, Struct, json

from ..licences import Licences
from ..text import one_line, shortened, storable

# The field of a mapping.
PHOTOS = "photos"
# Of one record; more are an album.
MOST = 20
LONGEST_ADDRESS, LONGEST_ALT, LONGEST_CREDIT = 2_000, 300, 160
# Of the web, or of this site; whether it may be asked is seen when it is.
ADDRESS = re.compile(r"(?:https?://|/)\S+", re.IGNORECASE)
EXPECTED = "expected a list of pictures as JSON"


class Written(Struct):
    """A picture of the list; what else stands there is passed over."""

    url: str
    alt: str | None = ""
    credit: str | None = ""
    licence: str | None = ""


DECODER = json.Decoder(list[Written] | None)


@dataclass(frozen=True)
class Named:
    """A picture that a record names, fit to be stored; `licence` is a primary key."""

    address: str
    alt: str
    credit: str
    licence: int


def pictures_of(text: str, licences: Licences) -> tuple[list[Named], list[tuple[str, str]]]:
    """The pictures of a JSON text, each address once, and what could not be taken as (value, message)."""
    try:
        given = DECODER.decode(text) or []
    except (DecodeError, UnicodeEncodeError, RecursionError) as error:
        return [], [(text, f"{EXPECTED}: {error}")]
    missed: list[tuple[str, str]] = []
    if len(given) > MOST:
        missed.append((text, f"expected at most {MOST} pictures, came {len(given)}: the first {MOST} count"))
    found: dict[str, Named] = {}
    for one in given[:MOST]:
        address = one.url.strip()
        if address in found:
            continue
        licence, why = licences.read(one.licence or "")
        if why := _wrong(address, one.alt or "", licence, why):
            missed.append((address, why))
        else:
            alt, credit = one_line(storable(one.alt)), one_line(storable(one.credit or ""))
            found[address] = Named(
                address, shortened(alt, LONGEST_ALT), shortened(credit, LONGEST_CREDIT), licence
            )
    return [*found.values()], missed


def _wrong(address: str, alt: str, licence: int | None, forbids: str) -> str:
    """Why a picture is not taken; empty where it is."""
    if len(address) > LONGEST_ADDRESS:
        return f"expected an address of at most {LONGEST_ADDRESS} characters, came {len(address)}"
    if not ADDRESS.fullmatch(address) or not address.isprintable():
        return "expected the address of a picture, such as https://example.org/garden.jpg"
    if not one_line(storable(alt)):
        return "expected words for those who do not see the picture"
    if licence is None:
        told = forbids or "no licence that is known"
        return f"{told}: expected a licence under which the picture may be used again"
    return ""
