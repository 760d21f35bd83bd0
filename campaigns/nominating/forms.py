"""What is said of an initiative that is put forward."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from geo.pictures import without_metadata

from ..models import Campaign, CampaignTheme
from ..models.nomination import LONGEST_PITCH

IMAGE_BYTES = 12 * 1024 * 1024


class _Theme(forms.ModelChoiceField):
    def label_from_instance(self, row: CampaignTheme) -> str:
        return row.theme.name


class NominationForm(forms.Form):
    """Theme, why this one, a picture in words, a film elsewhere."""

    theme = _Theme(label=_("Theme"), queryset=CampaignTheme.objects.none(), empty_label=_("Choose a theme"))
    pitch = forms.CharField(
        label=_("Why this one?"),
        max_length=LONGEST_PITCH,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("What does it change, for whom? Everyone reads this."),
    )
    language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)
    image = forms.ImageField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("One that you may hand on; people in it agree."),
    )
    alt = forms.CharField(label=_("What the picture shows"), max_length=300, required=False)
    film = forms.URLField(
        label=_("Address of a film"),
        max_length=400,
        required=False,
        assume_scheme="https",
        validators=[
            URLValidator(schemes=["https"], message=_("Expected an address that begins with https://."))
        ],
        help_text=_("A page elsewhere; we link to it, and play nothing here."),
    )

    def __init__(
        self, *args: Any, campaign: Campaign, preset: CampaignTheme | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = campaign.themes.select_related("theme")
        self.fields["theme"].initial = preset
        self.fields["language"].initial = (get_language() or settings.LANGUAGE_CODE)[:2]

    def clean(self) -> dict[str, Any]:
        """A picture has words, and is drawn anew without what else the file tells."""
        cleaned = super().clean()
        if not (file := cleaned.get("image")):
            return cleaned
        if file.size > IMAGE_BYTES:
            self.add_error("image", _("At most 12 megabytes a picture."))
            return cleaned
        if not cleaned.get("alt", "").strip():
            self.add_error("alt", _("Say in words what the picture shows, for those who do not see it."))
        try:
            cleaned["image"] = without_metadata(file)
        except forms.ValidationError as error:
            self.add_error("image", error)
        return cleaned
