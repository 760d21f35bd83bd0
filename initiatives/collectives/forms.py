"""What the people of a collective write about it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from community.collectives.forms import LONGEST_PURPOSE
from territories.models import Collective

from ..logos import LogoForm

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class FactsForm(LogoForm):
    """Its purpose in each language, its website, its logo."""

    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")

    def __init__(self, *args: Any, collective: Collective, **kwargs: Any) -> None:
        super().__init__(*args, has_logo=bool(collective.logo), **kwargs)
        self.collective = collective
        for code in LANGUAGES:
            self.fields[f"purpose_{code}"] = forms.CharField(
                label=get_language_info(code)["name_translated"].capitalize(),
                max_length=LONGEST_PURPOSE,
                required=False,
                initial=collective.purposes.get(code, ""),
                widget=forms.Textarea({"rows": 3, "lang": code}),
            )
        self.fields["website"].initial = collective.website

    def purposes(self) -> list[forms.BoundField]:
        """The fields of the languages."""
        return [self[f"purpose_{code}"] for code in LANGUAGES]

    def values(self) -> dict[str, Any]:
        """What the action takes; texts in languages that the form does not offer stay."""
        given = self.cleaned_data
        kept = {code: text for code, text in self.collective.purposes.items() if code not in LANGUAGES}
        written = {code: given[f"purpose_{code}"] for code in LANGUAGES if given[f"purpose_{code}"]}
        return {"purposes": kept | written, "website": given["website"]} | self.logo_values()
