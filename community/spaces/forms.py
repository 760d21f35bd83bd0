"""Forms about spaces and their people."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..collectives.forms import page_language
from .enums import SpaceRole
from .models import LONGEST_PURPOSE, Space

ROLES = [
    (SpaceRole.MEMBER, _("Member")),
    (SpaceRole.FACILITATOR, _("Facilitator: changes the space, invites, chooses its map")),
]
READERS = [
    ("private", _("Its members alone. For everyone else the space is not there, nor are its groups.")),
    ("public", _("Everyone.")),
]


class SpaceForm(forms.Form):
    """A new space and who runs it first."""

    name = forms.CharField(label=_("Name of the space"), max_length=Space._meta.get_field("name").max_length)
    purpose = forms.CharField(
        label=_("What is it for?"),
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One or two sentences, in the language of the space."),
    )
    readers = forms.ChoiceField(
        label=_("Who reads it?"),
        choices=READERS,
        initial="private",
        widget=forms.RadioSelect,
        help_text=_("This cannot be changed later."),
    )
    email = forms.EmailField(label=_("E-mail of the first facilitator"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = page_language

    def values(self) -> dict[str, Any]:
        """What the action takes; a space keeps the language in which it was made."""
        given = self.cleaned_data
        return {
            "values": {
                "name": given["name"],
                "purpose": given["purpose"],
                "is_private": given["readers"] == "private",
                "language": page_language(),
            },
            "email": given["email"],
            "language": given["language"],
        }
