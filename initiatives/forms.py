"""Forms of the pages of initiatives."""

from django import forms
from django.utils.translation import gettext_lazy as _

CHOOSE_TWO = _("Choose two versions to compare.")


class ComparisonForm(forms.Form):
    """Two versions by their numbers."""

    to = forms.IntegerField(min_value=1, max_value=2**31, error_messages={"required": CHOOSE_TWO})

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # A word of Python, so it cannot stand above.
        self.fields["from"] = forms.IntegerField(
            min_value=1, max_value=2**31, error_messages={"required": CHOOSE_TWO}
        )

    @property
    def chosen(self) -> list[int]:
        """Both numbers, the older first."""
        return sorted((self.cleaned_data["from"], self.cleaned_data["to"]))


class RestoringForm(forms.Form):
    """Tells which version was the newest when the reader decided."""

    seen = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput)


def add_errors(form: forms.Form, error: forms.ValidationError) -> None:
    """Errors of an action beside their fields, the others above the form."""
    by_name = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in by_name.items():
        form.add_error(name if name in form.fields else None, errors)
