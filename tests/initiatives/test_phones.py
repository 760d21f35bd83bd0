"""Telephone numbers that are read without the library come out as the library would read them."""

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives import phones

CODES = sorted(phones.CODES)


def by_the_library(text: str) -> str | None:
    """What phonenumbers makes of a text alone; None where it is no number."""
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def ours(text: str) -> str | None:
    try:
        return phones.normalise_phone(text)
    except ValueError:
        return None


@settings(max_examples=1_500, deadline=None)
@given(
    st.sampled_from(CODES),
    st.lists(st.sampled_from("0123456789"), min_size=3, max_size=13),
    st.sampled_from(["", " ", "-", "."]),
)
def test_any_number_with_its_country_code_is_read_as_by_the_library(code, digits, between):
    text = f"+{code}{between}{between.join(digits)}"
    assert ours(text) == by_the_library(text)


@pytest.mark.parametrize(
    ("text", "country", "read"),
    [
        ("+33 4 72 00 00 00", "", "+33472000000"),
        ("+33 04 72 00 00 00", "", "+33472000000"),
        ("04 72 00 00 00", "FR", "+33472000000"),
        ("+39 06 1234 5678", "", "+390612345678"),
        ("+49-30-901820", "", "+4930901820"),
        ("+1 212 555 0123", "", "+12125550123"),
        ("0033 4 72 00 00 00", "", "+33472000000"),
        ("472000000", "FR", "+33472000000"),
    ],
)
def test_usual_spellings_are_read(text, country, read):
    assert phones.normalise_phone(text, country) == read


def test_a_number_without_its_area_code_is_refused():
    with pytest.raises(ValueError, match="with its area code"):
        phones.normalise_phone("123400", "DE")
    assert phones.normalise_phone("030 123400", "DE") == "+4930123400"
    assert phones.normalise_phone("30 901820", "DE") == "+4930901820"


def test_the_code_of_a_number_tells_its_country():
    numbers = ("+33472000000", "+441134960000", "+35226123456", "+12125550123", "")
    assert [phones.country_of(number) for number in numbers] == ["FR", "GB", "LU", "", ""]
