"""Forms of those who bring in a network's data."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.models import Member

from . import reading
from .errors import BadMappingError
from .models import ImportSource
from .readers import READERS
from .toml import mapping_of

MANNERS = {
    "csv": gettext_lazy("CSV or another table of text"),
    "xlsx": gettext_lazy("Workbook (XLSX)"),
    "json": "JSON",
    "geojson": "GeoJSON",
    "gpkg": "GeoPackage",
    "shp": "Shapefile",
    "fgb": "FlatGeobuf",
    "kml": "KML, KMZ",
    "gogocarto": "GoGoCarto",
    "openfairdb": "OpenFairDB",
    "murmurations": "Murmurations",
    "yeswiki": "YesWiki",
    "osm": "OpenStreetMap",
    "dc-csv": "Digital Commons CSV",
}


def dress(form: forms.BaseForm) -> None:
    """Give the controls of a form the look of the house."""
    for field in form.fields.values():
        if not isinstance(field.widget, forms.CheckboxInput):
            field.widget.attrs["class"] = f"input {field.widget.attrs.get('class', '')}".strip()


web_address = URLValidator(schemes=["http", "https"])


def formats() -> list[tuple[str, Any]]:
    """What can be read, by name; what is in a file tells it nearly always."""
    return [
        ("auto", gettext_lazy("Look at the file")),
        *((name, MANNERS.get(name, name)) for name in READERS),
    ]


class FileForm(forms.Form):
    """A file, or the address of one."""

    file = forms.FileField(label=gettext_lazy("File"), required=False)
    address = forms.URLField(
        label=gettext_lazy("Or its address"),
        required=False,
        max_length=400,
        assume_scheme="https",
        validators=[web_address],
    )

    def clean_file(self) -> Any:
        """Not larger than pages take."""
        file = self.cleaned_data["file"]
        most = settings.IMPORT_UPLOAD_MEGABYTES
        if file and file.size > most * 1024**2:
            raise ValidationError(
                _("The file has %(size)s MB; expected at most %(most)s.")
                % {"size": file.size // 1024**2, "most": most}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """One of both."""
        values = super().clean()
        if "file" in values and "address" in values and bool(values["file"]) == bool(values["address"]):
            self.add_error("file", _("Choose a file or give an address, one of both."))
        return values


class MappedForm(forms.Form):
    """What a file and an address have in common: how they are read."""

    network = forms.ModelChoiceField(label=gettext_lazy("Partner network"), queryset=None)
    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=formats, required=False)
    mapping = forms.CharField(
        label=gettext_lazy("Column mapping"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 8, "class": "code", "spellcheck": "false"}),
        help_text=gettext_lazy("In TOML. Left empty, it is guessed, shown, and can be kept and changed."),
    )
    review = forms.BooleanField(
        label=gettext_lazy("New initiatives wait until somebody publishes them"), required=False
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        networks = reading.networks_of(member)
        self.fields["network"].queryset = networks
        if len(found := list(networks[:2])) == 1:
            self.fields["network"].initial = found[0]
        dress(self)

    def clean_format(self) -> str:
        """The file itself tells, where nothing is chosen."""
        return self.cleaned_data["format"] or "auto"

    def clean_mapping(self) -> str:
        """TOML that says what it means."""
        text = self.cleaned_data["mapping"]
        if text.strip():
            try:
                mapping_of(text)
            except BadMappingError as error:
                raise ValidationError(error.phrase.said()) from error
        return text


class HandInForm(FileForm, MappedForm):
    """The data of a network, and how they are read."""

    field_order = ["network", "file", "address", "format", "review", "mapping"]


class SourceForm(forms.ModelForm):
    """An address that is read again and again."""

    class Meta:
        model = ImportSource
        fields = ["network", "address", "format", "schedule", "review", "mapping"]
        widgets = {
            "mapping": forms.Textarea({"rows": 8, "class": "code", "spellcheck": "false"}),
            "format": forms.Select,
        }

    address = forms.URLField(
        label=gettext_lazy("Address"), max_length=400, assume_scheme="https", validators=[web_address]
    )
    told = forms.BooleanField(label=gettext_lazy("Write to me when it fails"), required=False, initial=True)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].queryset = reading.networks_of(member)
        self.fields["format"] = forms.ChoiceField(label=gettext_lazy("Format"), choices=formats)
        if self.instance.pk:
            self.fields["told"].initial = self.instance.people.filter(pk=member.pk).exists()
        dress(self)

    clean_mapping = MappedForm.clean_mapping
