"""Codes of branches of activity: NACE, and the national ones that begin with the same two digits."""

import re
from functools import lru_cache

from .guessing.headers import words_of

# What columns of such codes are called, and what may stand before one: NAF 94.99Z, WZ08-88.
NAMES = ("nace", "naf", "ape", "ateco", "cnae", "sic", "uksic", "wz", "noga", "isic", "nacebel")
NAMED = re.compile(
    rf"^(?:{'|'.join(NAMES)})(?:[- ]?(?:r[eé]v\.? ?\d(?:\.\d)?|20\d\d|0\d)(?=\s?[-: ]))?\s?[-: ]\s?",
    re.IGNORECASE,
)
# Where nothing else says that it is a code: 94.99Z, 9499Z, 47.11, 88.99.00, Q88.99.
CLEAR = re.compile(r"^[A-U]?(\d{2})(?:\.\d{2}[A-Z]?|\d{2}[A-Z]|\.\d{2}\.\d{1,2})$")
# Where it is said: 94, 9499, 94 99 Z, 88990, S94, and what it means behind it.
SAID = re.compile(r"^[A-U]?[ .]?(\d{2})(?:[. ]?\d{1,2}){0,2}[. ]?[A-Z]?(?:[-–: ]+[^\W\d_].*)?$", re.DOTALL)


@lru_cache(maxsize=1_000)
def says_codes(header: str) -> bool:
    """Whether the header of a column says that codes stand in it."""
    return not {*NAMES}.isdisjoint(words_of(header))


def division(text: str, *, is_said: bool) -> str:
    """The two digits of a code; empty where a text is none, or might as well be another number."""
    text = text.strip()
    code = NAMED.sub("", text, count=1)
    found = (SAID if is_said or code != text else CLEAR).match(code)
    return found[1] if found else ""
