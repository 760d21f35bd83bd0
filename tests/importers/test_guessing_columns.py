"""Which of several columns feeds a field, and what values say where headers say little."""

import pytest

from importers.errors import UnmappedError
from importers.guessing.table import guess
from importers.mapping import FileOptions
from importers.pipeline import run_import
from initiatives.models import Initiative
from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db
TOWNS = ("Lyon", "Nantes", "Rennes")
NAMES = ("Le Fournil", "La Remise", "Le Jardin")


def mapped(**columns):
    """A mapping from texts by column; `_` in a keyword stands for a blank."""
    return mapped_of({name.replace("_", " "): texts for name, texts in columns.items()})


def mapped_of(columns):
    """A mapping from texts by column."""
    rows = [dict(zip(columns, row)) for row in zip(*columns.values())]
    return guess(list(columns), rows, has_points=False, file=FileOptions())


def fed(mapping, name):
    """The columns that feed a field."""
    return mapping.fields[name].columns if name in mapping.fields else ()


@pytest.fixture
def towns(db):
    for name in TOWNS:
        PlaceFactory(name=name)


@pytest.mark.parametrize("header", ["Lieu", "Location", "Siège social", "Where are you based?"])
def test_towns_are_told_by_their_values(towns, header):
    assert fed(mapped_of({"Nom": NAMES, header: TOWNS}), "locality") == (header,)


def test_a_department_in_brackets_leaves_a_town(towns):
    assert fed(mapped(Initiative=NAMES, Lieu=("Lyon (69)", "Nantes (44)", "Rennes (35)")), "locality")


@pytest.mark.parametrize("header", ["Location", "Siège social", "Sede legale"])
def test_addresses_are_told_by_their_values(towns, header):
    addresses = ("1 rue Bleue", "2 rue Verte", "3 rue Rouge")
    assert fed(mapped_of({"Nom": NAMES, header: addresses}), "street") == (header,)


def test_a_place_that_is_no_town_is_the_name(towns):
    assert fed(mapped(Lieu=NAMES, Ville=TOWNS), "name") == ("Lieu",)


def test_the_structure_is_the_name_unless_a_clearer_one_stands_beside_it():
    assert fed(mapped(Structure=NAMES), "name") == ("Structure",)
    assert fed(mapped(Structure=("a", "b", "c"), Nom=NAMES), "name") == ("Nom",)


def test_answers_of_yes_and_no_are_no_names():
    assert not fed(mapped_of({"Is your organisation a cooperative?": ("yes", "no", "Yes")}), "name")


def test_answers_of_yes_and_no_are_no_towns_but_may_be_countries():
    assert not fed(mapped_of({"Nom": NAMES, "Avez-vous un local ?": ("oui", "non", "oui")}), "locality")
    assert fed(mapped(Name=NAMES, Country=("NO", "NO", "SI")), "country") == ("Country",)


def test_a_bare_number_beside_a_street_is_that_of_the_house():
    mapping = mapped(Nom=NAMES, Rue=("rue A", "rue B", "rue C"), Numéro=("1", "2 bis", "3"))
    assert mapping.fields["street"].columns == ("Rue", "Numéro")
    assert mapping.fields["street"].join == " "
    assert mapping.external_id == ""


def test_a_number_apart_from_the_street_is_no_house_number():
    mapping = mapped(Nummer=("1", "2", "3"), Name=NAMES, Straße=("Weg A", "Weg B", "Weg C"))
    assert (fed(mapping, "street"), mapping.external_id) == (("Straße",), "Nummer")


def test_streets_that_have_numbers_get_no_other():
    mapping = mapped(Nom=NAMES, Rue=("1 rue A", "2 rue B", "3 rue C"), Numéro=("7", "8", "9"))
    assert fed(mapping, "street") == ("Rue",)


def test_a_number_in_front_stays_in_front_in_french():
    mapping = mapped(NOM=NAMES, ADR_NUM=("1", "2", "3"), ADR_VOIE=("rue A", "rue B", "rue C"))
    assert fed(mapping, "street") == ("ADR NUM", "ADR VOIE")


def test_kind_name_and_number_of_a_street_belong_together():
    mapping = mapped(
        Nom=NAMES, Tipus_via=("carrer",) * 3, Nom_carrer=("Major", "Nou", "Vell"), Número=("1", "2", "3")
    )
    assert fed(mapping, "street") == ("Tipus via", "Nom carrer", "Número")
    assert fed(mapping, "name") == ("Nom",)


def test_another_name_is_taken_only_for_gaps():
    assert fed(mapped(Titre=NAMES, Dénomination=NAMES), "name") == ("Dénomination",)
    with_gap = mapped(Titre=NAMES, Dénomination=("", "", "Le Jardin"))
    assert {*fed(with_gap, "name")} == {"Titre", "Dénomination"}


def test_a_fixed_line_comes_before_a_mobile_one():
    fixed, mobile = ("04 78 00 00 00", "", ""), ("06 12 34 56 00", "06 12 34 56 01", "06 12 34 56 02")
    assert fed(mapped(Nom=NAMES, Tel_portable=mobile, Tel_fixe=fixed), "phone") == ("Tel fixe",)


def test_a_mobile_number_beside_persons_is_theirs():
    mobile = ("06 12 34 56 00", "06 12 34 56 01", "06 12 34 56 02")
    assert fed(mapped(Organisme=NAMES, Portable=mobile), "phone") == ("Portable",)
    assert not fed(mapped(Organisme=NAMES, Prénom=("A", "B", "C"), Portable=mobile), "phone")


def test_area_codes_belong_before_their_numbers():
    mapping = mapped(NAME=NAMES, TEL_VORWAHL=("030", "040", "089"), TEL_NR=("123400", "123401", "123402"))
    assert mapping.fields["phone"].columns == ("TEL VORWAHL", "TEL NR")


def test_the_address_of_who_answered_a_form_is_left_alone():
    answers = {
        "Horodateur": ("2023/01/12 10:00:33",) * 3,
        "Adresse e-mail": ("a@example.org", "b@example.org", "c@example.org"),
        "Quel est le nom de votre structure ?": NAMES,
    }
    assert not fed(mapped_of(answers), "email")
    theirs = {**answers, "E-mail de la structure": ("d@example.org", "e@example.org", "f@example.org")}
    assert fed(mapped_of(theirs), "email") == ("E-mail de la structure",)
    del answers["Horodateur"]
    assert fed(mapped_of(answers), "email") == ("Adresse e-mail",)


def test_a_name_beside_a_given_name_is_a_persons():
    mapping = mapped(Nom=("X", "Y", "Z"), Prénom=("A", "B", "C"), Association=NAMES)
    assert fed(mapping, "name") == ("Association",)


def test_main_themes_come_before_second_ones_and_legal_forms():
    mapping = mapped(
        orgType=("association", "cooperative", "association"),
        secondaryActivities=("repair café",) * 3,
        mainActivity=("repair café", "?", "?"),
        name=NAMES,
    )
    assert mapping.themes.columns == ("mainActivity", "secondaryActivities")


def test_a_vague_header_tells_themes_only_where_they_are_understood():
    assert mapped(Nom=NAMES, Art=("repair café", "repair café", "x")).themes.columns == ("Art",)
    assert not mapped(Nom=NAMES, Art=("repair café", "x", "y")).themes.columns


def test_remarks_describe_only_where_they_are_texts():
    long = tuple(f"{name} is a place where people repair what they have, together." for name in NAMES)
    assert fed(mapped(Nom=NAMES, Notes=long), "description") == ("Notes",)
    assert not fed(mapped(Nom=NAMES, Notes=("call again", "done", "?")), "description")
    assert not fed(mapped(Nom=NAMES, Résumé=("a", "b", "c"), Notes=long), "description")


def test_a_table_without_headers_is_read_by_its_values(towns, write_file):
    rows = [
        f"{number};{name};4{number}.7641;4.8357;6900{number};{town};a{number}@example.org"
        for number, (name, town) in enumerate(zip(NAMES, TOWNS), start=3)
    ]
    report = run_import(str(write_file("\n".join(rows))), network_slug="demo", write=True)
    assert fed(report.mapping, "name") == ("column_2",)
    assert (fed(report.mapping, "locality"), fed(report.mapping, "postcode")) == (
        ("column_6",),
        ("column_5",),
    )
    assert (report.mapping.position.longitude, report.mapping.position.latitude) == ("column_4", "column_3")
    # Nobody says whose they are.
    assert not fed(report.mapping, "email")
    assert Initiative.objects.count() == len(NAMES)
    assert any("no header row" in str(note) for note in report.notes)


def test_a_table_without_a_name_lists_whole_columns(write_file):
    columns = [f"Betrag im {number}. Jahr" for number in range(1, 41)]
    path = write_file(";".join(columns) + "\n" + ";".join("x" for _column in columns))
    with pytest.raises(UnmappedError) as caught:
        run_import(str(path), network_slug="demo")
    told = str(caught.value.reason).partition("(")[2].partition(")")[0]
    listed, _and, more = told.rpartition(" and ")
    assert columns[: len(listed.split(", "))] == listed.split(", ")
    assert more == f"{len(columns) - len(listed.split(', '))} more"


def test_a_table_without_headers_and_names_says_that_it_has_none(write_file):
    path = write_file("1;https://a.example.org\n2;https://b.example.org\n")
    with pytest.raises(UnmappedError, match="no header row"):
        run_import(str(path), network_slug="demo")
