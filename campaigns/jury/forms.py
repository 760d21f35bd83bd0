"""What a juror says of a nomination, and who is to be one."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.models import Member

from ..models.campaign import LONGEST_REASON
from ..models.jury import MOST_MARK

MOST_FOUND = 10


class NoteForm(forms.Form):
    """A mark and a note."""

    mark = forms.TypedChoiceField(
        label=gettext_lazy("Mark"),
        choices=[(number, str(number)) for number in range(1, MOST_MARK + 1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a mark.")},
    )
    text = forms.CharField(label=gettext_lazy("Note"), max_length=LONGEST_REASON, required=False)


class ConflictForm(forms.Form):
    """What a juror has to do with an initiative."""

    reason = forms.CharField(
        label=gettext_lazy("What do you have to do with it?"),
        max_length=LONGEST_REASON,
        error_messages={"required": gettext_lazy("Say what you have to do with it.")},
    )


class JurorForm(forms.Form):
    """A member in words, asked again where they may mean several."""

    who = forms.CharField(
        label=gettext_lazy("Member"),
        max_length=254,
        help_text=gettext_lazy("The name that a member shows, or their whole e-mail address."),
    )
    member = forms.ChoiceField(
        label=gettext_lazy("Which of these?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meant = []
        if self.is_bound and (words := self.data.get("who", "").strip()[:254]):
            self.meant = self._find(words)
        self.fields["member"].choices = [(str(row.uuid), str(row)) for row in self.meant]
        self.fields["member"].error_messages["invalid_choice"] = _("Choose one of these.")

    def _find(self, words: str) -> list[Member]:
        named = Q(public_name__icontains=words) | Q(email__iexact=words)
        rows = Member.objects.filter(named, is_active=True).order_by("public_name", "pk")
        return list(rows[:MOST_FOUND])

    def clean(self) -> dict[str, Any]:
        """One member."""
        cleaned = super().clean()
        if not self.errors and not self.meant:
            self.add_error("who", _("We know no member of this name or address."))
        elif not self.errors and self.is_asking and not cleaned["member"]:
            self.add_error("member", _("Choose one of these."))
        return cleaned

    @property
    def is_asking(self) -> bool:
        """Whether there are several to choose from."""
        return len(self.meant) > 1

    @property
    def chosen(self) -> Member:
        """The one that is meant, of a valid form."""
        uuid = self.cleaned_data["member"] or str(self.meant[0].uuid)
        return next(row for row in self.meant if str(row.uuid) == uuid)
