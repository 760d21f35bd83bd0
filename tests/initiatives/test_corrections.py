"""Search: what else may have been meant where nothing matches."""

import re

import pytest

from initiatives.models import Initiative
from initiatives.searching import correcting
from tests.factories import PlaceFactory

from .pages import address
from .searches import made, names, proposed, suggested

pytestmark = pytest.mark.django_db

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


def test_a_word_that_is_known_is_kept_where_another_explains_it(client):
    made("Jardin du pont", "Jardins du port", "Jardin du port")
    assert proposed(client, "jardin du porrt") == ["jardin du port", "jardin du pont"]
    assert set(proposed(client, "jardins du pont")) == {
        "jardin du pont",
        "jardins du port",
        "jardin du port",
    }


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
