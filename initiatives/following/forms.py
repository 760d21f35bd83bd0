"""How often one wants to hear of something."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import HowOften


class FollowForm(forms.Form):
    """The one choice there is."""

    frequency = forms.ChoiceField(
        label=_("Mail"), choices=HowOften.choices, widget=forms.RadioSelect, initial=HowOften.WEEKLY
    )
