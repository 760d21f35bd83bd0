"""The same texts in further languages: their fields, their checks, what actions take."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

# Languages besides the first that people may add; what is there already stays, up to so many.
MOST, MOST_THERE = 10, 40
TEXTS = ("name", "summary", "description")
LANGUAGE_FIELD = re.compile(r"translation_(\d{1,2})_language")


def languages() -> list[tuple[str, str]]:
    """Those of the site, then all others that have a code of two or three letters, by name."""
    own = [code for code, _name in settings.LANGUAGES]
    others = [
        code
        for code, told in LANG_INFO.items()
        if "name_local" in told and code.isalpha() and len(code) <= 3 and code not in own
    ]
    named = {code: get_language_info(code)["name_translated"].capitalize() for code in (*own, *others)}
    return [(code, named[code]) for code in (*own, *sorted(others, key=lambda code: named[code].casefold()))]


def rows_in(names: Iterable[str]) -> int:
    """How many further languages a form that was sent has."""
    found = [LANGUAGE_FIELD.fullmatch(name) for name in names]
    return min(max((int(match[1]) for match in found if match), default=0), MOST_THERE)


def initial_of(rows: Iterable[Any]) -> dict[str, str]:
    """What the fields show of translations that are there."""
    return {
        f"translation_{number}_{name}": getattr(row, name)
        for number, row in enumerate(rows, 1)
        for name in ("language", *TEXTS)
    }


class TranslationFields:
    """Texts in as many languages as were asked for, each with its language; for a form."""

    def add_translations(self, count: int) -> None:
        """The fields of so many languages."""
        offered = [("", _("Choose a language")), *languages()] if count else []
        for number in range(1, count + 1):
            shown = self.initial.get(f"translation_{number}_language", "")
            unknown = [(shown, shown)] if shown and shown not in dict(offered) else []
            before = f"translation_{number}"
            self.fields[f"{before}_language"] = forms.ChoiceField(
                label=_("Language"), choices=[*offered, *unknown], required=False
            )
            self.fields[f"{before}_name"] = forms.CharField(
                label=_("Name of the initiative"), max_length=200, required=False
            )
            self.fields[f"{before}_summary"] = forms.CharField(
                label=_("In one sentence"), max_length=400, required=False
            )
            self.fields[f"{before}_description"] = forms.CharField(
                label=_("Description"),
                max_length=20_000,
                required=False,
                widget=forms.Textarea({"rows": 6}),
            )
        self.translation_count = count

    def translation_rows(self) -> list[tuple]:
        """The bound fields of each language."""
        return [
            tuple(self[f"translation_{number}_{name}"] for name in ("language", *TEXTS))
            for number in range(1, self.translation_count + 1)
        ]

    def may_add_language(self) -> bool:
        """Whether there is room for another."""
        return self.translation_count < MOST

    def clean_translations(self, cleaned: dict[str, Any]) -> None:
        """Each text has its language, each language is there once."""
        taken = {cleaned.get("description_language")}
        for number in range(1, self.translation_count + 1):
            name = f"translation_{number}_language"
            language = cleaned.get(name)
            if language is None or not self._texts(cleaned, number):
                continue
            if not language:
                self.add_error(name, _("In which language is this?"))
            elif language in taken:
                self.add_error(name, _("This language is there already."))
            taken.add(language)

    def _texts(self, cleaned: Mapping[str, Any], number: int) -> dict[str, str]:
        texts = {name: cleaned.get(f"translation_{number}_{name}") or "" for name in TEXTS}
        return texts if any(text.strip() for text in texts.values()) else {}

    def translations(self) -> list[dict[str, str]]:
        """Rows as content.set_parts() takes them; a language without any text is none."""
        given = self.cleaned_data
        rows = [
            (given[f"translation_{number}_language"], self._texts(given, number))
            for number in range(1, self.translation_count + 1)
        ]
        return [{"language": language, **texts} for language, texts in rows if texts]
