"""The picture that stands for a collective or a space: as it is handed in, taken away, drawn anew."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from geo.pictures import without_metadata

from .submitting.photos import PHOTO_BYTES


class LogoForm(forms.Form):
    """A logo, or none any more."""

    logo = forms.ImageField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "JPEG, PNG or WebP, up to 12 megabytes. Where and when a picture was taken is removed from the file."
        ),
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["without_logo"]

    def clean_logo(self) -> Any:
        """Drawn anew, without what else the file tells."""
        file = self.cleaned_data["logo"]
        if not file:
            return None
        if file.size > PHOTO_BYTES:
            raise forms.ValidationError(_("At most 12 megabytes a picture."))
        return without_metadata(file)

    def logo_values(self) -> dict[str, Any]:
        """What an action takes: a new one, False for none, nothing where it stays."""
        given = self.cleaned_data
        if given["logo"]:
            return {"logo": given["logo"]}
        return {"logo": False} if given.get("without_logo") else {}
