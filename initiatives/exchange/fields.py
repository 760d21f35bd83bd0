"""Fields of the vocabulary as fields of a form: what each type is asked with."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.members import languages
from community.widgets import LongSelect
from territories.enums import Scheme
from territories.models import Territory
from vocabulary.choices import grouped
from vocabulary.exchange import Field
from vocabulary.models import Theme
from vocabulary.names import in_order

from .checking import EVERYWHERE, LONGEST_TEXT, MOST_AREAS, MOST_DATES
from .money import CURRENCIES
from .widgets import Several

# Beside an amount.
CURRENCY = "_currency"
AREAS = (Scheme.COUNTRY, Scheme.REGION, Scheme.DEPARTMENT)


class NumberField(forms.DecimalField):
    """A number with a point or, as most of Europe writes it, a comma; spaces between thousands do not count."""

    widget = forms.TextInput

    def to_python(self, value: Any):
        """The number."""
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)


class SeveralField(forms.Field):
    """Each of several values, as the field of one reads it."""

    def __init__(self, one: forms.Field, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.one = one
        self.widget.attrs["data-label"] = self.label

    def clean(self, value: Any) -> list[Any]:
        """The values; ValidationError of the first that is wrong."""
        found = [self.one.clean(one) for one in value or []]
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        return found


def _day() -> forms.DateInput:
    # The only form of a date that browsers send.
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _areas() -> list[tuple[str, str]]:
    rows = Territory.objects.filter(scheme__in=AREAS).only("code", "scheme", "names")
    rank = {scheme: place for place, scheme in enumerate(AREAS)}
    named = sorted(rows, key=lambda row: (rank[row.scheme], in_order(row.name)))
    return [
        ("", _("Choose a territory")),
        (EVERYWHERE, _("European Union")),
        *(
            (row.code, row.name if row.scheme == Scheme.COUNTRY else f"{row.name} ({row.code})")
            for row in named
        ),
    ]


def _text(field: Field, **said: Any) -> forms.Field:
    return forms.CharField(max_length=field.max_length or LONGEST_TEXT, **said)


def _markdown(field: Field, **said: Any) -> forms.Field:
    said["help_text"] = _("Markdown: an empty line begins a paragraph, *italic*, **bold**, - for lists.")
    return forms.CharField(max_length=field.max_length, widget=forms.Textarea({"rows": 7}), **said)


def _language(field: Field, **said: Any) -> forms.Field:
    return forms.ChoiceField(choices=settings.LANGUAGES, **said)


def _languages(field: Field, **said: Any) -> forms.Field:
    return forms.MultipleChoiceField(choices=languages.choices, widget=forms.CheckboxSelectMultiple, **said)


def _theme(field: Field, **said: Any) -> forms.Field:
    found = forms.ModelChoiceField(Theme.objects.select_related("parent"), **said)
    found.choices = [("", _("Choose a theme")), *grouped(found.queryset)]
    return found


def _place(field: Field, **said: Any) -> forms.Field:
    said["help_text"] = _("A town or village. Everyone sees it; no address is asked for.")
    return forms.CharField(max_length=120, widget=forms.TextInput({"autocomplete": "address-level2"}), **said)


def _territories(field: Field, **said: Any) -> forms.Field:
    choices = _areas()
    inner = LongSelect({"class": "input"}, choices=choices)
    one = forms.ChoiceField(choices=choices)
    return SeveralField(one, widget=Several(inner, least=2, most=MOST_AREAS), **said)


def _boolean(field: Field, **said: Any) -> forms.Field:
    if not said["required"]:
        return forms.BooleanField(**said)
    return forms.TypedChoiceField(
        choices=[("", _("Choose")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        **said,
    )


def _number(field: Field, **said: Any) -> forms.Field:
    mode = "numeric" if field.type == "integer" else "decimal"
    return NumberField(widget=forms.TextInput({"inputmode": mode, "autocomplete": "off"}), **said)


def _date(field: Field, **said: Any) -> forms.Field:
    return forms.DateField(widget=_day(), **said)


def _dates(field: Field, **said: Any) -> forms.Field:
    return SeveralField(forms.DateField(), widget=Several(_day(), least=3, most=MOST_DATES), **said)


def _choice(field: Field, **said: Any) -> forms.Field:
    choices = [(choice.value, choice.label) for choice in field.choices]
    return forms.ChoiceField(choices=[("", _("Choose")), *choices], **said)


BUILDERS: dict[str, Callable[..., forms.Field]] = {
    "text": _text,
    "markdown": _markdown,
    "language": _language,
    "languages": _languages,
    "theme": _theme,
    "place": _place,
    "territory": _territories,
    "boolean": _boolean,
    "integer": _number,
    "decimal": _number,
    "money": _number,
    "date": _date,
    "dates": _dates,
    "choice": _choice,
}


def asked(field: Field, is_required: bool) -> dict[str, forms.Field]:
    """The field of a form, by its name; an amount has that of its currency beside it."""
    built = BUILDERS[field.type](field, label=field.label, required=is_required)
    found = {field.name: built}
    if field.type == "money":
        found[field.name + CURRENCY] = forms.ChoiceField(
            label=_("Currency"), choices=[(code, code) for code in CURRENCIES], required=False
        )
    return found
