"""The form for a file of boundaries."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.enums import Scheme
from vocabulary.models import Licence

from ..forms import FileForm, dress
from .how import How
from .rows import check_language

USUAL = gettext_lazy("Left empty, the usual names are looked for.")


class BoundaryForm(FileForm):
    """A file or its address, the scheme, and what the file itself does not say."""

    scheme = forms.ChoiceField(label=gettext_lazy("Scheme"), choices=Scheme)
    code = forms.CharField(
        label=gettext_lazy("Column of the code"), required=False, max_length=60, help_text=USUAL
    )
    name = forms.CharField(
        label=gettext_lazy("Column of the name"), required=False, max_length=60, help_text=USUAL
    )
    parent = forms.CharField(
        label=gettext_lazy("Column of the larger territory"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Left empty, it is found by place."),
    )
    prefix = forms.CharField(
        label=gettext_lazy("Put before each code"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("For instance FR-, where another country or scheme uses the same codes."),
    )
    country = forms.RegexField(
        r"^[A-Z]{2}\Z",
        label=gettext_lazy("Country"),
        required=False,
        help_text=gettext_lazy("Two capitals such as FR, where all rows are of one country."),
    )
    language = forms.CharField(
        label=gettext_lazy("Language of the names"),
        required=False,
        max_length=3,
        help_text=gettext_lazy("Such as fr; else that of the country."),
    )
    level = forms.IntegerField(
        label=gettext_lazy("Only rows of this level"), required=False, min_value=0, max_value=9
    )
    source = forms.CharField(
        label=gettext_lazy("Who made the boundaries"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The next file of the same source tells what is gone."),
    )
    licence = forms.ModelChoiceField(
        label=gettext_lazy("Licence"), queryset=Licence.objects.all(), to_field_name="code", required=False
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1000, max_value=2100, localize=False
    )
    layer = forms.CharField(
        label=gettext_lazy("Layer"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Where the file has several."),
    )
    crs = forms.RegexField(
        r"^EPSG:\d{1,6}\Z",
        label=gettext_lazy("Coordinate system"),
        required=False,
        help_text=gettext_lazy("Such as EPSG:2154, where the file names none or a wrong one."),
    )
    field_order = [
        "scheme",
        "file",
        "address",
        "source",
        "licence",
        "year",
        "country",
        "code",
        "name",
        "parent",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean_language(self) -> str:
        """One of ISO 639."""
        language = self.cleaned_data["language"]
        if language and not check_language(language):
            raise ValidationError(_("Give a code of two or three small letters, such as fr."))
        return language

    def how(self) -> How:
        """What was said, as it is kept with the run."""
        said = {name: self.cleaned_data[name] for name in self.fields if name not in ("file", "address")}
        licence = said.pop("licence")
        return How(**{**said, "scheme": Scheme(said["scheme"]), "licence": licence.code if licence else ""})
