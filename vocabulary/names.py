"""Names kept by language in one JSON object, read in the language of the page."""

import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("fr", "en", "es", "de", "it")


def in_language(texts: dict[str, str], language: str | None = None) -> str:
    """The text for a language, else English, French or whatever there is; empty when there is none."""
    for code in (language or get_language() or "fr", "en", "fr"):
        if texts.get(code[:2]):
            return texts[code[:2]]
    return next((text for text in texts.values() if text), "")


def in_order(name: str) -> str:
    """Key that sorts names as people do: É beside E, capitals and small letters alike."""
    return unicodedata.normalize("NFKD", name.casefold())


def validate_texts(value: object) -> None:
    """Refuse anything but an object of language code to text."""
    if not isinstance(value, dict) or not all(
        isinstance(code, str) and 2 <= len(code) <= 3 and isinstance(text, str)
        for code, text in value.items()
    ):
        raise ValidationError(_("Expected an object of language code to text, such as en: …"))


class TextsField(models.JSONField):
    """Texts by language code (ISO 639-1): {"fr": "…", "en": "…"}."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_texts]


class Named(models.Model):
    """Something with a name in several languages."""

    names = TextsField(_("names"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name in the language of the page."""
        return in_language(self.names)
