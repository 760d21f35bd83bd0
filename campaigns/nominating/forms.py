"""What is said of an initiative that is put forward."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from geo.pictures import without_metadata

from ..models import Campaign, CampaignTheme, Nomination
from ..models.nomination import LONGEST_PITCH

IMAGE_BYTES = 12 * 1024 * 1024
NO_WORDS = _("Say in words what the picture shows, for those who do not see it.")


class _Theme(forms.ModelChoiceField):
    def label_from_instance(self, row: CampaignTheme) -> str:
        return row.theme.name


class WordsForm(forms.Form):
    """Why this one, a picture in words, a film elsewhere."""

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

    def clean(self) -> dict[str, Any]:
        """A picture has words, and is drawn anew without what else the file tells."""
        cleaned = super().clean()
        if not (file := cleaned.get("image")):
            return cleaned
        if file.size > IMAGE_BYTES:
            self.add_error("image", _("At most 12 megabytes a picture."))
            return cleaned
        if not cleaned.get("alt", "").strip():
            self.add_error("alt", NO_WORDS)
        try:
            cleaned["image"] = without_metadata(file)
        except forms.ValidationError as error:
            self.add_error("image", error)
        return cleaned


class NominationForm(WordsForm):
    """The theme that it shall stand in, and what is said of it."""

    theme = _Theme(label=_("Theme"), queryset=CampaignTheme.objects.none(), empty_label=_("Choose a theme"))

    def __init__(
        self, *args: Any, campaign: Campaign, preset: CampaignTheme | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["theme"])
        self.fields["theme"].queryset = campaign.themes.select_related("theme")
        self.fields["theme"].initial = preset
        self.fields["language"].initial = (get_language() or settings.LANGUAGE_CODE)[:2]


class RevisionForm(WordsForm):
    """What is said of one that stands there; its picture stays, goes, or another one takes its place."""

    removes_image = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(self, *args: Any, nomination: Nomination, **kwargs: Any) -> None:
        said = {name: getattr(nomination, name) for name in ("pitch", "language", "alt", "film")}
        super().__init__(*args, initial=said, **kwargs)
        self.has_image = bool(nomination.image)
        if not self.has_image:
            del self.fields["removes_image"]

    def clean(self) -> dict[str, Any]:
        """The picture that stays has words, too."""
        cleaned = super().clean()
        stays = self.has_image and not cleaned.pop("removes_image", False)
        if stays and not cleaned.get("image") and not cleaned.get("alt", "").strip():
            self.add_error("alt", NO_WORDS)
        return {**cleaned, "keeps_image": stays}
