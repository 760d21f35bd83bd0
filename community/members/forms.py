"""Forms about members."""

import re
from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import languages
from .enums import Visibility
from .models import LONGEST_SKILL, MOST_SKILLS, PROFILE, AccessToken, Member

SEEN_BY = [
    (Visibility.EVERYONE, Visibility.EVERYONE.label),
    (Visibility.MEMBERS, Visibility.MEMBERS.label),
    (Visibility.NOBODY, gettext_lazy("Only me")),
]


class MemberCreationForm(UserCreationForm):
    """A new member, by the administration."""

    class Meta:
        model = Member
        fields = ["email", "public_name", "language"]
        field_classes = {}


class MemberChangeForm(UserChangeForm):
    """A member, by the administration."""

    class Meta:
        model = Member
        fields = "__all__"
        field_classes = {}


class AccessTokenForm(forms.ModelForm):
    """What a new access token is for."""

    class Meta:
        model = AccessToken
        fields = ["name"]


class WordsField(forms.Field):
    """Short texts with commas or line ends between them."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        """A list with commas, and what was typed as it was."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Each text once, in the order in which they were typed."""
        text = str(value or "")
        ProhibitNullCharactersValidator()(text)
        return list(
            dict.fromkeys(word for part in re.split(r"[,;\r\n]", text) if (word := " ".join(part.split())))
        )

    def validate(self, value: list[str]) -> None:
        """Neither too many nor too long."""
        super().validate(value)
        if len(value) > MOST_SKILLS:
            raise ValidationError(
                _("At most %(most)d; you gave %(given)d.") % {"most": MOST_SKILLS, "given": len(value)}
            )
        long = next((word for word in value if len(word) > LONGEST_SKILL), None)
        if long:
            told = {"word": long[:20], "most": LONGEST_SKILL}
            raise ValidationError(
                _("“%(word)s…” is too long: at most %(most)d characters between commas.") % told
            )


class ProfileForm(forms.ModelForm):
    """What a member tells about themselves; beside each field, to whom."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken"),
        choices=languages.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    skills = WordsField(
        label=gettext_lazy("Skills"),
        required=False,
        help_text=gettext_lazy("With commas between them: accounting, bicycle repair, facilitation."),
    )

    class Meta:
        model = Member
        fields = [*PROFILE, *(f"{name}_seen_by" for name in PROFILE)]
        labels = {
            "public_name": gettext_lazy("Public name"),
            "locality": gettext_lazy("Town or region"),
            "introduction": gettext_lazy("A few words about you"),
        }
        widgets = {"introduction": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "public_name": gettext_lazy("What the site calls you: your name, or another that you choose."),
            "locality": gettext_lazy("As coarsely as you like: no street."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in PROFILE:
            asked = self.fields[f"{name}_seen_by"]
            asked.choices = SEEN_BY
            asked.label = gettext_lazy("Seen by")

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """(field, who sees it)."""
        return [(self[name], self[f"{name}_seen_by"]) for name in PROFILE]


class ErasureForm(forms.Form):
    """The password again, or a word where the account has none: nobody deletes an account in passing."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    word = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, member: Member, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        del self.fields["word" if member.has_usable_password() else "password"]
        if "word" in self.fields:
            self.fields["word"].label = _("Type %(word)s") % {"word": _("DELETE")}

    def clean_password(self) -> str:
        """It must be the member's."""
        if not self.member.check_password(self.cleaned_data["password"]):
            raise ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]

    def clean_word(self) -> str:
        """In capitals or not."""
        if self.cleaned_data["word"].casefold() != _("DELETE").casefold():
            raise ValidationError(_("Expected the word %(word)s.") % {"word": _("DELETE")})
        return self.cleaned_data["word"]
