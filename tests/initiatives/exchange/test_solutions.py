"""Find a solution: a sentence in any language leads to initiatives and offers."""

import pytest
from django.contrib.gis.geos import Point

from initiatives.exchange.matching import solving
from initiatives.searching import lexicon
from tests.factories import InitiativeFactory, PlaceFactory
from tests.initiatives.exchange.fitting import offer

pytestmark = pytest.mark.django_db
ADDRESS = "/en/exchange/solutions/"
BERLIN = Point(13.405, 52.52, srid=4326)


@pytest.fixture
def there():
    """Somebody repairs bicycles in Lyon, somebody in Berlin; somebody else bakes bread."""
    found = {
        "lyon": InitiativeFactory(
            name="La Roue", summary="Atelier vélo : on répare ensemble.", theme="cycling", published=True
        ),
        "berlin": InitiativeFactory(
            name="Speiche",
            summary="Offene Fahrradwerkstatt.",
            theme="cycling",
            position=BERLIN,
            published=True,
        ),
        "bread": InitiativeFactory(name="Le Fournil", summary="Pain au levain.", published=True),
        "hidden": InitiativeFactory(name="Vélos", summary="Atelier vélo"),
    }
    lexicon.rebuild()
    return found


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Nous voulons réparer des vélos avec des jeunes", "fr"),
        ("We want to repair bicycles with young people", "en"),
        ("Queremos reparar bicicletas con jóvenes", "es"),
        ("Wir wollen mit Jugendlichen Fahrräder reparieren", "de"),
        ("Vogliamo riparare biciclette con i ragazzi", "it"),
    ],
)
def test_a_sentence_in_any_language_finds_who_does_it(there, sentence, language):
    asked = solving.understood(sentence)
    assert asked.language == language
    found = [one.initiative for one in solving.solutions(asked)]
    assert set(found) == {there["lyon"], there["berlin"]}


def test_near_a_town_only_those_around_it(there, client):
    PlaceFactory(name="Berlin", country="DE", position=BERLIN, search_names="|berlin")
    page = client.get(ADDRESS, {"need": "Fahrräder reparieren", "near": "Berlin"}).content.decode()
    assert "Speiche" in page
    assert "La Roue" not in page
    assert "Speaks of: " in page


def test_offers_that_fit_stand_beside_them(there, client):
    offer()
    page = client.get(ADDRESS, {"need": "We want to repair bicycles"}).content.decode()
    assert "Fahrradreparatur" in page
    assert "Not for us" not in page


def test_where_nothing_is_found_the_need_can_be_published(client):
    page = client.get(ADDRESS, {"need": "A submarine"}).content.decode()
    assert "No initiative was found for it" in page
    assert "/en/exchange/publish/?kind=need&amp;text=A+submarine" in page


@pytest.mark.parametrize(
    "data",
    [
        {"need": ""},
        {"need": "x" * 501},
        {"need": "bicycles", "near": "Nowhere-at-all"},
    ],
)
def test_what_cannot_be_used_is_said_at_the_field(client, data):
    answer = client.get(ADDRESS, data)
    assert answer.status_code == 400
    assert "id_near_error" in answer.content.decode() or "id_need_error" in answer.content.decode()


@pytest.mark.parametrize(
    "sentence", ["!!!", "& | :* ( '", "le la les", "'; DROP TABLE x; --", "日本語", "%s %(query)s"]
)
def test_odd_sentences_are_answered(client, there, sentence):
    assert client.get(ADDRESS, {"need": sentence}).status_code == 200
    assert client.get(ADDRESS, {"need": sentence + "\0"}).status_code == 400


def test_the_page_asks_few_questions(client, there, django_assert_max_num_queries):
    offer()
    address = f"{ADDRESS}?need=repair+bicycles"
    client.get(address)
    with django_assert_max_num_queries(22):
        client.get(address)
