"""Figures of offers and needs: what was settled, who waits, and how long a first answer takes."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from initiatives.exchange.figures import figures
from tests.factories import ExchangeFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
MADRID = {"locality": "Madrid", "country": "ES", "position": Point(-3.7, 40.4, srid=4326)}


def made(days_ago: float = 0, answered_after: float | None = None, **values) -> None:
    """One that was published some days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    answered = None if answered_after is None else at + timedelta(days=answered_after)
    if values.get("status", "open") != "open":
        values["ended_at"] = timezone.now()
    ExchangeFactory(published_at=at, first_answer_at=answered, **values)


@pytest.fixture
def exchanged(rhone):
    """In the region of Lyon, in Madrid and nowhere; with what does not count."""
    TerritoryFactory(code="AURA", names={"en": "Around Lyon"})
    TerritoryFactory(code="ES", scheme="country", country="ES", names={"en": "Spain"})
    made(20, 1, status="settled")
    made(20, 3, status="settled", **MADRID)
    made(20, 8, kind="need", category="job")
    made(15, kind="need", category="job")
    made(15, kind="need", category="funding", locality="", country="", position=None)
    made(13, kind="need", category="job")
    made(40, kind="offer", category="job")
    made(40, 9, status="removed")
    made(40, status="expired", kind="need", category="job")


def rows(client, query: str = "") -> list[dict]:
    """The table as a file."""
    answer = client.get(f"/en/figures/exchange.csv{query}")
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_the_file_has_all_categories_territories_and_both(client, exchanged):
    found = {(row["territory"], row["category"]): row for row in rows(client, "?scheme=region")}
    names = ("settled", "unanswered_needs", "median_days_to_first_answer")
    figures_of = {key: tuple(row[name] for name in names) for key, row in found.items()}
    assert figures_of["", ""] == ("2", "2", "3.00")
    assert figures_of["", "skill"] == ("2", "0", "2.00")
    assert figures_of["", "job"] == ("0", "1", "8.00")
    assert figures_of["", "funding"] == ("0", "1", "")
    assert figures_of["AURA", ""] == ("1", "1", "4.50")
    assert figures_of["AURA", "job"] == ("0", "1", "8.00")
    assert found["AURA", ""]["name"] == "Around Lyon"
    by_country = {(row["territory"], row["category"]): row for row in rows(client)}
    assert by_country["ES", ""]["settled"] == "1"


def test_the_page_tells_them_too(client, exchanged):
    body = client.get("/en/figures/?scheme=region").content.decode().partition('id="exchange"')[2]
    assert "Around Lyon" in body
    assert "Funding" in body
    assert 'href="/en/figures/exchange.csv?scheme=region"' in body
    other = client.get("/en/figures/?scheme=department").content.decode()
    assert "exchange.csv?scheme=country" in other


def test_the_page_says_that_there_is_nothing_yet(client, db):
    assert "Nothing was offered or looked for so far." in client.get("/en/figures/").content.decode()
    assert [row["settled"] for row in rows(client)] == ["0"]


@pytest.mark.parametrize(
    ("query", "parameter"), [("scheme=department", "scheme"), ("theme=reuse", "theme"), ("scheme=", "scheme")]
)
def test_what_the_file_does_not_know_is_refused(client, db, query, parameter):
    answer = client.get(f"/en/figures/exchange.csv?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter


@pytest.mark.parametrize("scheme", ["country", "region"])
def test_one_statement_tells_all(exchanged, scheme, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        assert figures(scheme).total.settled == 2
