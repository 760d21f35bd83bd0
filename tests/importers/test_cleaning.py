"""Single values: what is kept, mended, warned of, refused."""

import json

import pytest

from importers.cleaning import Cleaner
from importers.mapping import FIELDS, Mapping, Rule
from importers.places.countries import Countries
from importers.places.numbers import parse_number, parse_pair
from importers.records import Draft, Raw
from importers.text import html_to_text, lines, one_line
from importers.themes import ThemeGuesser
from importers.websites import normal_url
from importers.words import countries, themes, words


@pytest.fixture
def clean(db):
    """Cleans one record whose columns are named like the fields."""
    mapping = Mapping(fields={name: Rule((name,)) for name in FIELDS}, defaults={"country": "FR"})
    cleaner = Cleaner(mapping, words())

    def one(**values) -> Draft:
        values = {"name": "A", "tags": "co-housing", **values}
        draft = Draft(Raw(1, values), cleaner.texts.of(values))
        cleaner.clean(draft)
        return draft

    return one


@pytest.mark.parametrize(
    ("field", "came", "kept"),
    [
        ("name", "  Le\n Fournil\t", "Le Fournil"),
        ("name", "Chez <b>Léa</b> &amp; co", "Chez Léa & co"),
        ("postcode", "01000", "01000"),
        ("postcode", "1000.0", "01000"),
        ("country", "Österreich", "AT"),
        ("country", "uk", "GB"),
        ("country", "D", "DE"),
        ("country", "A", "AT"),
        ("website", "WWW.Example.ORG/Über", "http://www.example.org/Über"),
        ("phone", "04 72 00 00 00", "+33472000000"),
        ("phone", "tel:04 72 00 00 00", "+33472000000"),
        ("phone", "Tél. : 04 72 00 00 00 (accueil / bar)", "+33472000000"),
        ("phone", "04 72 00 00 00 accueil", "+33472000000"),
        ("phone", "+33 (0)4 72 00 00 00", "+33472000000"),
        ("email", "mailto:info@example.org", "info@example.org"),
        ("founded", "12/03/1998", 1998),
        ("opening_hours", "Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00"),
        ("opening_hours", "dim 9h-12h", "Su 09:00-12:00"),
        ("opening_hours", "Di 9:00-12:00", "Su 09:00-12:00"),
        ("tags", "#co-housing, bois; vélo", ["co-housing, bois", "vélo"]),
        ("description", "<p>One</p><script>x()</script><p>Two</p>", "One\nTwo"),
    ],
)
def test_good_values_are_kept_clean(clean, field, came, kept):
    assert getattr(clean(**{field: came}).row, field) == kept


@pytest.mark.parametrize(
    ("field", "came"),
    [
        ("website", "javascript:alert(1)"),
        ("website", "htttps://example.org"),
        ("website", "update6"),
        ("website", "http://user:secret@example.org"),
        ("email", "hidden"),
        ("phone", "12"),
        ("country", "Ruritania"),
        ("founded", "long ago"),
        ("opening_hours", "when we are there"),
        ("postcode", "69000 " * 10),
    ],
)
def test_warned_and_left_out(clean, field, came):
    draft = clean(**{field: came})
    assert [issue.field for issue in draft.issues] == [field]
    assert not draft.refused
    assert getattr(draft.row, field) in ("", None, "FR")


@pytest.fixture
def address_of(db):
    """Cleans one record of no stated country; gives street, postcode, town and country."""
    mapping = Mapping(fields={name: Rule((name,)) for name in FIELDS})
    cleaner = Cleaner(mapping, words())

    def one(**values) -> tuple[str, ...]:
        values = {"name": "A", "tags": "co-housing", **values}
        draft = Draft(Raw(1, values), cleaner.texts.of(values))
        cleaner.clean(draft)
        assert not draft.issues
        row = draft.row
        return row.street, row.postcode, row.locality, row.country, row.phone

    return one


def test_parts_of_an_address_come_into_their_fields(address_of):
    whole = ("12 rue du Test", "69007", "Lyon", "", "")
    assert address_of(street="12 rue du Test, 69007 Lyon") == whole
    assert address_of(street="12 rue du Test", locality="69007 Lyon") == whole
    assert address_of(street="12 rue du Test", postcode="69007 Lyon") == whole
    assert address_of(street="12 rue du Test, 69007 Lyon", postcode="69007", locality="LYON")[:2] == whole[:2]
    assert address_of(postcode="22765 Hamburg-Altona-Nord-West")[1:3] == ("22765", "Hamburg-Altona-Nord-West")


def test_what_a_record_says_itself_is_not_contradicted(address_of):
    street = "12 rue du Test, 69007 Lyon"
    assert address_of(street=street, locality="Villeurbanne")[:3] == (street, "", "Villeurbanne")
    assert address_of(street=street, postcode="69100")[:3] == (street, "69100", "")
    assert address_of(postcode="D-10997", country="FR")[1:4] == ("D-10997", "", "FR")


def test_letters_and_names_in_an_address_tell_the_country(address_of):
    assert address_of(postcode="D-10997", phone="030 901820")[1:] == ("10997", "", "DE", "+4930901820")
    assert address_of(street="12 rue du Test, 69007 Lyon, France", phone="04 72 00 00 00")[3:] == (
        "FR",
        "+33472000000",
    )
    # It tells how to read the telephone, and is not kept.
    assert address_of(postcode="LS1 4DY", phone="0113 496 0000")[3:] == ("", "+441134960000")


@pytest.mark.parametrize("name", ["", "   ", "-", "…", "x" * 201])
def test_rows_without_a_usable_name_are_refused(clean, name):
    assert clean(name=name).refused


def test_a_row_without_theme_is_refused(clean):
    draft = clean(tags="")
    assert draft.refused
    assert draft.issues[0].message == "no theme"


def test_countries_are_known_by_many_spellings(db):
    code = Countries(countries()).code
    spellings = {
        "Ελλάδα": "GR",
        "EL": "GR",
        "England": "GB",
        "Belgique": "BE",
        "fr": "FR",
        "DEU": "DE",
        "?": "",
    }
    assert {text: code(text) for text in spellings} == spellings


def test_themes_are_known_by_many_words(db):
    found = ThemeGuesser(themes()).themes
    assert found("Co-Housing")[0] == "co-housing"
    assert found("repair café")[0] == "repair-cafes"
    assert len(found("Agriculture et environnement")) == 2
    assert set(found("foodbank; repair café")) == {"food-aid-rescue", "repair-cafes"}
    assert found("something quite different") == ()


def test_numbers_are_read_as_written():
    assert parse_number("48,88") == 48.88
    assert parse_number("1.5° W") == -1.5
    assert parse_pair("[49,6; 2,7]") == (49.6, 2.7)
    assert parse_pair("49.6 2.7") == (49.6, 2.7)
    for text in ("", "nan", "inf", "1e999", "1,2,3", "12a"):
        with pytest.raises(ValueError, match="expected"):
            parse_number(text)


def test_addresses_and_html():
    assert normal_url("https://example.org:8080/a?b=c") == "https://example.org:8080/a?b=c"
    assert html_to_text("a < b &lt; c") == "a < b < c"
    assert json.dumps(html_to_text("x<br>y")) == '"x\\ny"'


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("«\xa0Du pain\u202f!\xa0»  dit-elle", "«\xa0Du pain\u202f!\xa0» dit-elle"),
        ("10\u202f500\xa0€", "10\u202f500\xa0€"),
        ("Le\xa0Jardin\xa0\xa0partagé", "Le Jardin partagé"),
        ("\xa0:\xa0", ":"),
        ("« \xa0pain", "« pain"),
    ],
)
def test_no_break_spaces_stay_where_typography_asks_for_them(text, kept):
    assert one_line(text) == kept
    assert lines(f"{text}\n{text}") == f"{kept}\n{kept}"
