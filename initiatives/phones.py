"""Telephone numbers in the international form (E.164)."""

import re
from functools import lru_cache

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Most numbers are written like this; what is read here would come out of the library as it is, ten times slower.
WITH_COUNTRY_CODE = re.compile(r"\+[1-9][0-9](?:[ .-]?[0-9]){6,13}")
CODES = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
NOT_DIGIT = re.compile(r"[^0-9]")
# What is dialled for another country nearly everywhere.
DIALLED = re.compile(r"^\s*00(?=[1-9])")
# Codes that many countries share.
SHARED = {1, 7}


@lru_cache(maxsize=4_096)
def _code_length(beginning: str, length: int) -> int:
    """Digits of the country code where so many digits may be a number, and none but 0 is dialled first; else 0."""
    code = next((code for digits in (1, 2, 3) if (code := int(beginning[:digits])) in CODES), None)
    if code is None:
        return 0
    known = len(str(code))
    number = phonenumbers.PhoneNumber(code, int("1" * (length - known)))
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(CODES[code][0], None)
    is_plain = metadata is not None and metadata.national_prefix_for_parsing in (None, "0")
    return known if is_plain and phonenumbers.is_possible_number(number) else 0


def normalise_phone(text: str, country: str = "") -> str:
    """A number as E.164, read as dialled in a country (ISO 3166-1 alpha-2); ValueError if it is none."""
    if WITH_COUNTRY_CODE.fullmatch(text):
        digits = NOT_DIGIT.sub("", text)
        known = _code_length(digits[:3], len(digits))
        if known and digits[known] != "0":
            return f"+{digits}"
    try:
        number = phonenumbers.parse(text if country else DIALLED.sub("+", text), country or None)
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"expected a telephone number with its country code, came “{text[:40]}”") from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError(f"expected a telephone number, came “{text[:40]}”")
    if country and _is_local(text, number, country):
        raise ValueError(f"expected a telephone number with its area code, came “{text[:40]}”")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_local(text: str, number: phonenumbers.PhoneNumber, country: str) -> bool:
    """Whether a number lacks the 0 before an area code, and the area code itself as far as anybody can tell."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country, None)
    if metadata is None or metadata.national_prefix != "0" or text.lstrip("( ")[:1] in "0+":
        return False
    # Where all numbers are of one length, none is missing.
    return len(metadata.general_desc.possible_length) > 1 and not phonenumbers.is_valid_number(number)


def country_of(number: str) -> str:
    """The country (ISO 3166-1 alpha-2) of an E.164 number by its code; empty where many share it, or it is none."""
    codes = (int(number[1:end]) for end in (2, 3, 4) if number[1:end].isdigit())
    code = next((code for code in codes if code in CODES), 0)
    return CODES[code][0] if code and code not in SHARED else ""


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
