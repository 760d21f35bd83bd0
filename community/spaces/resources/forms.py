"""The form that adds a link or a file to a space."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...topics.files import Checked, checked
from ...topics.forms import ENDINGS
from .models import LONGEST_ADDRESS, LONGEST_TITLE


class ResourceForm(forms.Form):
    """What it is called, and where it is."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    url = forms.URLField(
        label=gettext_lazy("Address"), max_length=LONGEST_ADDRESS, required=False, assume_scheme="https"
    )
    file = forms.FileField(
        label=gettext_lazy("or a file"),
        required=False,
        widget=forms.FileInput({"accept": ENDINGS}),
        help_text=gettext_lazy(
            "At most 5 megabytes: PDF, a picture, OpenDocument, DOCX, XLSX, CSV or plain text."
        ),
    )

    def clean_file(self) -> Checked | None:
        """The file with its kind, known by its content."""
        given = self.cleaned_data["file"]
        return checked(given) if given else None

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean()
        if not self.errors and bool(given.get("url")) == bool(given.get("file")):
            raise ValidationError(_("Give an address or a file, one of the two."))
        return given
