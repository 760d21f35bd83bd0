"""Search: what comes first, how words go on, what else may have been meant."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives import actions
from initiatives.models import Initiative, Word
from initiatives.searching import correcting, ranking
from tests.factories import PlaceFactory

from .pages import address
from .searches import made, names, proposed, suggested

pytestmark = pytest.mark.django_db

HOSTILE = [
    "'",
    '"; DROP TABLE initiatives_word; --',
    "%",
    "_%\\",
    "🧶",
    "🧶 atelier",
    "!!! … ???",
    "a:* & !b | (c <-> d)",
    "x" * 200,
    "é" * 90,
    "ﷺ" * 20,
    "½ ² ①",
    "\u202e abc",
    "л" * 50,
    "日本語",
    " ".join("abcdefgh"),
    "co\u0301op",
    "{0} %s %(words)s",
]


# ── What comes first ────────────────────────────────────────────────────────────────────────────
def ordered() -> list[str]:
    """One initiative of each kind that has the word, made in another order than they shall come."""
    made("Un autre lieu", summary="Tout sur le compost")
    made("Le bon endroit", tags=["compost"])
    made("Place du marché", locality="Compost")
    made("Le grand compost")
    made("Compost et compagnie", "Compost", "Composteurs réunis")
    return [
        "Compost",
        "Compost et compagnie",
        "Composteurs réunis",
        "Le grand compost",
        "Place du marché",
        "Le bon endroit",
        "Un autre lieu",
    ]


def test_names_come_before_towns_before_tags_before_summaries(client):
    expected = ordered()
    assert names(client, "compost") == expected


def test_suggestions_come_in_the_same_order(client):
    expected = ordered()
    assert [row["name"] for row in suggested(client, "compost")["initiatives"]] == expected[:5]


@pytest.mark.parametrize("words", ["ÉPICERIE", "epicerie", "Épicèr", "  épicerie !"])
def test_accents_and_case_do_not_matter_and_a_beginning_is_enough(client, words):
    made("L’Épicerie du Pont")
    assert names(client, words) == ["L’Épicerie du Pont"]
    assert suggested(client, words)["initiatives"][0]["name"] == "L’Épicerie du Pont"


def test_only_the_last_word_may_be_a_beginning(client):
    made("Atelier du Pont")
    assert names(client, "atelier po")
    assert not names(client, "atel pont")


def test_without_words_a_list_is_in_the_order_of_names(client):
    made("Zèbre", "abeille", "Écluse")
    rows = re.findall(
        r'<li class="row".*?<a href="[^"]*">(.*?)</a>', client.get(address("initiatives")).content.decode()
    )
    assert rows == ["abeille", "Écluse", "Zèbre"]


def test_beyond_the_cap_no_match_is_missing_or_comes_twice(client, monkeypatch):
    made(*(f"Lieu {number:02} atelier" for number in range(70)))
    made("Atelier premier", "Atelier second")
    monkeypatch.setattr(ranking, "CAP", 5)
    monkeypatch.setattr(ranking, "NAMES", 3)
    pages = [names(client, "atelier", page=str(number)) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [30, 30, 12]
    assert pages[0][:3] == ["Atelier premier", "Atelier second", "Lieu 00 atelier"]
    assert sorted(name for page in pages for name in page) == sorted(
        Initiative.objects.values_list("name", flat=True)
    )
    assert client.get("/api/count?q=atelier").json()["matched"] == 72


def test_the_cap_leaves_other_filters_in_force(client, monkeypatch):
    made("Atelier vélo", "Atelier bois", "Atelier bois et vélo", theme="repair-cafes")
    made("Atelier ailleurs", theme="co-housing")
    monkeypatch.setattr(ranking, "CAP", 1)
    monkeypatch.setattr(ranking, "NAMES", 1)
    found = names(client, "atelier", theme="repair-cafes")
    assert sorted(found) == ["Atelier bois", "Atelier bois et vélo", "Atelier vélo"]


@pytest.mark.parametrize("page", ["initiatives", "map", "initiative_rows"])
def test_the_order_costs_the_same_whatever_the_number(client, page):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(page), {"q": "atelier"}).status_code == 200
        return len(captured)

    made("Atelier un", "Atelier deux")
    asked()
    few = asked()
    made(*(f"Atelier {number}" for number in range(20)))
    assert asked() <= few


# ── How words go on ─────────────────────────────────────────────────────────────────────────────
def test_the_word_that_is_typed_goes_on_as_it_is_written(client):
    made("Une épicerie", "L'épicerie de Die", "L'Épinette")
    assert suggested(client, "épi")["completions"] == ["épicerie", "épinette"]
    assert suggested(client, "l'epi")["completions"] == ["l'épicerie", "l'épinette"]


def test_the_words_used_most_come_first_and_three_are_enough(client):
    made("composteur", "compost", "compost du port", "comptoir", "compagnie")
    assert suggested(client, "comp")["completions"] == ["compost", "compagnie", "composteur"]


def test_a_completion_never_leads_to_nothing(client):
    made("Jardin de la rivière", "Forge du rivage")
    assert suggested(client, "jardin riv")["completions"] == ["jardin rivière"]
    for row in Initiative.objects.all():
        actions.archive(row, by=None)
    assert suggested(client, "riv")["completions"] == []


def test_what_has_no_place_on_the_map_completes_nothing(client):
    made("Réseau sonore", position=None, has_no_position=True)
    found = suggested(client, "son")
    assert found["initiatives"]
    assert found["completions"] == []


def test_a_whole_word_and_a_single_letter_are_not_completed(client):
    made("Atelier")
    assert suggested(client, "atelier")["completions"] == []
    assert suggested(client, "mon a")["completions"] == []


# ── What else may have been meant ───────────────────────────────────────────────────────────────
MISSPELT = [
    ("L’épicerie du coin", "epiceire", "épicerie"),
    ("Recyclerie du Rhône", "recylerie", "recyclerie"),
    ("Fahrradwerkstatt Süd", "farradwerkstat", "fahrradwerkstatt"),
    ("Genossenschaft Grün", "Genosenschaft", "genossenschaft"),
    ("Huerto de la Peña", "huetro", "huerto"),
    ("Asociación de vecinos", "asosiacion", "asociación"),
    ("Cooperativa La Città", "coperattiva", "cooperativa"),
    ("Community garden", "comunity gardn", "community garden"),
    ("Łódź food hub", "lozd", "łódź"),
    ("Repair Café", "repaircafé", "repair café"),
    ("Supermarché paysan", "super marche", "supermarché"),
]


@pytest.mark.parametrize(("name", "typed", "meant"), MISSPELT)
def test_a_misspelt_word_is_corrected_in_every_language(client, name, typed, meant):
    made(name, "Tout autre chose")
    assert proposed(client, typed)[0] == meant
    assert proposed(client, typed, page="map")
    assert suggested(client, typed)["corrections"][0] == meant
    assert name in names(client, meant)


def test_a_proposal_must_match_under_the_other_filters(client):
    made("Recyclerie", theme="repair-cafes")
    assert proposed(client, "recylerie", theme="repair-cafes") == ["recyclerie"]
    assert proposed(client, "recylerie", theme="co-housing") == []


def test_a_proposal_keeps_the_other_filters(client):
    made("Recyclerie", theme="repair-cafes")
    body = client.get(address("initiatives"), {"q": "recylerie", "theme": "repair-cafes"}).content.decode()
    link = re.search(r'href="([^"]*)"[^>]*data-proposal', body)[1].replace("&amp;", "&")
    assert link == f"{address('initiatives')}?q=recyclerie&theme=repair-cafes"
    assert "Recyclerie" in client.get(link).content.decode()


def test_nothing_is_proposed_where_something_matched(client):
    made("Recylerie", "Recyclerie", "Recyclerie du port")
    assert names(client, "recylerie") == ["Recylerie"]
    assert proposed(client, "recylerie") == []
    assert suggested(client, "recylerie")["corrections"] == []


def test_nothing_is_proposed_where_the_words_are_right_and_the_filters_too_narrow(client):
    made("Recyclerie", theme="repair-cafes")
    made("Recycleries", theme="co-housing")
    assert proposed(client, "recyclerie", theme="cooperative-groceries") == []


def test_nothing_is_proposed_where_only_those_without_a_place_match(client):
    made("Recylerie", position=None, has_no_position=True)
    made("Recyclerie")
    assert proposed(client, "recylerie") == []


def test_words_that_lead_to_nothing_together_are_not_proposed(client):
    made("Jardin du nord", "Atelier du sud")
    assert proposed(client, "jardn du suud") == []


def test_the_more_used_word_comes_first_among_equals(client):
    made("Fort", "Pont", "Pont vieux", "Pond")
    assert proposed(client, "ponz") == ["pont", "pond"]


def test_a_town_that_is_found_needs_no_correction(client):
    made("Lion d’or")
    PlaceFactory(name="Liom")
    found = suggested(client, "liom")
    assert found["places"]
    assert found["corrections"] == []


def test_long_texts_are_not_read_word_by_word(client, django_assert_max_num_queries):
    made("Atelier")
    with django_assert_max_num_queries(3):
        assert correcting.corrections("atelir " * 12, Initiative.objects.matching) == []


# ── Whatever is typed ───────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(client, words):
    made("Atelier du Pont", "日本語", "Co-op")
    assert suggested(client, words).keys() == {
        "initiatives",
        "completions",
        "places",
        "territories",
        "corrections",
    }
    for page in ("initiatives", "map", "initiative_rows", "initiative_panel"):
        assert client.get(address(page), {"q": words}).status_code == 200
    assert Word.objects.exists()


@pytest.mark.parametrize("words", ["", " ", "a", "!!", "’’’", "%%"])
def test_what_has_no_word_suggests_nothing(client, words):
    made("Atelier")
    assert not any(suggested(client, words).values())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=120))
def test_suggesting_never_fails(client, words):
    if not Word.objects.exists():
        made("Atelier du Pont", "L’Épicerie", "Łódź", "日本語")
    suggested(client, words)


@pytest.mark.parametrize(
    ("words", "most"), [("atel", 9), ("atleier", 12), ("zzzzzz", 9), ("atelier du po", 9)]
)
def test_suggestions_take_a_bounded_number_of_statements(client, django_assert_max_num_queries, words, most):
    made(*(f"Atelier du pont {number}" for number in range(12)), "Atelier du port", "Atelier du poste")
    with django_assert_max_num_queries(most):
        suggested(client, words)
