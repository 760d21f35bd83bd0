"""Telephone numbers in the international form (E.164)."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def normalise_phone(text: str, country: str = "") -> str:
    """A number as E.164, read as dialled in a country (ISO 3166-1 alpha-2); ValueError if it is none."""
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"expected a telephone number with its country code, came “{text[:40]}”") from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError(f"expected a telephone number, came “{text[:40]}”")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable_phone(number: str) -> str:
    """The usual international spelling of an E.164 number."""
    return phonenumbers.format_number(
        phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )


def validate_phone(value: str) -> None:
    """Refuse what is not in E.164."""
    try:
        normalised = normalise_phone(value)
    except ValueError:
        normalised = ""
    if normalised != value:
        raise ValidationError(
            _("Expected a telephone number with country code such as +33199001234."), code="phone"
        )
