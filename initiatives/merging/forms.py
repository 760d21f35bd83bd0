"""What a reviewer sends to make two one: whose values survive, and both as they were read."""

import re
from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ..reviews.forms import LONGEST_REASON, parsed_version
from .uniting import CHOICES, KEPT, MERGED, TEXTS

BEFORE = "pick:"
OF_A_LANGUAGE = re.compile(rf"({'|'.join(TEXTS)}):[a-z]{{2,3}}")
DAMAGED = _("This form is damaged: open the page again.")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("message"), required=False, max_length=LONGEST_REASON)


class MergeForm(ReasonForm):
    """The versions of both, and a choice for each value that differs."""

    merged = forms.CharField(error_messages={"required": DAMAGED})
    kept = forms.CharField(error_messages={"required": DAMAGED})

    def __init__(self, data: Mapping[str, str], *, uuids: tuple[UUID, UUID]) -> None:
        super().__init__(data)
        self.uuids = dict(zip((MERGED, KEPT), uuids))

    @property
    def picks(self) -> dict[str, str]:
        """Whose value survives, by the name of the choice; what is none of ours is left out."""
        sent = {
            name.removeprefix(BEFORE): value for name, value in self.data.items() if name.startswith(BEFORE)
        }
        return {
            name: value
            for name, value in sent.items()
            if value in (KEPT, MERGED)
            and (name in CHOICES or name == "contacts" or OF_A_LANGUAGE.fullmatch(name))
        }

    def clean(self) -> dict:
        """Both of the page, as they were read; a choice must be one."""
        cleaned = super().clean()
        for side in (MERGED, KEPT):
            if side in cleaned:
                uuid, cleaned[side] = parsed_version(cleaned[side])
                if uuid != self.uuids[side]:
                    raise forms.ValidationError(DAMAGED)
        if len(self.picks) != sum(name.startswith(BEFORE) for name in self.data):
            raise forms.ValidationError(_("Choose one of the two for each value."))
        return cleaned
