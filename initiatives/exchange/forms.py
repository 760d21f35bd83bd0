"""The form of an offer or need: made from the fields of its category."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.collectives.forms import add_errors, page_language
from territories.geocoding import gazetteer
from territories.models import Place
from vocabulary.exchange import Category, Field, Kind

from ..models import Exchange
from .checking import checked
from .fields import CURRENCY, asked
from .photos import PhotoFields

MOST_TOWNS = 8
# In which part of the form a field stands; what is not named here is of the thing itself.
PARTS = (
    (gettext_lazy("What is it about?"), ("title", "text", "theme", "language")),
    (gettext_lazy("In detail"), None),
    (gettext_lazy("Where?"), ("place", "remote", "radius_km", "eligible_area", "delivery")),
    (
        gettext_lazy("When?"),
        ("starts", "ends", "dates", "deadline", "hours_total", "hours_week", "schedule"),
    ),
    (
        gettext_lazy("On what terms?"),
        ("transfer", "price_terms", "price", "deposit", "pay", "expenses_paid"),
    ),
)
NAMED = {name for _heading, names in PARTS for name in names or ()}
WIDE = ("text", "markdown", "place", "territory", "boolean", "languages", "dates", "theme")


@dataclass(frozen=True)
class Row:
    """One field as the form shows it."""

    type: str
    field: forms.BoundField
    # The currency of an amount.
    beside: forms.BoundField | None = None
    is_wide: bool = False


class ExchangeForm(PhotoFields, forms.Form):
    """What somebody offers or looks for; `proposed` is a town that stands there already."""

    def __init__(
        self,
        *args: Any,
        category: Category,
        kind: Kind,
        exchange: Exchange | None = None,
        proposed: Place | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.category, self.kind, self.exchange = category, kind, exchange
        self.asked: list[tuple[Field, bool]] = category.fields(kind)
        self.present = _place_of(exchange) if exchange else proposed
        for field, is_required in self.asked:
            self.fields |= asked(field, is_required)
        self.fields["town"] = forms.ChoiceField(
            label=_("Which of these?"), required=False, widget=forms.RadioSelect
        )
        self.fields["wants_matches"] = forms.BooleanField(
            label=_("Tell me by mail what fits it"), required=False, initial=True
        )
        self.add_photos(exchange)
        self.initial = {**self._first(), **self.initial}
        self.meant = self._meant()
        self.fields["town"].choices = [(str(row.pk), _described(row)) for row in self.meant if row.pk]

    def _first(self) -> dict[str, Any]:
        found: dict[str, Any] = {"language": page_language()}
        if self.present:
            found["place"] = self.present.name
        if self.exchange:
            found["wants_matches"] = self.exchange.wants_matches
            for field, is_required in self.asked:
                found |= _shown(field, self.exchange.value(field.name), is_required)
        return found

    # ── The town ────────────────────────────────────────────────────────────────────────────────

    def _meant(self) -> list[Place]:
        """Towns that the words may mean, the one that stood there already where nothing else was typed."""
        typed = self.data.get("place", "") if self.is_bound else ""
        words = typed.replace("\x00", "").strip()[:120]
        if not words:
            return []
        if self.present and words == self.present.name:
            return [self.present]
        exact = gazetteer.towns(words, most=MOST_TOWNS)
        return exact or list(Place.objects.starting_with(words)[:MOST_TOWNS])

    @property
    def is_asking(self) -> bool:
        """Whether there are several towns to choose from."""
        return len(self.meant) > 1

    def _clean_town(self, cleaned: dict[str, Any]) -> None:
        words, chosen = cleaned.get("place"), cleaned.get("town")
        cleaned["place"] = None
        if not words or "town" in self.errors:
            return
        if not self.meant:
            self.add_error("place", _("We know no town of this name."))
        elif self.is_asking and not chosen:
            self.add_error("town", _("Several towns are called so. Choose one."))
        elif self.is_asking:
            cleaned["place"] = next(row for row in self.meant if str(row.pk) == chosen)
        else:
            cleaned["place"] = self.meant[0]

    # ── Checks and values ───────────────────────────────────────────────────────────────────────

    def clean(self) -> dict[str, Any]:
        """All that the action will check, too, so that everything is told at once."""
        cleaned = super().clean()
        if "place" in self.fields:
            self._clean_town(cleaned)
        self.clean_photos(cleaned)
        try:
            today = timezone.localdate()
            checked(self.category, self.kind, self.values(), today=today, before=self.exchange)
        except ValidationError as error:
            wrong = {"place"} & set(error.message_dict) if "town" in self.errors else set()
            add_errors(
                self,
                ValidationError(
                    {
                        name: told
                        for name, told in error.message_dict.items()
                        if name not in self.errors and name not in wrong
                    }
                ),
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        found = {field.name: given.get(field.name) for field, _required in self.asked}
        for field, _required in self.asked:
            if field.type == "money" and found[field.name] is not None:
                currency = given.get(field.name + CURRENCY) or "EUR"
                found[field.name] = {"amount": found[field.name], "currency": currency}
        return found

    def rest(self) -> dict[str, Any]:
        """What they take besides."""
        more = {"without": self.cleaned_data.get("without", [])} if self.exchange else {}
        return {"photos": self.photos(), "wants_matches": self.cleaned_data["wants_matches"], **more}

    def retyped(self, data: QueryDict) -> "ExchangeForm":
        """With what was typed, without a word about what is missing yet; files cannot be shown again."""
        for name, field in self.fields.items():
            if not isinstance(field, forms.FileField):
                self.initial[name] = field.widget.value_from_datadict(data, {}, name)
        return self

    # ── How it is shown ─────────────────────────────────────────────────────────────────────────

    def parts(self) -> Iterator[tuple[str, list[Row]]]:
        """(heading, rows) of each part that has a field."""
        for heading, names in PARTS:
            rows = [
                self._row(field, is_required)
                for field, is_required in self.asked
                if (field.name in names if names else field.name not in NAMED)
            ]
            if rows:
                yield heading, sorted(rows, key=lambda row: names.index(row.field.name)) if names else rows

    def _row(self, field: Field, is_required: bool) -> Row:
        shown = "choice" if field.type == "boolean" and is_required else field.type
        beside = self[field.name + CURRENCY] if field.type == "money" else None
        return Row(shown, self[field.name], beside, shown in WIDE)


def _described(place: Place) -> str:
    return ", ".join(filter(None, (place.name, place.admin1, place.country)))


def _place_of(exchange: Exchange) -> Place | None:
    """Its town as one of the gazetteer, which may have changed since."""
    if exchange.position is None:
        return None
    return Place(name=exchange.locality, country=exchange.country, position=exchange.position)


def _shown(field: Field, value: Any, is_required: bool) -> dict[str, Any]:
    if value is None or field.type == "place":
        return {}
    if field.type == "money":
        return {field.name: value["amount"], field.name + CURRENCY: value["currency"]}
    if field.type == "boolean" and is_required:
        return {field.name: "yes" if value else "no"}
    return {field.name: value}
