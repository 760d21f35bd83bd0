"""Forms of who likes without an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .codes import DIGITS


class AddressForm(forms.Form):
    """Where the code goes."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("A code comes by mail. The site keeps a digest of the address, not the address."),
    )


class CodeForm(forms.Form):
    """The code that came."""

    code = forms.CharField(
        label=_("The code of the mail"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=_("Six digits; they are good for 15 minutes."),
    )

    def clean_code(self) -> str:
        """Its digits: a space between them is none of it."""
        digits = "".join(self.cleaned_data["code"].split())
        if not (digits.isascii() and digits.isdigit() and len(digits) == DIGITS):
            raise forms.ValidationError(_("Expected six digits."))
        return digits
