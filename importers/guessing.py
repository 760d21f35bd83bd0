"""Guesses a mapping from headers and sample values; what it guessed is always shown."""

from collections.abc import Callable, Sequence

from . import words
from .countries import Countries
from .guessing_position import guess_position, is_number, is_pair
from .guessing_words import GOES_ON
from .headers import SURE, field_scores, words_of
from .mapping import FIELDS, FileOptions, Mapping, PositionRule, Rule, ThemeRule
from .text import as_text, is_empty
from .themes import ThemeGuesser
from .transforms import YEAR

ENOUGH = 0.5
REGISTERS = {
    "siret",
    "siren",
    "rna",
    "cif",
    "nif",
    "vat",
    "registered",
    "registernummer",
    "partita",
    "company",
    "charity",
}
NUMBER_OF_HOUSE = {"housenumber", "hausnummer", "hausnr", "civico", "numero"}
# Fields that may tell a theme, and the share of values that must be understood for a column to count.
TELL_THEMES = ("themes", "tags", "legal_form")
UNDERSTOOD = 0.05


class Guesser:
    """Looks at one table: its columns and some of its records."""

    def __init__(self, columns: Sequence[str], samples: Sequence[dict], countries: Countries) -> None:
        self._columns = list(columns)
        self._texts = {
            column: [text for row in samples if not is_empty(text := as_text(row.get(column)))]
            for column in columns
        }
        self._countries = countries
        self._rows = max(1, len(samples))
        self._checks: dict[str, Callable[[str], bool]] = {
            "latitude": is_number,
            "longitude": is_number,
            "position": is_pair,
            "email": lambda text: "@" in text,
            "website": lambda text: "." in text and "@" not in text and not is_number(text),
            "phone": lambda text: sum(letter.isdigit() for letter in text) >= 6,
            "postcode": lambda text: any(letter.isdigit() for letter in text) and len(text) <= 40,
            "founded": lambda text: bool(YEAR.search(text)),
            "country": lambda text: bool(countries.code(text)),
            "name": lambda text: not is_number(text) and not text.startswith(("http://", "https://")),
            "locality": lambda text: not is_number(text),
            "themes": lambda text: len(text) <= 400,
            "description": lambda text: not is_number(text),
        }

    def _fits(self, name: str, column: str) -> bool:
        """Whether the values of a column are of the kind of a field."""
        texts = self._texts[column]
        check = self._checks.get(name)
        return bool(texts) and (check is None or sum(map(check, texts)) >= ENOUGH * len(texts))

    def _filled(self, column: str) -> float:
        return len(self._texts[column]) / self._rows

    def candidates(self) -> list[tuple[float, str, str]]:
        """(score, field, column), the surest first; fuller columns before emptier ones."""
        found = []
        for column in self._columns:
            scores = field_scores(column)
            best = max(scores.values(), default=0.0)
            for name, score in scores.items():
                if score < SURE or score < best - 0.5 or not self._fits(name, column):
                    continue
                if name == "external_id":
                    # Nested in a record stand the keys of others: its parent's, its picture's.
                    own = field_scores(column.rpartition(".")[2]).get(name, 0.0)
                    score = min(score, own) - self._doubt_as_key(column)
                found.append((score + 0.4 * self._filled(column), name, column))
        return sorted(found, key=lambda row: (-row[0], self._columns.index(row[2])))

    def _doubt_as_key(self, column: str) -> float:
        texts = self._texts[column]
        unique = len(set(texts)) == len(texts) == self._rows
        doubt = 0.5 * column.count(".") + (0.6 if REGISTERS & set(words_of(column)) else 0.0)
        return doubt + (0.0 if unique else 9.0)

    def assign(self) -> dict[str, list[str]]:
        """Each column to at most one field; fields that may have several keep their order of trust."""
        taken: dict[str, str] = {}
        given: dict[str, list[str]] = {}
        for score, name, column in self.candidates():
            if column in taken or score < SURE:
                continue
            if name in given and name not in ("name", "street", "themes", "ignore"):
                continue
            taken[column] = name
            given.setdefault(name, []).append(column)
        return given

    def countries_in(self, columns: Sequence[str]) -> set[str]:
        """Codes of the countries that the rows state."""
        codes = {self._countries.code(text) for column in columns for text in self._texts[column]}
        return codes - {""}

    def theme_columns(self) -> tuple[str, ...]:
        """Columns that speak of themes, tags or legal forms, those whose values are understood most first."""
        themes = ThemeGuesser(words.themes())
        shares = {}
        for column in self._columns:
            scores, texts = field_scores(column), self._texts[column]
            best = max(scores.values(), default=0.0)
            if (
                max((scores.get(name, 0.0) for name in TELL_THEMES), default=0.0) >= max(SURE, best - 0.3)
                and texts
            ):
                understood = sum(bool(themes.themes(text)) for text in texts if len(text) <= 400) / self._rows
                shares[column] = understood + (0.1 if scores.get("themes", 0.0) >= best else 0.0)
        ranked = sorted(shares, key=lambda column: -shares[column])
        return tuple(column for column in ranked if shares[column] >= UNDERSTOOD)[:3]


def guess(columns: Sequence[str], samples: Sequence[dict], *, has_points: bool, file: FileOptions) -> Mapping:
    """A mapping for a table; with points of a geometry no position columns are looked for."""
    guesser = Guesser(columns, samples, Countries(words.countries()))
    given = guesser.assign()
    fields = {name: Rule((given[name][0],)) for name in FIELDS if name in given}
    if "name" in fields:
        fields["name"] = Rule(tuple(given["name"][:2]))
    if "street" in fields:
        fields["street"] = _street(given["street"])
    if "description" in fields:
        fields["description"] = Rule(fields["description"].columns, ("html_to_text",))
    return Mapping(
        fields=fields,
        position=PositionRule()
        if has_points
        else guess_position(given, samples, guesser.countries_in(given.get("country", []))),
        themes=ThemeRule(columns=guesser.theme_columns()),
        external_id=given.get("external_id", [""])[0],
        file=file,
        guessed=True,
    )


def _street(columns: list[str]) -> Rule:
    """A street, and beside it the column of the house number where there is one."""
    numbers = [column for column in columns if NUMBER_OF_HOUSE & set(words_of(column))]
    streets = [column for column in columns if column not in numbers]
    streets.sort(key=lambda column: bool(GOES_ON & set(words_of(column))))
    if streets and numbers:
        return Rule((streets[0], numbers[0]), join=" ")
    return Rule(tuple(streets[:1] or columns[:1]))
