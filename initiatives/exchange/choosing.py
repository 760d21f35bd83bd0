"""Which offers and needs a program asks for: the parameters of `/api/offers/` and of the feed."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from geo.errors import InvalidParameterError
from territories.models import Territory
from vocabulary.exchange import Kind
from vocabulary.models import Theme

from ..fields import CategoriesField, NearField, SlugsField
from ..models import Exchange
from ..querysets_exchange import ExchangeQuerySet


class ChoosingForm(forms.Form):
    """Each narrows what is shown."""

    way = forms.ChoiceField(
        choices=Kind.choices,
        required=False,
        error_messages={"invalid_choice": f"Expected {' or '.join(Kind.values)}."},
    )
    category = CategoriesField(required=False)
    theme = SlugsField(rows=lambda: Theme.objects.all(), required=False)
    territory = SlugsField(rows=lambda: Territory.objects.without_boundary(), key="code", required=False)
    near = NearField(required=False)

    def clean_territory(self) -> Territory | None:
        """One: each is looked into by itself."""
        found = self.cleaned_data["territory"]
        if len(found) > 1:
            raise forms.ValidationError(_("Given %(times)s times, expected once.") % {"times": len(found)})
        return found[0] if found else None

    def rows(self) -> ExchangeQuerySet:
        """Those that fit, of all that everyone is shown."""
        asked, rows = self.cleaned_data, Exchange.objects.shown()
        if asked["way"]:
            rows = rows.filter(kind=asked["way"])
        if asked["category"]:
            rows = rows.filter(category__in=asked["category"])
        if asked["theme"]:
            rows = rows.filter(
                theme__in=Theme.objects.within([one.slug for one in asked["theme"]]).values("pk")
            )
        if asked["territory"]:
            rows = rows.in_territory(asked["territory"])
        if asked["near"]:
            rows = rows.near(asked["near"].point, asked["near"].metres)
        return rows


def chosen(data: QueryDict, names: Mapping[str, str]) -> ExchangeQuerySet:
    """What a door is asked for; `names` are its parameters with the field that each fills. InvalidParameterError."""
    asked = QueryDict(mutable=True)
    for name, field in names.items():
        if name in data:
            if not data[name].strip(", "):
                raise InvalidParameterError(name, _("Empty; leave the parameter out or give a value."))
            asked[field] = data[name]
    form = ChoosingForm(asked)
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise InvalidParameterError(next(one for one in names if names[one] == field), " ".join(errors))
    return form.rows()
