"""What the values of a column say, where its header does not say enough."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from ..places.towns import look_up
from ..text import as_text, fold, is_empty
from ..words import legal_forms
from ..yes_no import says
from .position import is_number

MOST = 0.5
NUMBER_OF_HOUSE = re.compile(
    r"(?:n[°ºo]?\.? ?)?\d{1,4}(?:\s?[a-z])?(?:\s?(?:bis|ter|quater))?(?:\s?[-/]\s?\d{0,4}\s?[a-z]?)?", re.I
)
AT_AN_END = re.compile(r"^\d|\d\s?[a-z]?$", re.IGNORECASE)
WITH_POSTCODE = re.compile(r"\d{4,5}\s+[^\d,]+")
REMARK = re.compile(r"\s*\([^()]*\)$")
# Different texts that are looked up: enough to tell towns from others.
LOOKED_UP = 60
# A remark shorter than that describes nothing.
PROSE = 40
# Streets that come after their number.
NUMBER_FIRST = re.compile(
    r"^(?:rue|avenue|av|bd|boulevard|place|chemin|impasse|allee|quai|cours|route|square|passage|voie)\b"
    r"|\b(?:street|st|road|rd|lane|avenue|ave|way|close|drive|terrace|court|row|hill)$"
)


def is_answer(text: str) -> bool:
    """Whether a text says yes or no in a word."""
    return says(text) is not None and not text.isdigit()


class Columns:
    """The columns of a table, and the texts of its first records."""

    def __init__(self, names: Sequence[str], samples: Sequence[dict]) -> None:
        self.names = list(names)
        self.samples = samples
        self.texts = {
            column: [text.strip() for row in samples if not is_empty(text := as_text(row.get(column)))]
            for column in names
        }
        self.rows = max(1, len(samples))
        self.are_towns = lru_cache(maxsize=None)(self._are_towns)

    def filled(self, column: str) -> float:
        """The share of rows that have a value."""
        return len(self.texts[column]) / self.rows

    def distinct(self, column: str) -> float:
        """The share of values that are no other's."""
        texts = self.texts[column]
        return len(set(texts)) / len(texts) if texts else 0.0

    def most(self, column: str, check: Callable[[str], object], share: float = MOST) -> bool:
        """Whether so many of the values, half of them if nothing is said, pass a check."""
        texts = self.texts[column]
        return bool(texts) and sum(map(bool, map(check, texts))) >= share * len(texts)

    def has_gaps(self, column: str, other: str) -> bool:
        """Whether the other one has a value in a row where the column has none."""
        rows = ((as_text(row.get(column)), as_text(row.get(other))) for row in self.samples)
        return any(is_empty(here) and not is_empty(there) for here, there in rows)

    def _are_towns(self, column: str, share: float = MOST) -> bool:
        """Whether the gazetteer knows most of the values as names of towns."""
        texts = list(dict.fromkeys(REMARK.sub("", text) for text in self.texts[column]))[:LOOKED_UP]
        texts = [text for text in texts if not any(map(str.isdigit, text))]
        found = look_up([(text, "", "") for text in texts])
        return bool(texts) and sum(map(bool, found.values())) >= share * len(found)

    def are_addresses(self, column: str) -> bool:
        """Whether most values have a number as addresses have it, and not only a postcode beside a town."""
        return self.most(
            column,
            lambda text: any(map(str.isdigit, REMARK.sub("", text))) and not WITH_POSTCODE.fullmatch(text),
        )

    def are_house_numbers(self, column: str) -> bool:
        """Whether nearly all values are numbers of houses."""
        return self.most(column, NUMBER_OF_HOUSE.fullmatch, 0.9)

    def have_numbers(self, column: str) -> bool:
        """Whether most streets come with the number of the house."""
        return self.most(column, AT_AN_END.search)

    def number_comes_first(self, columns: Sequence[str]) -> bool:
        """Whether most streets are written after their number, as in French and English."""
        texts = [text for column in columns for text in self.texts[column]]
        return sum(bool(NUMBER_FIRST.search(fold(text))) for text in texts) > MOST * len(
            self.texts[columns[-1]]
        )

    def is_prose(self, column: str) -> bool:
        """Whether values read like descriptions: long, and each another."""
        texts = self.texts[column]
        return bool(texts) and sum(map(len, texts)) >= PROSE * len(texts) and self.distinct(column) > 0.9

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(name for _country, name in legal_forms())

    def is_form(self, text: str) -> bool:
        """Whether a text as a whole is a legal form."""
        return fold(text) in self._forms

    def may_name(self, text: str) -> bool:
        """Whether a text may be a name: no number, address, yes or no, nor a legal form."""
        is_address = "@" in text or text.startswith(("http://", "https://", "www."))
        return not (is_address or is_number(text) or is_answer(text) or self.is_form(text))
