"""What can be offered and needed: categories, the fields that each has, and for how long one stands open.

Read from `fixtures/vocabulary/exchange.json`, which holds the words in five languages.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from .loading import read
from .names import in_language

Asked = Literal["required", "optional", "none"]


class Kind(TextChoices):
    """Which way: looked for, or there to be given. A job that is offered is an open post."""

    OFFER = "offer", _("offer")
    NEED = "need", _("need")

    @property
    def other(self) -> "Kind":
        """What it is matched with."""
        return Kind.NEED if self is Kind.OFFER else Kind.OFFER


@dataclass(frozen=True)
class Choice:
    """One answer of a field with a closed list."""

    value: str
    labels: dict[str, str]

    @property
    def label(self) -> str:
        """What it is called in the language of the page."""
        return in_language(self.labels)


@dataclass(frozen=True)
class Field:
    """One field; `type` is text, markdown, language, languages, theme, place, territory, boolean, integer, decimal,
    money, date, dates or choice."""

    name: str
    type: str
    labels: dict[str, str]
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def label(self) -> str:
        """What it is called in the language of the page."""
        return in_language(self.labels)

    def choice(self, value: str) -> Choice | None:
        """The answer of that value."""
        return next((choice for choice in self.choices if choice.value == value), None)


@dataclass(frozen=True)
class Category:
    """A kind of thing that is exchanged; `asked` says by kind what each field is: required, optional or none."""

    slug: str
    names: dict[str, str]
    headings: dict[Kind, dict[str, str]]
    expiry_days: int
    # The field that ends it when it is filled in.
    expires_with: str | None
    # Kilometres at which nearness counts about half; None where distance says nothing.
    distance_scale_km: int | None
    asked: dict[Kind, dict[str, Asked]] = field(hash=False)

    @property
    def name(self) -> str:
        """What it is called in the language of the page."""
        return in_language(self.names)

    def heading(self, kind: Kind) -> str:
        """What somebody says who looks for it, or offers it."""
        return in_language(self.headings[kind])

    def fields(self, kind: Kind) -> list[tuple[Field, bool]]:
        """The fields that one of this kind has, in order, each with whether it must be filled in."""
        return [
            (FIELDS[name], asked == "required") for name, asked in self.asked[kind].items() if asked != "none"
        ]


def _field(name: str, row: dict[str, Any]) -> Field:
    return Field(
        name,
        row["type"],
        row["labels"],
        *(None if row.get(limit) is None else Decimal(str(row[limit])) for limit in ("minimum", "maximum")),
        row.get("max_length"),
        tuple(Choice(choice["value"], choice["labels"]) for choice in row.get("choices", ())),
    )


def _category(row: dict[str, Any]) -> Category:
    return Category(
        row["slug"],
        row["names"],
        {Kind.NEED: row["need_label"], Kind.OFFER: row["offer_label"]},
        row["expiry_days"],
        row["expires_with"],
        row["distance_scale_km"],
        {kind: {asked["field"]: asked[kind.value] for asked in row["fields"]} for kind in Kind},
    )


_written = read("exchange.json")
FIELDS = {name: _field(name, row) for name, row in _written["fields"].items()}
CATEGORIES = {row["slug"]: _category(row) for row in _written["categories"]}
REMIND_DAYS_BEFORE: int = _written["expiry"]["remind_days_before"]
LONGEST_DAYS: int = _written["expiry"]["longest_days"]


def choices() -> list[tuple[str, Any]]:
    """Categories for a form or a column of a table, named in the language of the page."""
    named = lazy(in_language, str)
    return [(slug, named(category.names)) for slug, category in CATEGORIES.items()]
