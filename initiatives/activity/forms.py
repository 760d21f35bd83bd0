"""What narrows the stream: a territory, a collective, a group, each by what stands in its address."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.models import Group
from territories.models import Collective, Territory

LONGEST = 160
Finding = Callable[[str], QuerySet]


class StreamForm(forms.Form):
    """Filters of a reader; people may type a name, programs the exact word of the address."""

    territory = forms.CharField(label=gettext_lazy("Territory"), max_length=LONGEST, required=False)
    collective = forms.CharField(label=gettext_lazy("Collective"), max_length=LONGEST, required=False)
    group = forms.CharField(label=gettext_lazy("Group"), max_length=LONGEST, required=False)

    def __init__(self, *args: Any, reader, takes_names: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader, self.takes_names = reader, takes_names

    def _one(self, name: str, exactly: Finding, by_name: Finding) -> Any:
        """The row that a word means, None for none."""
        if not (words := self.cleaned_data[name]):
            return None
        found = exactly(words).first() or (by_name(words).first() if self.takes_names else None)
        if found is None:
            raise ValidationError(_("Nothing here is called “%(slug)s”."), params={"slug": words[:80]})
        return found

    def clean_territory(self) -> Territory | None:
        """By its code, or the largest of a name."""
        rows = Territory.objects.without_boundary()
        return self._one("territory", lambda words: rows.filter(code=words), rows.starting_with)

    def clean_collective(self) -> Collective | None:
        """One that is published."""
        return self._named("collective", Collective.objects.published().defer("perimeter"))

    def clean_group(self) -> Group | None:
        """One that the reader may know of."""
        return self._named("group", Group.objects.visible_to(self.reader))

    def _named(self, name: str, rows: QuerySet) -> Any:
        return self._one(
            name, lambda words: rows.filter(slug=words), lambda words: rows.filter(name__iexact=words)
        )

    @property
    def chosen(self) -> dict[str, Any]:
        """What narrows the stream, by name."""
        return {name: row for name, row in self.cleaned_data.items() if row}

    @property
    def query(self) -> str:
        """The same as a query string, without the question mark."""
        chosen = self.chosen.items()
        return urlencode({name: row.code if name == "territory" else row.slug for name, row in chosen})
