"""What somebody sends to say that an initiative belongs to a group of theirs."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """One of the groups that may be named."""

    group = forms.ModelChoiceField(
        label=_("Group"), queryset=None, to_field_name="slug", empty_label=_("Choose a group")
    )

    def __init__(self, *args, groups: QuerySet, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups
