"""Which offers and needs of the list: what is asked for, found in few statements however many there are."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from territories.geocoding import gazetteer
from territories.models import Place
from vocabulary import exchange as vocabulary
from vocabulary.choices import grouped
from vocabulary.exchange import Kind
from vocabulary.models import Theme

from ..models import Exchange
from ..querysets_exchange import ExchangeQuerySet

A_PAGE = 24
# Counting all of a hundred thousand takes longer than showing some; nobody turns so many pages.
MOST_COUNTED = 1_000
DISTANCES = (10, 25, 50, 100, 250)
NEWEST, NEAREST = "newest", "nearest"
LONGEST_WORDS = 100


class FilterForm(forms.Form):
    """What the list is narrowed by; `kind` is a row of links, the others are fields."""

    q = forms.CharField(label=gettext_lazy("Words"), max_length=LONGEST_WORDS, required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=gettext_lazy("Theme"), to_field_name="slug", required=False
    )
    near = forms.CharField(label=gettext_lazy("Near"), max_length=120, required=False)
    km = forms.TypedChoiceField(label=gettext_lazy("Distance"), coerce=int, empty_value=None, required=False)
    sort = forms.ChoiceField(
        label=gettext_lazy("Order"),
        choices=[
            ("", pgettext_lazy("order of a list", "Nearest, or newest")),
            (NEAREST, pgettext_lazy("order of a list", "Nearest first")),
            (NEWEST, pgettext_lazy("order of a list", "Newest first")),
        ],
        required=False,
    )
    remote = forms.BooleanField(label=gettext_lazy("Possible remotely"), required=False)
    kind = forms.ChoiceField(choices=[("", ""), *Kind.choices], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.town: Place | None = None
        self.fields["category"].choices = [("", _("All categories")), *vocabulary.choices()]
        self.themes = {row.pk: row for row in Theme.objects.select_related("parent")}
        self.fields["theme"].choices = [
            ("", _("All themes")),
            *grouped(self.themes.values(), key="slug"),
        ]
        kilometres = [(km, _("Within %(n)s km") % {"n": km}) for km in DISTANCES]
        self.fields["km"].choices = [("", _("Any distance")), *kilometres]

    def clean_q(self) -> str:
        """Words without what no text holds."""
        return self.cleaned_data["q"].strip()

    def clean_near(self) -> str:
        """A town of the gazetteer; of several the largest."""
        name = self.cleaned_data["near"].strip()
        if name:
            found = gazetteer.towns(name) or list(Place.objects.starting_with(name)[:1])
            if not found:
                raise ValidationError(_("We know no town of this name."))
            self.town = found[0]
        return name

    def clean(self) -> dict[str, Any]:
        """A distance is one from somewhere."""
        cleaned = super().clean()
        needs_town = cleaned.get("km") or cleaned.get("sort") == NEAREST
        if needs_town and self.town is None and "near" not in self.errors:
            self.add_error("near", _("Name the town from which it is measured."))
        return cleaned

    def first(self) -> list[forms.BoundField]:
        """Fields that are always in sight."""
        return [self[name] for name in ("q", "category", "near", "km")]

    def more(self) -> list[forms.BoundField]:
        """Fields behind a fold, but for the box."""
        return [self["theme"], self["sort"]]

    @property
    def uses_more(self) -> bool:
        """Whether what is behind the fold is in use."""
        return any(self.data.get(name) for name in ("theme", "sort", "remote"))

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)

    def found(self) -> ExchangeQuerySet:
        """All that fit; none for what cannot be read."""
        if not self.is_valid():
            return Exchange.objects.none()
        given = self.cleaned_data
        rows = Exchange.objects.shown()
        for name in ("kind", "category"):
            if given[name]:
                rows = rows.filter(**{name: given[name]})
        if theme := given["theme"]:
            own = [row.pk for row in self.themes.values() if theme.pk in (row.pk, row.parent_id)]
            rows = rows.filter(theme__in=own)
        if given["remote"]:
            rows = rows.filter(remote=True)
        if given["q"]:
            rows = rows.about(given["q"])
        if self.town and given["km"]:
            rows = rows.near(self.town.position, given["km"] * 1000)
        return rows

    def in_order(self, rows: ExchangeQuerySet) -> ExchangeQuerySet:
        """As they are shown: the nearest first where a town is named, unless the newest are wanted."""
        if self.town and self.cleaned_data.get("sort") != NEWEST:
            return rows.nearest_first(self.town.position)
        return rows.with_metres(self.town.position) if self.town else rows


class Counts:
    """How many there are of each kind, as far as they are counted."""

    def __init__(self, rows: ExchangeQuerySet) -> None:
        found = list(rows.order_by().values_list("pk", "kind")[: MOST_COUNTED + 1])
        kinds = [kind for _pk, kind in found]
        self.keys = [pk for pk, _kind in found]
        self.offers, self.needs = kinds.count(Kind.OFFER), kinds.count(Kind.NEED)
        self.number = min(len(found), MOST_COUNTED)
        self.is_more = len(found) > MOST_COUNTED

    def by_key(self, rows: ExchangeQuerySet) -> ExchangeQuerySet:
        """The same rows, by key where all were counted: the planner would walk all by date for a rare word."""
        return rows if self.is_more else Exchange.objects.shown().filter(pk__in=self.keys)


class Pages(Paginator):
    """Pages of what was counted."""

    def __init__(self, rows: ExchangeQuerySet, counts: Counts) -> None:
        super().__init__(rows, A_PAGE)
        self.counts = counts

    @cached_property
    def count(self) -> int:
        """As many as can be turned to."""
        return self.counts.number
