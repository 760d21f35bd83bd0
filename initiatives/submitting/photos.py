"""Pictures of a submission: their fields, their checks, what actions take."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from geo.pictures import without_metadata
from vocabulary.models import Licence

PHOTOS = 3
PHOTO_BYTES = 12 * 1024 * 1024
# Licences under which a picture may be handed in, the usual one first.
LICENCES = ("CC-BY-SA-4.0", "CC-BY-4.0", "CC0-1.0")
NAMES = tuple(f"photo_{number}" for number in range(1, PHOTOS + 1))


class PhotoFields:
    """Three pictures, each with its words; for a form."""

    def add_photos(self) -> None:
        """The fields of all pictures."""
        for name in NAMES:
            self.fields[name] = forms.ImageField(
                label=_("Picture"),
                required=False,
                widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
            )
            self.fields[f"{name}_alt"] = forms.CharField(
                label=_("What the picture shows"), max_length=300, required=False
            )
            self.fields[f"{name}_credit"] = forms.CharField(
                label=_("Taken by"), max_length=160, required=False
            )
        self.fields["photo_licence"] = forms.ModelChoiceField(
            Licence.objects.filter(code__in=LICENCES),
            label=_("Licence of the pictures"),
            required=False,
            to_field_name="code",
            initial=LICENCES[0],
            empty_label=None,
        )

    def photo_rows(self) -> list[tuple]:
        """The bound fields of each picture."""
        there = [name for name in NAMES if name in self.fields]
        return [(self[name], self[f"{name}_alt"], self[f"{name}_credit"]) for name in there]

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
        """Rows as content.set_parts() takes them."""
        given = self.cleaned_data
        licence = given["photo_licence"] or Licence.objects.get(code=LICENCES[0])
        return [
            {
                "image": given[name],
                "alt": given[f"{name}_alt"],
                "credit": given[f"{name}_credit"],
                "licence": licence,
            }
            for name in NAMES
            if given[name]
        ]
