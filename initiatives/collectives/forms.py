"""What the people of a collective write about it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from community.collectives.forms import LONGEST_PURPOSE
from geo.pictures import without_metadata
from territories.models import Collective

from ..submitting.photos import PHOTO_BYTES

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class FactsForm(forms.Form):
    """Its purpose in each language, its website, its logo."""

    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    logo = forms.ImageField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "JPEG, PNG or WebP, up to 12 megabytes. Where and when a picture was taken is removed from the file."
        ),
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def __init__(self, *args: Any, collective: Collective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        if not collective.logo:
            del self.fields["without_logo"]

    def clean_logo(self) -> Any:
        """Drawn anew, without what else the file tells."""
        file = self.cleaned_data["logo"]
        if not file:
            return None
        if file.size > PHOTO_BYTES:
            raise forms.ValidationError(_("At most 12 megabytes a picture."))
        return without_metadata(file)

    def purposes(self) -> list[forms.BoundField]:
        """The fields of the languages."""
        return [self[f"purpose_{code}"] for code in LANGUAGES]

    def values(self) -> dict[str, Any]:
        """What the action takes; texts in languages that the form does not offer stay."""
        given = self.cleaned_data
        kept = {code: text for code, text in self.collective.purposes.items() if code not in LANGUAGES}
        written = {code: given[f"purpose_{code}"] for code in LANGUAGES if given[f"purpose_{code}"]}
        values: dict[str, Any] = {"purposes": kept | written, "website": given["website"]}
        if given["logo"]:
            values["logo"] = given["logo"]
        elif given.get("without_logo"):
            values["logo"] = False
        return values
