"""The form on the page of a run: for each column what it feeds, for each value without a theme what it means."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vocabulary.choices import grouped
from vocabulary.models import Theme

from . import reading, remapping
from .errors import BadMappingError
from .forms import dress
from .mapping import Mapping
from .models import ImportRun
from .naming import named
from .remapping import remapped, target_of

# Values that are asked about at a time: each brings a list of all themes.
ASKED = 20


def targets() -> list[tuple[str, str]]:
    """Everything that a column can feed, fields first."""
    return [("", _("nothing")), *((target, named(target)) for target in remapping.TARGETS)]


class ColumnsForm(forms.Form):
    """A select for each column, and for the most frequent values that no theme is known for."""

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping = Mapping.of_dict(run.mapping)
        self.run = run
        self._columns = [column["name"] for column in run.columns]
        self._values = [value for value, _number in reading.unmapped(run)[:ASKED]]
        choices = targets()
        for place, column in enumerate(self._columns):
            field = forms.ChoiceField(
                choices=choices, required=False, initial=target_of(self.mapping, column)
            )
            field.label = _("What the column “%(column)s” holds") % {"column": column}
            self.fields[f"column-{place}"] = field
        if self._values:
            themes = [("", "–"), *grouped(Theme.objects.select_related("parent"), "slug")]
            for place, value in enumerate(self._values):
                field = forms.ChoiceField(choices=themes, required=False)
                field.label = _("Theme for “%(value)s”") % {"value": value}
                self.fields[f"value-{place}"] = field
        dress(self)
        for field in self.fields.values():
            # The lists stand in tables, apart from the form itself.
            field.widget.attrs |= {"form": "columns-form", "aria-label": field.label}

    @property
    def columns(self) -> Iterator[tuple[dict[str, Any], forms.BoundField]]:
        """Each column of the file with its list."""
        for place, column in enumerate(self.run.columns):
            yield column, self[f"column-{place}"]

    def of_value(self, value: str) -> forms.BoundField | None:
        """The list of a value; none where it is not asked about yet."""
        return self[f"value-{self._values.index(value)}"] if value in self._values else None

    def clean(self) -> dict[str, Any]:
        """The mapping that this makes, as `mapping`."""
        sent = super().clean()
        if self.errors:
            raise ValidationError(_("Choose from the lists."))
        feeds = {column: sent.get(f"column-{place}", "") for place, column in enumerate(self._columns)}
        themes = {
            value: slug for place, value in enumerate(self._values) if (slug := sent.get(f"value-{place}"))
        }
        try:
            return {**sent, "mapping": remapped(self.mapping, feeds, themes)}
        except BadMappingError as error:
            raise ValidationError(_in_words(error)) from error


def _in_words(error: BadMappingError) -> str:
    if error.key == "fields.name":
        return _("One column must hold the name.")
    if error.key == "position":
        return _("Latitude and longitude belong together: choose a column for each.")
    return _("Only one column can hold this: %(field)s.") % {"field": named(error.key)}
