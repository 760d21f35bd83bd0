"""Forms about collectives and their people."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy

from territories.models import Collective, Territory

from ..members.enums import CollectiveRole
from .models import LONGEST_MESSAGE
from .where import WhereForm

LONGEST_PURPOSE = 2_000
ROLES = [
    (CollectiveRole.MEMBER, gettext_lazy("Member")),
    (CollectiveRole.FACILITATOR, gettext_lazy("Facilitator: invites, names others, changes the page")),
]


def page_language() -> str:
    """Of the page, as two letters."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


class FoundingForm(WhereForm):
    """A new collective."""

    field_order = ("name", "purpose", "where", "territory", "website")
    name = forms.CharField(
        label=gettext_lazy("Name of the collective"), max_length=Collective._meta.get_field("name").max_length
    )
    purpose = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("One or two sentences; other languages can be added later."),
    )
    website = forms.URLField(
        label=gettext_lazy("Website"), max_length=200, required=False, assume_scheme="https"
    )

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "purposes": {page_language(): given["purpose"]},
            "territory": self.chosen,
            "website": given["website"],
        }


class AgainForm(FoundingForm):
    """A collective that was refused, with what is to be different."""

    message = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Who decides reads this with your name, and nobody else."),
    )

    def __init__(self, *args: Any, collective: Collective, **kwargs: Any) -> None:
        self.collective = collective
        written = [code for code in (page_language(), "en", "fr", *collective.purposes) if code]
        self.language = next((code for code in written if collective.purposes.get(code)), page_language())
        initial = {
            "name": collective.name,
            "purpose": collective.purposes.get(self.language, ""),
            "where": collective.territory.name,
            "website": collective.website,
        }
        super().__init__(*args, initial=initial, **kwargs)

    def find(self, words: str) -> list[Territory]:
        """Its territory where nothing else was typed; its name alone may mean several."""
        present = self.collective.territory
        return [present] if words == present.name else super().find(words)

    def values(self) -> dict[str, Any]:
        """What the action takes; the purpose in other languages stays."""
        purposes = {**self.collective.purposes, self.language: self.cleaned_data["purpose"]}
        return super().values() | {"purposes": purposes}


class MailForm(forms.Form):
    """An address at the domain of the website."""

    prefix = "mail"
    email = forms.EmailField(label=gettext_lazy("Address of the collective"), max_length=254)


class RequestForm(forms.Form):
    """How somebody belongs to a collective."""

    prefix = "request"
    message = forms.CharField(
        label=gettext_lazy("How do you belong to it?"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Who decides reads this with your name, and nobody else."),
    )


class DecisionForm(forms.Form):
    """Yes, or no with a reason."""

    decision = forms.ChoiceField(
        choices=[("accept", "accept"), ("refuse", "refuse")],
        error_messages={"required": gettext_lazy("Choose a decision.")},
    )
    reason = forms.CharField(required=False, max_length=LONGEST_MESSAGE)


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """Errors of an action beside their fields, the others above the form."""
    by_name = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in by_name.items():
        form.add_error(name if name in form.fields else None, errors)
