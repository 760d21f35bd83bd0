"""Pictures as our own exports write them: a JSON list, of each address, words, author and licence."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _
from msgspec import DecodeError, Struct, json

from ..licences import Licences
from ..phrases import Phrase, longer, phrase
from ..text import one_line, shortened, storable

# The field of a mapping.
PHOTOS = "photos"
# Of one record; more are an album.
MOST = 20
LONGEST_ADDRESS, LONGEST_ALT, LONGEST_CREDIT = 2_000, 300, 160
TOO_MANY = _("expected at most %(most)s pictures, came %(came)s: the first %(most)s count")
# Of the web, or of this site; whether it may be asked is seen when it is.
ADDRESS = re.compile(r"(?:https?://|/)\S+", re.IGNORECASE)
EXPECTED = _("expected a list of pictures as JSON: %(error)s")


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


def pictures_of(text: str, licences: Licences) -> tuple[list[Named], list[tuple[str, Phrase]]]:
    """The pictures of a JSON text, each address once, and what could not be taken as (value, reason)."""
    try:
        given = DECODER.decode(text) or []
    except (DecodeError, UnicodeEncodeError, RecursionError) as error:
        return [], [(text, phrase(EXPECTED, error=str(error)))]
    missed: list[tuple[str, Phrase]] = []
    if len(given) > MOST:
        missed.append((text, phrase(TOO_MANY, most=MOST, came=len(given))))
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


def _wrong(address: str, alt: str, licence: int | None, forbids: str) -> Phrase | None:
    """Why a picture is not taken."""
    if len(address) > LONGEST_ADDRESS:
        return longer(address, LONGEST_ADDRESS)
    if not ADDRESS.fullmatch(address) or not address.isprintable():
        return phrase(_("expected the address of a picture, such as https://example.org/garden.jpg"))
    if not one_line(storable(alt)):
        return phrase(_("expected words for those who do not see the picture"))
    if licence is None:
        told = Phrase(forbids or _("no licence that is known"))
        return phrase(_("%(told)s: expected a licence under which the picture may be used again"), told=told)
    return None
