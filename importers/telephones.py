"""The first telephone number of what a cell says, without words round it."""

import re

PARTED = re.compile(r"\s*(?:;|/{1,2}(?!\d{1,2}\b)|\||,|\bou\b|\boder\b|\n)\s*")
# “04 78 00 00 12 (accueil)”; “(0)” belongs to the number.
NOTE = re.compile(r"\s*\((?=[^()]*[^\W\d_])[^()]*\)")
# “Tel. 04 78 00 00 12”, “04 78 00 00 12 accueil”.
WORDS = re.compile(r"^[^\d+(]+|\s+[^\W\d_]{2,}[^\d]*$")
# Most are one number, and nothing else.
PLAIN = re.compile(r"[0-9+ ().-]+")
LETTER = re.compile(r"[^\W\d_]")
# Dialled from anywhere: it tells its country.
ABROAD = re.compile(r"\+|00[1-9]")


def first_number(text: str) -> str:
    """The number that stands first; unchanged where it is none."""
    if PLAIN.fullmatch(text):
        return text.strip()
    if not LETTER.search(text):
        return PARTED.split(text.strip())[0]
    first = PARTED.split(NOTE.sub("", text).strip())[0]
    return WORDS.sub("", first) or first


def tells_country(number: str) -> bool:
    """Whether it begins with the code of a country."""
    return ABROAD.match(number) is not None
