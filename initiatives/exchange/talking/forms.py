"""Forms of conversations, of settling and of reports."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...models.answering import LONGEST_MESSAGE, LONGEST_REASON

ELSEWHERE = "elsewhere"


class MessageForm(forms.Form):
    """What to say."""

    text = forms.CharField(
        label=_("Message"), max_length=LONGEST_MESSAGE, widget=forms.Textarea({"class": "input", "rows": 6})
    )


class SettlingForm(forms.Form):
    """Thanks to whom: one of those who answered, by the number of the conversation, or nobody here."""

    conversation = forms.ChoiceField(
        label=_("Thanks to whom?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of those who answered, or “elsewhere”.")},
    )

    def __init__(self, *args, answered: Iterable[tuple[int, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(number), name) for number, name in answered]
        self.fields["conversation"].choices = [*named, (ELSEWHERE, gettext("Elsewhere, without this site"))]

    @property
    def chosen(self) -> int | None:
        """The number of a conversation; None for elsewhere."""
        value = self.cleaned_data["conversation"]
        return None if value == ELSEWHERE else int(value)


class ReportForm(forms.Form):
    """What is wrong."""

    reason = forms.CharField(
        label=_("What is the matter?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"class": "input", "rows": 5}),
        help_text=_("Only the moderators read it."),
    )


class ClosingForm(forms.Form):
    """What a moderator did about it; `verb` says whether it is removed."""

    note = forms.CharField(max_length=LONGEST_REASON)
    verb = forms.ChoiceField(choices=[("close", "close"), ("remove", "remove")])
