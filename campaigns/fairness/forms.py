"""The word of one of the two who decide on a flag."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import FlagState
from ..models.campaign import LONGEST_REASON


class WordForm(forms.Form):
    """Kept or void, and why."""

    says = forms.ChoiceField(
        label=_("What becomes of these likes?"),
        choices=[(FlagState.KEPT, _("They count")), (FlagState.VOIDED, _("They are void"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everyone can read the reason for void likes in the tally: name nobody."),
    )
