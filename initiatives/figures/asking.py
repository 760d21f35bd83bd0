"""What the pages of figures are asked for beside the selection: which territories, which figure, in which order."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.enums import Scheme

COUNT, RATE = "count", "rate"
# Columns that a table can be sorted by, and whether most come first.
SORTS = {"name": False, "population": True, "initiatives": True, "per_10000": True}
OWN = ("scheme", "by", "show", "mix", "sort", "page")


class FiguresForm(forms.Form):
    """Own parameters of the pages; each may be left out."""

    scheme = forms.ChoiceField(label=gettext_lazy("Territories"), choices=Scheme, required=False)
    by = forms.ChoiceField(
        label=gettext_lazy("Figure on the map"),
        choices=[
            (COUNT, gettext_lazy("Number of initiatives")),
            (RATE, gettext_lazy("Initiatives per 10,000 inhabitants")),
        ],
        required=False,
    )
    show = forms.ChoiceField(choices=[("all", "all"), ("white", "white")], required=False)
    mix = forms.ChoiceField(choices=[("all", "all")], required=False)
    sort = forms.ChoiceField(
        choices=[(sign + name, name) for name in SORTS for sign in ("", "-")], required=False
    )


@dataclass(frozen=True)
class Asked:
    """What is asked for; `by` and `sort` are empty where the page shall choose."""

    scheme: str
    by: str
    is_white: bool
    has_mix: bool
    sort: str


def read(data: QueryDict) -> tuple[Asked, dict[str, str]]:
    """What is asked for, and errors by parameter."""
    form = FiguresForm(data)
    form.is_valid()
    errors = {name: " ".join(messages) for name, messages in form.errors.items()}
    for name in form.fields:
        times = len(data.getlist(name))
        if times > 1:
            errors[name] = _("Given %(times)s times, expected once.") % {"times": times}
    values = {name: form.cleaned_data.get(name, "") if name not in errors else "" for name in form.fields}
    asked = Asked(
        scheme=values["scheme"] or Scheme.COUNTRY,
        by=values["by"],
        is_white=values["show"] == "white",
        has_mix=values["mix"] == "all",
        sort=values["sort"],
    )
    return asked, errors
