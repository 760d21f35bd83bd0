"""What those who run a space say of it."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.models import Space
from community.spaces.enums import Accent
from community.spaces.models import LONGEST_PURPOSE, LONGEST_QUERY

from ..logos import LogoForm
from ..selection import parse_page
from ..views.public import PANEL_OWN

# An address is longer than the filters in it.
LONGEST_ADDRESS = 2_000


class EditForm(LogoForm):
    """Its name, purpose, colour, logo and part of the map."""

    name = forms.CharField(
        label=gettext_lazy("Name of the space"), max_length=Space._meta.get_field("name").max_length
    )
    purpose = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("One or two sentences, in the language of the space."),
    )
    accent = forms.ChoiceField(label=gettext_lazy("Colour"), choices=Accent, widget=forms.RadioSelect)
    filter = forms.CharField(
        label=gettext_lazy("Its part of the map"),
        max_length=LONGEST_ADDRESS,
        required=False,
        help_text=gettext_lazy(
            "Filter the map as you want it, and paste the address of that page. Leave it empty for the whole map."
        ),
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": space.name,
            "purpose": space.purpose,
            "accent": space.accent,
            "filter": space.query,
        }
        super().__init__(*args, has_logo=bool(space.logo), **kwargs)

    def clean_filter(self) -> str:
        """The filters of an address, or typed ones, as the selection writes them."""
        text = self.cleaned_data["filter"].partition("#")[0]
        address, mark, query = text.partition("?")
        # An address without filters is the whole map.
        typed = query if mark else "" if "/" in address and "=" not in address else address
        selection, errors, unknown = parse_page(QueryDict(typed), own=PANEL_OWN)
        told = [_("The map has no filter “%(name)s”.") % {"name": name[:80]} for name in unknown[:3]]
        told += [f"{name}: {message}" for name, message in errors.items()]
        if len(selection.query) > LONGEST_QUERY:
            told.append(_("These are too many filters for one space."))
        if told:
            raise forms.ValidationError(told)
        return selection.query

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        values = {name: given[name] for name in ("name", "purpose", "accent")}
        return values | {"query": given["filter"]} | self.logo_values()
