"""The directory under the filters of an address: who is listed to a reader, and what they see of each."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.parameters import is_dropped
from territories.models import Territory

from . import languages
from .enums import Visibility
from .models import Member
from .profile import Told, told_at
from .querysets import MemberQuerySet

OWN = ("page", "lang")


class Row(NamedTuple):
    """A member as the reader sees them."""

    member: Member
    told: dict[str, Told]


class DirectoryForm(forms.Form):
    """Filters; all of them find only what the reader sees."""

    q = forms.CharField(
        label=gettext_lazy("Name or skill"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language spoken"), required=False)
    territory = forms.CharField(
        label=gettext_lazy("Territory"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("A region, a department or an intermunicipality, or the code of one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("All languages")), *languages.choices()]

    def clean_territory(self) -> list[Territory]:
        """Those that the words name: a name may be that of several."""
        if not (words := self.cleaned_data["territory"]):
            return []
        rows = Territory.objects.without_boundary()
        found = list(rows.filter(code__iexact=words)[:1] or rows.starting_with(words)[:12])
        if not found:
            raise ValidationError(_("We know no territory of this name."))
        return found

    def filtered(self, rows: MemberQuerySet, levels: Collection[Visibility]) -> MemberQuerySet:
        """The rows that match, of those that the levels see."""
        given = self.cleaned_data
        if given["q"]:
            rows = rows.with_words(given["q"], levels)
        if given["language"]:
            rows = rows.speaking(given["language"], levels)
        if given["territory"]:
            inside = Territory.objects.part_of([one.pk for one in given["territory"]])
            rows = rows.living_in(inside.values("pk"), levels)
        return rows


def not_understood(data: QueryDict) -> list[str]:
    """Names in an address that mean nothing here."""
    known = {*DirectoryForm.base_fields, *OWN}
    return [name[:80] for name in data if name not in known and not is_dropped(name)]


def rows_of(members: Collection[Member], levels: Collection[Visibility]) -> list[Row]:
    """Each with what the levels see."""
    return [Row(member, told_at(member, levels)) for member in members]
