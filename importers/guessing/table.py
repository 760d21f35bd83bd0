"""Guesses a mapping from headers and sample values; what it guessed is always shown."""

from collections.abc import Callable, Collection, Sequence

from .. import words
from ..mapping import FIELDS, FileOptions, Mapping, PositionRule, Rule, ThemeRule
from ..places.countries import Countries
from ..themes import ThemeGuesser
from ..transforms import YEAR
from .asking import ASKING, REMARKS, SITES
from .headerless import are_numbered, by_values
from .headers import DOUBTFUL, SURE, field_scores, is_owner, words_of
from .parts import area_codes, house_numbers, name_rule, phone_rule, street_rule
from .persons import of_persons
from .position import guess_position, is_number, is_pair, with_axes
from .theme_columns import asked, telling
from .values import Columns, is_answer

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
# Fields that several columns may feed.
SEVERAL = ("name", "street", "phone", "themes", "ignore")


class Guesser:
    """Looks at one table: its columns and some of its records."""

    def __init__(self, columns: Columns, countries: Countries) -> None:
        self._columns = columns
        self._texts = self._columns.texts
        self._numbers = house_numbers(self._columns)
        self._codes = area_codes(self._columns)
        self._persons = of_persons(columns.names)
        least_digits = 3 if self._codes else 6
        self._checks: dict[str, Callable[[str], bool]] = {
            "latitude": is_number,
            "longitude": is_number,
            "position": is_pair,
            "email": lambda text: "@" in text,
            "website": lambda text: "." in text and "@" not in text and not is_number(text),
            "phone": lambda text: sum(letter.isdigit() for letter in text) >= least_digits,
            "postcode": lambda text: any(letter.isdigit() for letter in text) and len(text) <= 40,
            "founded": lambda text: bool(YEAR.search(text)),
            "country": lambda text: bool(countries.code(text)),
            "name": self._columns.may_name,
            "locality": lambda text: not is_number(text),
            "themes": lambda text: len(text) <= 400,
            "description": lambda text: not is_number(text),
        }

    def _fits(self, name: str, column: str, score: float) -> bool:
        """Whether the values of a column are of the kind of a field."""
        check = self._checks.get(name)
        if not self._texts[column] or (check and not self._columns.most(column, check)):
            return False
        # Slovenia and Norway are written as answers are.
        if name not in ("ignore", "country") and self._columns.most(column, is_answer):
            return False
        if name == "legal_form" and score <= DOUBTFUL:
            return self._columns.most(column, self._columns.is_form)
        return not _is_site(column) or self._fits_site(name, column)

    def _fits_site(self, name: str, column: str) -> bool:
        """Of a header such as “place” values tell whether it is a town, an address or a name."""
        is_address = self._columns.are_addresses(column)
        if name in ("street", "position"):
            return is_address
        is_town = not is_address and self._columns.are_towns(column)
        return is_town if name == "locality" else not (is_town or is_address)

    def candidates(self) -> list[tuple[float, str, str]]:
        """(score, field, column), the surest first; fuller columns before emptier ones."""
        found = []
        for place, column in enumerate(self._columns.names):
            if column in self._persons or column in self._numbers or column in self._codes:
                continue
            scores = field_scores(column)
            best = max(scores.values(), default=0.0)
            for name, score in scores.items():
                if score < SURE or score < best - 0.5 or not self._fits(name, column, score):
                    continue
                if name == "external_id":
                    # Nested in a record stand the keys of others: its parent's, its picture's.
                    own = field_scores(column.rpartition(".")[2]).get(name, 0.0)
                    score = min(score, own) - self._doubt_as_key(column)
                found.append((score + 0.4 * self._columns.filled(column), place, name))
        found.sort(key=lambda row: (-row[0], row[1]))
        return [(score, name, self._columns.names[place]) for score, place, name in found]

    def _doubt_as_key(self, column: str) -> float:
        unique = self._columns.distinct(column) == self._columns.filled(column) == 1
        doubt = 0.5 * column.count(".") + (0.6 if REGISTERS & set(words_of(column)) else 0.0)
        return doubt + (0.0 if unique else 9.0)

    def assign(self, but: Collection[str] = ()) -> dict[str, list[str]]:
        """Each column to at most one field, but for some; fields that may have several keep their order of trust."""
        if are_numbered(self._columns.names):
            return by_values(self._columns)
        taken = set(but)
        given: dict[str, list[str]] = {}
        for score, name, column in self.candidates():
            if column in taken or score < SURE or (name in given and name not in SEVERAL):
                continue
            taken.add(column)
            given.setdefault(name, []).append(column)
        if not given.keys() & {"description", "summary"}:
            # Often notes of those who keep the table: only what reads like a text for others.
            remarks = [column for column in self._columns.names if REMARKS.issuperset(words_of(column))]
            given["description"] = [column for column in remarks if self._columns.is_prose(column)][:1]
        return {name: columns for name, columns in given.items() if columns}

    def fields(self, given: dict[str, list[str]]) -> dict[str, Rule]:
        """The rules of fields, from the columns that were assigned to them."""
        fields: dict[str, Rule | None] = {name: Rule((given[name][0],)) for name in FIELDS if name in given}
        if "name" in fields:
            fields["name"] = name_rule(self._columns, given["name"])
        if "street" in fields:
            fields["street"] = street_rule(self._columns, given["street"], self._numbers)
        if "phone" in fields:
            fields["phone"] = phone_rule(self._columns, given["phone"], self._codes)
        if "description" in fields:
            fields["description"] = Rule(fields["description"].columns, ("html_to_text",))
        return {name: rule for name, rule in fields.items() if rule}


def _is_site(column: str) -> bool:
    """Whether a header says only that something is somewhere."""
    found = words_of(column)
    telling = [word for word in found if word in SITES or not (word in ASKING or is_owner(word))]
    return bool(telling) and SITES.issuperset(telling)


def guess(columns: Sequence[str], samples: Sequence[dict], *, has_points: bool, file: FileOptions) -> Mapping:
    """A mapping for a table; with points of a geometry no position columns are looked for."""
    table, known = Columns(columns, samples), ThemeGuesser(words.themes())
    guesser = Guesser(table, Countries(words.countries()))
    yes = asked(table, known)
    given = with_axes(guesser.assign(but=yes), columns, samples)
    return Mapping(
        fields=guesser.fields(given),
        position=PositionRule() if has_points else guess_position(given, samples),
        themes=ThemeRule(columns=telling(table, given.get("name", []), known), yes=yes),
        external_id=given.get("external_id", [""])[0],
        file=file,
        guessed=True,
    )
