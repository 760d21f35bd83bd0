"""The form of a submission: what people are asked, and the values that actions take."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vocabulary.choices import grouped
from vocabulary.models import LegalForm, Theme

from ..enums import ContactKind, Precision, Visibility
from ..models import Initiative
from ..phones import normalise_phone
from . import placing
from .filling import ADDRESS, PLAIN
from .locating import DegreesField, PlaceChecks
from .photos import PhotoFields
from .translating import TranslationFields, rows_in


class ThemeChoice(forms.ModelChoiceField):
    """One theme, the subthemes under their theme."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Theme.objects.select_related("parent"), **kwargs)

    def grouped(self) -> list[tuple[str, list[tuple[int | str, str]]]]:
        """Subthemes by the name of their theme, the theme itself first."""
        return grouped(self.queryset)


class SubmissionForm(PlaceChecks, TranslationFields, PhotoFields, forms.Form):
    """Everything on one page; only the name, a theme, a place, an address for the answer and the licence are needed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the initiative"), max_length=200)
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=400,
        required=False,
        help_text=_("What is done there, and for whom?"),
    )
    primary_theme = ThemeChoice(label=_("Main theme"), empty_label=_("Choose a theme"))
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.roots(),
        label=_("Other themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    street = forms.CharField(
        label=_("Street and number"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"autocomplete": "postal-code"}),
    )
    locality = forms.CharField(
        label=_("Town or village"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    lat = DegreesField(
        label=_("Latitude"),
        min_value=-85.05,
        max_value=85.05,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    lon = DegreesField(
        label=_("Longitude"),
        min_value=-180,
        max_value=180,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    # A radio button of those that were found; see candidates.py.
    candidate = forms.CharField(label=_("Which one is it?"), max_length=80, required=False)
    has_no_position = forms.BooleanField(label=_("It has no place of its own"), required=False)
    precision = forms.ChoiceField(
        label=_("What may the map show?"),
        choices=[
            (Precision.EXACT, _("The exact place")),
            (Precision.STREET, _("The street only")),
            (Precision.LOCALITY, _("The town only")),
            (Precision.REGION, _("The region only")),
        ],
        initial=Precision.EXACT,
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(label=_("Yes, the point is right"), required=False)
    description = forms.CharField(
        label=_("Description"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Markdown: an empty line begins a paragraph, *italic*, **bold**, - for lists."),
    )
    description_language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)
    website = forms.URLField(label=_("Website"), max_length=400, required=False, assume_scheme="https")
    email = forms.EmailField(label=_("E-mail of the initiative"), max_length=254, required=False)
    email_visibility = forms.ChoiceField(
        label=_("Who may see the e-mail?"), choices=Visibility, initial=Visibility.NOBODY, required=False
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=60, required=False, widget=forms.TextInput({"type": "tel"})
    )
    phone_visibility = forms.ChoiceField(
        label=_("Who may see the number?"), choices=Visibility, initial=Visibility.NOBODY, required=False
    )
    legal_form = forms.ModelChoiceField(
        LegalForm.objects.generic(), label=_("Legal form"), required=False, empty_label=_("Not said")
    )
    founded = forms.IntegerField(
        label=_("Founded in"),
        min_value=1000,
        max_value=2100,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    submitter_email = forms.EmailField(
        label=_("Your e-mail"), max_length=254, help_text=_("For our answer only; it is never shown.")
    )
    consent = forms.BooleanField(label=_("Licence of the text"))
    # People do not see it; programs that fill in everything do.
    homepage = forms.CharField(
        required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )

    def __init__(
        self,
        *args: Any,
        member=None,
        correcting: Initiative | None = None,
        languages: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.correcting = correcting
        self.fields["country"].choices = [("", _("Choose a country")), *placing.countries()]
        self.fields["primary_theme"].choices = [
            ("", self.fields["primary_theme"].empty_label),
            *self.fields["primary_theme"].grouped(),
        ]
        self.fields["description_language"].initial = (get_language() or settings.LANGUAGE_CODE)[:2]
        self.fields["key"].initial = uuid.uuid4
        if member is not None or correcting is not None:
            del self.fields["submitter_email"]
        if correcting is not None:
            del self.fields["consent"]
        self.add_translations(languages or rows_in(self.data if self.is_bound else self.initial))
        if correcting is None:
            self.add_photos()
        for field in self.fields.values():
            if not isinstance(
                field.widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple
            ):
                field.widget.attrs.setdefault("class", "input")

    # ── Checks ──────────────────────────────────────────────────────────────────────────────────
    def clean_homepage(self) -> str:
        """Nobody types here."""
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Please leave this field empty."))
        return ""

    def clean(self) -> dict[str, Any]:
        """A place, each language once, and pictures with their words."""
        cleaned = super().clean()
        self._clean_place(cleaned)
        self._clean_contacts(cleaned)
        self.clean_translations(cleaned)
        self.clean_photos(cleaned)
        return cleaned

    def _clean_contacts(self, cleaned: dict[str, Any]) -> None:
        """The number as it is stored: it may be written as it is dialled in the country of the address."""
        if not cleaned.get("phone"):
            return
        try:
            cleaned["phone"] = normalise_phone(cleaned["phone"], cleaned.get("country", ""))
        except ValueError:
            self.add_error("phone", _("Expected a telephone number with country code such as +33199001234."))

    # ── What actions take ───────────────────────────────────────────────────────────────────────
    def values(self) -> dict[str, Any]:
        """Values for create() and revise()."""
        given = self.cleaned_data
        values = {name: given[name] for name in (*PLAIN, *ADDRESS, "position")}
        values["description_language"] = given["description_language"] if given["description"] else ""
        values["themes"] = list(given["themes"])
        values["contacts"] = {
            kind: (given[kind], given[f"{kind}_visibility"] or Visibility.NOBODY)
            for kind in ContactKind
            if given[kind]
        }
        values["translations"] = self.translations()
        if self.correcting is None:
            values["uuid"] = given["key"]
            values["photos"] = self.photos()
        return values
