"""Pictures of an offer or need in its form."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from geo.pictures import without_metadata

from ..models import Exchange
from ..submitting.photos import PHOTO_BYTES
from .actions import MOST_PHOTOS

NAMES = tuple(f"photo_{number}" for number in range(1, MOST_PHOTOS + 1))


class PhotoFields:
    """As many pictures as there may still be, each with its words, and those to take away; for a form."""

    def add_photos(self, exchange: Exchange | None) -> None:
        """The fields of all pictures."""
        self.stored = list(exchange.photos.all()) if exchange else []
        for name in NAMES:
            self.fields[name] = forms.ImageField(
                label=_("Picture"),
                required=False,
                widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
            )
            self.fields[f"{name}_alt"] = forms.CharField(
                label=_("What the picture shows"), max_length=300, required=False
            )
        if self.stored:
            self.fields["without"] = forms.TypedMultipleChoiceField(
                label=_("Take away"),
                choices=[(photo.pk, photo.alt) for photo in self.stored],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def photo_rows(self) -> list[tuple]:
        """The bound fields of each picture."""
        return [(self[name], self[f"{name}_alt"]) for name in NAMES]

    def clean_photos(self, cleaned: dict[str, Any]) -> None:
        """Pictures with words, no larger than they may be; drawn anew without what else the file tells."""
        for name in NAMES:
            file = cleaned.get(name)
            if not file:
                continue
            if file.size > PHOTO_BYTES:
                self.add_error(name, _("At most 12 megabytes a picture."))
                continue
            if not cleaned.get(f"{name}_alt", "").strip():
                self.add_error(
                    f"{name}_alt", _("Say in words what the picture shows, for those who do not see it.")
                )
            try:
                cleaned[name] = without_metadata(file)
            except forms.ValidationError as error:
                self.add_error(name, error)

    def photos(self) -> list[dict[str, Any]]:
        """Rows as the actions take them."""
        given = self.cleaned_data
        return [{"image": given[name], "alt": given[f"{name}_alt"]} for name in NAMES if given[name]]
