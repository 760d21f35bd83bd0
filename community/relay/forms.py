"""Forms of the relay."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import LONGEST_REASON, LONGEST_TEXT


class MessageForm(forms.Form):
    """What to say, and whether the other may answer by mail."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 8}))
    shares_address = forms.BooleanField(label=_("Share my e-mail address"), required=False)


class ReportForm(forms.Form):
    """What somebody did."""

    reason = forms.CharField(
        label=_("What is the matter?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 5}),
        help_text=_(
            "Only the moderators read it. Quote what was written to you: the site keeps no messages."
        ),
    )


class ClosingForm(forms.Form):
    """What a moderator did about it."""

    note = forms.CharField(label=_("What did you do?"), max_length=LONGEST_REASON)
