"""What a neighbour sends: their word on an initiative as it was read."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import VouchKind
from ..reviews.forms import parsed_version

BACK = "back"
# How browsers tell it: neither a vouch nor an objection, whoever edits the form.
DAMAGED = _("This form is damaged: open the page again.")


class WordForm(forms.Form):
    """A vouch, an objection with its reason, or taking back; `seen` says which version was read."""

    word = forms.ChoiceField(
        choices=[*VouchKind.choices, (BACK, BACK)],
        error_messages={"required": DAMAGED, "invalid_choice": DAMAGED},
    )
    reason = forms.CharField(required=False)
    seen = forms.CharField(required=False)

    def __init__(self, *args, uuid: UUID, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.uuid = uuid

    def clean(self) -> dict:
        """The time of the version, of this initiative, where a word is said of one."""
        values = super().clean()
        if values.get("word") != BACK and not self.errors:
            uuid, values["seen"] = parsed_version(values["seen"])
            if uuid != self.uuid:
                raise forms.ValidationError(DAMAGED)
        return values
