"""Search: what comes first, how words go on, and whatever is typed."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives import actions, mapped
from initiatives.models import Initiative, Word
from initiatives.searching import beginnings, ranking, suggesting
from tests.factories import TerritoryFactory

from .asking import counted
from .pages import address
from .searches import made, names, suggested

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


@pytest.mark.parametrize(
    "limits", [{"many": 0, "frequent": 10**9}, {"many": 0, "frequent": 0}, {"many": 10**9}]
)
def test_suggestions_are_the_same_whichever_way_they_are_gathered(client, monkeypatch, limits):
    expected = ordered()
    monkeypatch.setattr(beginnings, "ASKED", beginnings.statement(**limits))
    assert [row["name"] for row in suggested(client, "compost")["initiatives"]] == expected[:5]
    found = [row["name"] for row in suggested(client, "grand comp")["initiatives"]]
    assert found == ["Le grand compost"]
    assert [row["name"] for row in suggested(client, "marche")["initiatives"]] == ["Place du marché"]


@pytest.mark.parametrize("limits", [{"many": 0, "frequent": 10**9}, {"many": 0, "frequent": 0}])
def test_a_frequent_word_suggests_though_few_are_weighed(client, monkeypatch, limits):
    made(*(f"Le jardin {number}" for number in range(8)), "Un jardinage")
    monkeypatch.setattr(beginnings, "ASKED", beginnings.statement(cap=5, **limits))
    monkeypatch.setattr(suggesting, "ASKED", suggesting.statement(cap=5))
    assert len(suggested(client, "jardi")["initiatives"]) == 5


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


@pytest.mark.parametrize("more", [{}, {"theme": "repair-cafes"}, {"located": "any"}])
def test_beyond_the_cap_the_database_alone_gives_the_same_order(client, monkeypatch, more):
    made(*(f"Lieu {number:02} atelier" for number in range(20)), theme="repair-cafes")
    made("Atelier premier", "Atelier second", theme="co-housing")
    made("Un atelier sans lieu", position=None, has_no_position=True, theme="repair-cafes")
    monkeypatch.setattr(ranking, "CAP", 5)
    monkeypatch.setattr(ranking, "NAMES", 3)
    remembered = names(client, "atelier", **more)
    assert names(client, "atelier", **more) == remembered
    monkeypatch.setattr(mapped, "answer", lambda make, at_once=True: None)
    assert names(client, "atelier", **more) == remembered


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


def test_a_word_is_completed_though_the_initiative_it_was_seen_in_is_gone(client):
    made("Jardin de la rivière", "La rivière haute")
    actions.archive(Initiative.objects.order_by("pk")[0], by=None)
    assert suggested(client, "riv")["completions"] == ["rivière"]
    assert suggested(client, "jardin riv")["completions"] == []


def test_what_has_no_place_on_the_map_completes_nothing(client):
    made("Réseau sonore", position=None, has_no_position=True)
    found = suggested(client, "son")
    assert found["initiatives"]
    assert found["completions"] == []


def test_a_whole_word_and_a_single_letter_are_not_completed(client):
    made("Atelier")
    assert suggested(client, "atelier")["completions"] == []
    assert suggested(client, "mon a")["completions"] == []


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


@pytest.mark.parametrize(("language", "scheme"), [("fr", "région"), ("de", "Region"), ("en", "region")])
def test_suggestions_speak_the_language_of_their_address(client, language, scheme):
    TerritoryFactory(code="FR-ARA", names={"fr": "Auvergne", "en": "Auvergne"}, scheme="region")
    answer = client.get(
        address("suggest", language=language), {"q": "auver"}, headers={"accept-language": "it"}
    )
    assert [row["scheme"] for row in answer.json()["territories"]] == [scheme]
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=120))
def test_suggesting_never_fails(client, words):
    if not Word.objects.exists():
        made("Atelier du Pont", "L’Épicerie", "Łódź", "日本語")
    suggested(client, words)


@pytest.mark.parametrize(
    ("words", "most"),
    [("atel", 2), ("atleier", 5), ("zzzzzz", 4), ("atelier du po", 3), ("du port atleier", 5)],
)
def test_suggestions_take_a_bounded_number_of_statements(client, words, most):
    made(*(f"Atelier du pont {number}" for number in range(12)), "Atelier du port", "Atelier du poste")
    with counted() as statements:
        first = suggested(client, words)
    assert len(statements) <= most
    with counted() as again:
        assert suggested(client, words) == first
    assert len(again) < len(statements)


def test_a_new_initiative_is_suggested_though_the_beginning_is_remembered(client):
    made("Atelier du pont")
    suggested(client, "atel")
    made("Atelier du port")
    found = suggested(client, "atel")
    assert [row["name"] for row in found["initiatives"]] == ["Atelier du pont", "Atelier du port"]
