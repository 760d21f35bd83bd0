"""The form of a report, and the form that settles one."""

import re
from typing import Any
from urllib.parse import unquote

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import ReportKind, ReportState, Verb
from ..models import Initiative, Report
from .actions import STEPS

LONGEST = Report._meta.get_field("message").max_length
# The page of an initiative in any language, and what lies below it.
PAGE = re.compile(r"(?:^|/)initiatives/([^/?#]+)")


def named(text: str) -> Initiative | None:
    """The published initiative that an address of its page, or the last part of one, names."""
    found = PAGE.search(text)
    slug = unquote(found[1] if found else text.strip("/"))
    if "\0" in slug:
        return None
    rows = Initiative.objects.published().filter(Q(slug=slug) | Q(old_slugs__slug=slug))
    return rows.defer("position", "search", "search_name").first()


class ReportForm(forms.Form):
    """What is the matter, and where to answer."""

    kind = forms.ChoiceField(
        label=_("What is the matter?"),
        choices=ReportKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is the matter.")},
    )
    other = forms.CharField(
        label=_("The other one"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"class": "input", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("The address of its page on this site."),
    )
    message = forms.CharField(
        label=_("Message"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 4}),
        help_text=_("What have you seen, and how do you know? Only the moderation reads it."),
    )
    answer_email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput({"class": "input", "autocomplete": "email"}),
        help_text=_("For our answer only: never shown, and deleted 90 days after it."),
    )
    # People do not see it; programs that fill in everything do.
    homepage = forms.CharField(
        required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )

    def __init__(self, *args: Any, member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if member is not None:
            del self.fields["answer_email"]

    def clean_homepage(self) -> str:
        """Nobody types here."""
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("Please leave this field empty."))
        return ""

    def clean(self) -> dict[str, Any]:
        """The other one as an initiative, where it matters."""
        cleaned = super().clean()
        text, cleaned["other"] = cleaned.get("other", ""), None
        if cleaned.get("kind") == ReportKind.DUPLICATE and text:
            cleaned["other"] = named(text)
            if cleaned["other"] is None:
                self.add_error("other", _("No initiative on the map has this address."))
        return cleaned


class SettlingForm(forms.Form):
    """An answer, and what was done."""

    decision = forms.ChoiceField(
        choices=[(one, one) for one in (ReportState.DONE, ReportState.NOTHING, *STEPS)],
        error_messages={"required": _("Choose a decision.")},
    )
    answer = forms.CharField(required=False, max_length=LONGEST)

    def settled(self) -> dict[str, Any]:
        """What settle() takes."""
        given = self.cleaned_data
        is_step = given["decision"] in STEPS
        return {
            "state": ReportState.DONE if is_step else ReportState(given["decision"]),
            "verb": Verb(given["decision"]) if is_step else None,
            "answer": given["answer"],
        }
