"""What a reviewer sends: a decision on one initiative as it was read, or one decision on many."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from ..enums import Verb
from .actions import DECISIONS

MOST = 50
LONGEST_REASON = 2_000
PARTS = "@"


def version(initiative) -> str:
    """An initiative as it is read: which, and the time of its last change."""
    return f"{initiative.uuid}{PARTS}{initiative.updated_at.isoformat()}"


def parsed_version(text: str) -> tuple[UUID, datetime]:
    """Read what version() wrote; ValidationError otherwise."""
    uuid, _at, moment = text.partition(PARTS)
    try:
        key, seen = UUID(uuid), parse_datetime(moment)
    except ValueError:
        seen = None
    if seen is None or seen.tzinfo is None:
        raise forms.ValidationError(_("This form is damaged: open the page again."))
    return key, seen


class VersionsField(forms.MultipleChoiceField):
    """Which initiatives, each as it was read."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: str) -> bool:
        """Any: to_python() reads them."""
        return True

    def clean(self, value: list[str]) -> list[tuple[UUID, datetime]]:
        """Each once, and no more than may be decided at once."""
        chosen = list(dict(map(parsed_version, super().clean(value))).items())
        if len(chosen) > MOST:
            raise forms.ValidationError(_("Choose at most %(most)d.") % {"most": MOST})
        return chosen


class DecisionForm(forms.Form):
    """One decision with its reason; whether it needs one is the action's to say."""

    verb = forms.TypedChoiceField(
        label=_("decision"),
        choices=[(verb.value, verb.label) for verb in DECISIONS],
        coerce=Verb,
        error_messages={"required": _("Choose a decision.")},
    )
    reason = forms.CharField(label=_("message"), required=False, max_length=LONGEST_REASON)
    chosen = VersionsField(error_messages={"required": _("Choose at least one initiative.")})
