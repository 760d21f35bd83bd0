"""Forms about members."""

import re
from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.models import Territory

from ..collectives import placing
from . import languages
from .enums import COARSE, Status, Visibility
from .models import CONSENTS, LONGEST_SKILL, MOST_SKILLS, PROFILE, AccessToken, Member

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
    status = forms.MultipleChoiceField(
        label=gettext_lazy("You are"), choices=Status, required=False, widget=forms.CheckboxSelectMultiple
    )
    where = forms.CharField(
        label=gettext_lazy("Territory"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "A region, a department or an intermunicipality: the map only counts members by it."
        ),
    )
    territory = forms.ChoiceField(
        label=gettext_lazy("Which of these?"), required=False, widget=forms.RadioSelect
    )

    class Meta:
        model = Member
        # The territory is asked for by words.
        fields = [*(name for name in PROFILE if name != "territory"), *CONSENTS]
        labels = {
            "public_name": gettext_lazy("Public name"),
            "locality": gettext_lazy("Town or region"),
            "introduction": gettext_lazy("A few words about you"),
            "is_listed": gettext_lazy("List me in the directory of members"),
            "accepts_messages": gettext_lazy("Other members may write to me through the site"),
        }
        widgets = {"introduction": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "public_name": gettext_lazy("What the site calls you: your name, or another that you choose."),
            "locality": gettext_lazy("As coarsely as you like: no street."),
            "is_listed": gettext_lazy(
                "For whoever sees your public name, with what they may see of the rest."
            ),
            "accepts_messages": gettext_lazy(
                "Only while you are in the directory. They do not learn your address."
            ),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in (*PROFILE, "ledger"):
            asked = self.fields[f"{name}_seen_by"]
            asked.choices = SEEN_BY
            asked.label = gettext_lazy("Seen by")
        present = self.instance.territory
        self.fields["where"].initial = present.name if present else ""
        self.meant = []
        if self.is_bound and (words := self.data.get("where", "").replace("\x00", "").strip()[:120]):
            # The present one where nothing else was typed; its name alone may mean several.
            self.meant = [present] if present and words == present.name else _coarse(words)
        self.fields["territory"].choices = [
            (row.code, f"{row.name} ({row.get_scheme_display()})") for row in self.meant
        ]
        self.fields["territory"].error_messages["invalid_choice"] = _("Choose one of these.")

    def clean(self) -> dict[str, Any]:
        """One territory, or none."""
        cleaned = super().clean()
        if self.errors.keys() & {"where", "territory"}:
            return cleaned
        chosen = cleaned["territory"]
        if cleaned["where"] and not self.meant:
            self.add_error("where", _("We know no region, department or intermunicipality of this name."))
        elif len(self.meant) > 1 and not chosen:
            self.add_error("territory", _("Choose one of these."))
        found = [row for row in self.meant if row.code == chosen] if chosen else self.meant[:1]
        cleaned["territory"] = found[0] if found else None
        return cleaned

    @property
    def is_asking(self) -> bool:
        """Whether there are several territories to choose from."""
        return len(self.meant) > 1

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """(field, who sees it)."""
        typed = {name: "where" if name == "territory" else name for name in PROFILE}
        return [(self[typed[name]], self[f"{name}_seen_by"]) for name in PROFILE]


def _coarse(words: str) -> list[Territory]:
    """Territories that the words may mean, none of them a single town."""
    return [row for row in placing.meant(words) if row.scheme in COARSE]


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
