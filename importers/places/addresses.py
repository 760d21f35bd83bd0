"""Addresses written in one text: street, postcode, town and country, told apart by the form of a postcode.

What is not certainly such an address stays whole: a number of four digits counts only after a comma or the number of a
house, and what follows a postcode must look like the name of a town.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from ..text import fold, html_to_text, one_line
from .postcodes import BRITISH, DUTCH, IRISH, POLISH, PORTUGUESE, parted


class Address(NamedTuple):
    """What an address says; the country as a code, of a prefix of the postcode or of a name at the end."""

    street: str
    postcode: str
    locality: str
    country: str


# Without one of these there is no postcode, so that most texts need no second look.
POSSIBLE = re.compile(
    r"[0-9]{4}|[0-9]{3} [0-9]{2}|[0-9]{2}-[0-9]{3}|[0-9][A-Z]{2}\b|[A-Z][0-9][0-9W] ?[A-Z0-9]{4}"
)
# Neither stands in the name of a town.
TELLING = re.compile(r"[0-9,]")
CAR = re.compile(r"(?:^|.*,\s*)([A-Z]{1,3})\s*", re.DOTALL)
# Where a town in capitals begins with an article, it is none of the two letters of a Dutch postcode.
NO_ARTICLE = r"(?![0-9]{4} (?:AL|DE|EL|LA|LE|ST)\s[^a-z]*$)"
PLAIN = r"[0-9]{3} [0-9]{2}|[0-9]{4,6}"
FORMED = rf"{PORTUGUESE}|{POLISH}|{NO_ARTICLE}{DUTCH}"
CODE = rf"(?<![\w/.+–-])(?:[A-Z]{{1,3}}\s?[-–]\s?)?(?:{FORMED}|{PLAIN})(?![\w/.+]|-\d)"
ISLES = rf"(?<![\w-])(?:{BRITISH}|{IRISH})(?!\w)"
# A district of a large town, or the post's own distribution, may follow its name.
TAIL = r"(?:\s+(?:(?i:cedex)(?:\s+[0-9]{1,2})?|[0-9]{1,2}(?:\s?(?i:er|e|[eè]me)(?:\s+(?i:arr)\w*\.?)?)?))?"
TOWN = rf"(?P<town>['’]?[^\W\d_][^\d,;:]{{1,58}}?{TAIL})"
NUMBER = re.compile(CODE)
# The town behind its postcode, as on the continent; a region may follow.
BEHIND = re.compile(rf"\s*[,–-]?\s+{TOWN}(?:\s*,\s*(?P<region>[^\W\d_][^\d,]{{1,40}}))?")
# The town before it, as on the islands and in careless lists.
AFORE = re.compile(rf"(?:(?P<head>.+),\s*)?{TOWN}[\s,]\s*(?P<postcode>{CODE}|{ISLES})")
AFORE_ALONE = re.compile(rf"{TOWN}[\s,–-]\s*\(?(?P<postcode>{CODE}|{ISLES})\)?")
HOUSE = re.compile(r"[0-9]\s?[a-zA-Z]?\s*$")
# A number after these is a box, no postcode.
BOX = re.compile(
    r"\b(?:bp|b\.p\.|cs|box|bus|postfach|apartado|apdo|postale|tsa|n°|nr\.?|no\.?)\s*$", re.IGNORECASE
)
# No town has such a word in its name, so that a number before it is that of a house.
WAYS = re.compile(
    r"\b(?:rue|avenue|av|bd|bld|blvd|boulevard|chemin|route|rte|impasse|allees?|quai|square|montee|traverse|hameau"
    r"|lieu dit|residence|quartier|street|road|lane|drive|way|broadway|avenida|avda|calle|carrer|plaza|paseo|piazza"
    r"|viale|via|corso|bte|boite|bis|ter|etage|floor|batiment|bat|box|bp|cs|cidex|lot|apt|appt|zone|za|zi|rd|rn"
    r"|str|nr|haus|hs|\w+strasse|\w+str|\w+straat|\w+gasse)\b"
)
COUNTY = re.compile(
    r"\w+shire|greater .*|(?:county|co) .*|(?:north|south|east|west) (?:yorkshire|sussex|midlands)"
)
MOST_WORDS, MOST_OF_REGION = 7, 4


class Addresses:
    """Takes texts apart; knows names of countries by what it is given."""

    def __init__(self, code_of: Callable[[str], str]) -> None:
        """`code_of` gives the code of a country's name, empty where there is none."""
        self._code_of = code_of

    def of_street(self, text: str) -> Address | None:
        """The parts of an address with postcode and town; None where the text is a street only, or unclear."""
        if not POSSIBLE.search(text):
            return None
        text, country = self._without_country(text)
        return _behind(text, country, least=5) or _afore(text, country)

    def of_town(self, text: str) -> Address | None:
        """Town with its postcode, in any order, or its country, and no more; None where it is not, or unclear."""
        if not TELLING.search(text) or text.isdigit():
            return None
        text, country = self._without_country(text)
        if country and "," not in text and not any(letter.isdigit() for letter in text):
            return Address("", "", text, country)
        found = _behind(text, country, least=4)
        if found is None and (match := AFORE_ALONE.fullmatch(text)):
            found = _made("", match["postcode"], match["town"], country)
        return found if found and not found.street else None

    def _without_country(self, text: str) -> tuple[str, str]:
        """The text on one line, before the name of a country at its end, and that country's code."""
        text = one_line(re.sub(r"\s*[\r\n]+\s*", ", ", html_to_text(text).strip())).rstrip(" .,")
        rest, comma, last = text.rpartition(",")
        # Shorter ones may be of provinces as well.
        if comma and (len(last := last.strip()) > 3 or last == "UK") and (code := self._code_of(last)):
            return rest.rstrip(" ,"), code
        return text, ""


def _behind(text: str, country: str, least: int) -> Address | None:
    """An address with its town behind the postcode, of `least` digits where nothing stands before it."""
    for number in reversed([*NUMBER.finditer(text)]):
        match = BEHIND.fullmatch(text, number.end())
        if match is None or len((match["region"] or "").split()) > MOST_OF_REGION:
            continue
        head, postcode = text[: number.start()], number[0]
        letters = CAR.fullmatch(head)
        # “CH 8005”; other letters belong to the street.
        if letters and parted(f"{letters[1]}-{postcode}")[1]:
            head, postcode = head[: letters.start(1)], f"{letters[1]}-{postcode}"
        if _is_apart(head, postcode, least) and (found := _made(head, postcode, match["town"], country)):
            return found
    return None


def _is_apart(head: str, postcode: str, least: int) -> bool:
    """Whether a number that stands behind something is no part of that."""
    if BOX.search(head):
        return False
    if not postcode.isdigit() and " " not in postcode:
        return True
    if not head.strip():
        return len(postcode) >= least
    if head.rstrip().endswith((",", ";", " -", " –")):
        return True
    # What is long is no number of a house; a short one behind such a number is none either.
    return len(postcode) == 5 or (len(postcode) == 4 and HOUSE.search(head) is not None)


def _afore(text: str, country: str) -> Address | None:
    """An address with its town before the postcode, at its end."""
    match = AFORE.fullmatch(text)
    if match is None or not match["head"] or re.fullmatch("[0-9]{4}", match["postcode"]):
        return None
    head, town = match["head"], match["town"]
    if COUNTY.fullmatch(fold(town)):
        head, _comma, town = head.rpartition(",")
    return _made(head, match["postcode"], town.strip(), country)


def _made(head: str, postcode: str, town: str, country: str) -> Address | None:
    """The address, if the town may be one, and letters before the postcode are those of a country."""
    postcode, of_postcode = parted(postcode)
    is_prefixed = re.match(r"[A-Z]{1,3}\s?[-–]", postcode) is not None
    words = town.split()
    is_named = town != town.lower() or head == head.lower()
    if (is_prefixed and not of_postcode) or not (words and is_named and len(words) <= MOST_WORDS):
        return None
    if not town.strip(" '’")[:1].isalpha() or WAYS.search(fold(town)):
        return None
    return Address(head.strip(" ,;–-"), postcode, town, of_postcode or country)
