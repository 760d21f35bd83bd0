"""A territory in words, asked again where they may mean several."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.models import Territory

from . import placing


class WhereForm(forms.Form):
    """Part of the forms of what is rooted somewhere."""

    where = forms.CharField(
        label=gettext_lazy("Territory"),
        max_length=120,
        help_text=gettext_lazy("A town, a department, a region, a country, or the code of one."),
    )
    territory = forms.ChoiceField(
        label=gettext_lazy("Which of these?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meant = []
        if self.is_bound and (words := self.data.get("where", "").replace("\x00", "").strip()[:120]):
            self.meant = self.find(words)
        self.fields["territory"].choices = [
            (row.code, f"{row.name} ({row.get_scheme_display()})") for row in self.meant
        ]
        self.fields["territory"].error_messages["invalid_choice"] = _("Choose one of these.")

    def find(self, words: str) -> list[Territory]:
        """Territories that the words may mean."""
        return placing.meant(words)

    def clean(self) -> dict[str, Any]:
        """One territory, or none where none is asked for."""
        cleaned = super().clean()
        if "where" not in self.errors and "territory" not in self.errors and cleaned["where"]:
            if not self.meant:
                self.add_error("where", _("We know no territory and no town of this name."))
            elif len(self.meant) > 1 and not cleaned["territory"]:
                self.add_error("territory", _("Choose one of these."))
        return cleaned

    @property
    def is_asking(self) -> bool:
        """Whether there are several to choose from."""
        return len(self.meant) > 1

    @property
    def chosen(self) -> Territory | None:
        """The one that is meant, of a valid form; none where no words were given."""
        if not self.meant:
            return None
        code = self.cleaned_data["territory"] or self.meant[0].code
        return next(row for row in self.meant if row.code == code)
