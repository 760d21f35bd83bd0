"""Figures by territory: the index and SQL agree, rates, classes, white spots, orders, the page and the file."""

import csv
import io
import re

import pytest
from django.contrib.gis.geos import Point
from django.http import QueryDict
from django.utils.translation import override

from initiatives.figures import asking, counting
from initiatives.figures.classes import NONE, UNKNOWN, Classes
from initiatives.figures.describing import rate_text
from initiatives.figures.table import Table
from initiatives.selection import parse_page
from territories.models import Territory
from tests.conftest import square
from tests.factories import InitiativeFactory, TerritoryFactory

from .asking import counted


def make_country() -> None:
    """A country of four departments: twelve initiatives, two, none, and none where nobody counted the people."""
    france = TerritoryFactory(
        code="FR", scheme="country", names={"fr": "France"}, boundary=square(-5, 42, 8, 51), population=10_000
    )
    for place, (code, name, population) in enumerate(
        [
            ("FR-A", "=Ain", 4_000),
            ("FR-B", "Île", 2_000),
            ("FR-C", "Jura", 3_000),
            ("FR-D", "Lot", None),
        ]
    ):
        TerritoryFactory(
            code=code,
            scheme="department",
            parent=france,
            names={"fr": name},
            population=population,
            boundary=square(place, 45, place + 1, 46),
        )
    for number in range(14):
        InitiativeFactory(
            name=f"Place {number}",
            position=Point(0.5 if number < 12 else 1.5, 45.5, srid=4326),
            theme="food-agriculture" if number % 3 else "repair-cafes",
            published=True,
        )
    InitiativeFactory(name="At sea", position=Point(-20, 30, srid=4326), published=True)
    InitiativeFactory(name="Nowhere", position=None, has_no_position=True, published=True)
    InitiativeFactory(name="Draft", position=Point(2.5, 45.5, srid=4326))


@pytest.fixture
def country(db):
    """The same in a test that commits nothing."""
    make_country()


def table(query: str) -> Table:
    """The table for an address."""
    data = QueryDict(query)
    selection, errors, _unknown = parse_page(data, own=asking.OWN)
    asked, wrong = asking.read(data)
    assert not errors
    assert not wrong
    return Table(selection, asked)


def taken(client, query: str = "scheme=department") -> list[dict]:
    """Rows of the file."""
    answer = client.get(f"/en/figures/figures.csv?{query}")
    assert answer.status_code == 200, answer.content
    assert "attachment" in answer["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


QUERIES = [
    "",
    "theme=food-agriculture",
    "theme=repair-cafes&located=any",
    "located=no",
    "bbox=1,45,2,46",
    "q=place",
]


@pytest.mark.django_db(transaction=True)
def test_the_index_counts_as_the_database_does(words, monkeypatch):
    make_country()
    InitiativeFactory(name="Later", position=Point(2.5, 45.5, srid=4326), published=True)
    keys = list(Territory.objects.values_list("pk", flat=True))
    for query in QUERIES:
        selection, errors, _unknown = parse_page(QueryDict(query))
        assert not errors
        found = counting.mapped.answer(lambda view: counting._of_view(view, selection, keys, ("t",)))  # noqa: B023
        assert found is not None, "SQL answered"
        assert found == counting._counted(selection, keys), query


def test_rows_hold_what_lies_inside(country):
    rows = {row.code: row for row in table("scheme=department").rows}
    assert [rows[code].number for code in ("FR-A", "FR-B", "FR-C", "FR-D")] == [12, 2, 0, 0]
    assert rows["FR-A"].themes == {"food-agriculture": 8, "reuse-repair-circular": 4}
    assert (rows["FR-A"].rate, rows["FR-C"].rate, rows["FR-D"].rate) == (30, 0, None)
    food = table("scheme=department&theme=food-agriculture")
    assert [row.number for row in food.rows] == [8, 1, 0, 0]
    assert table("scheme=department").outside(15) == 1


def test_white_spots_are_where_people_live_and_nothing_is(country):
    white = table("scheme=department&show=white")
    assert [row.code for row in white.shown] == ["FR-C", "FR-B"]
    assert [row.code for row in table("scheme=department&show=white&sort=name").shown] == ["FR-B", "FR-C"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", "A B C D"),
        ("-name", "D C B A"),
        ("population", "B C A D"),
        ("-population", "A C B D"),
        ("-initiatives", "A B C D"),
        ("per_10000", "C B A D"),
        ("-per_10000", "A B C D"),
    ],
)
def test_a_table_is_sorted_and_what_is_unknown_comes_last(country, sort, expected):
    codes = [row.code.removeprefix("FR-") for row in table(f"scheme=department&sort={sort}").shown]
    assert " ".join(codes) == expected


def test_a_territory_of_the_selection_keeps_those_inside(country):
    TerritoryFactory(code="DE-X", scheme="department", boundary=square(13, 52, 14, 53))
    assert len(table("scheme=department").rows) == 5
    assert len(table("scheme=department&territory=FR").rows) == 4


def test_classes_are_quantiles_and_equal_values_share_one():
    classes = Classes([None, 0, 0, *range(1, 11)])
    assert [classes.of(value) for value in (None, 0, 1, 2, 3, 9, 10)] == [UNKNOWN, NONE, 1, 1, 2, 5, 5]
    assert (classes.without, classes.unknown) == (2, 1)
    assert [one.many for one in classes.classes] == [2] * 5
    same = Classes([3, 3, 3, 3])
    assert [(one.number, one.least, one.greatest, one.many) for one in same.classes] == [(1, 3, 3, 4)]
    assert Classes([]).classes == []
    many = Classes([1] * 9 + [100])
    assert [(one.number, one.many) for one in many.classes] == [(1, 9), (2, 1)]
    assert many.of(100) == 2


@pytest.mark.parametrize(
    ("rate", "text"),
    [(0, "0.00"), (0.00072, "0.00072"), (0.0123, "0.012"), (2.346, "2.35"), (1234, "1,234.00")],
)
def test_small_rates_keep_two_digits(rate, text):
    with override("en"):
        assert rate_text(rate) == text


def test_the_page_says_it_in_words_and_links_on(client, country):
    answer = client.get("/en/figures/?scheme=department")
    assert answer.status_code == 200
    body = answer.text
    assert '<a href="/en/territories/FR-A/">=Ain</a>' in body
    assert 'href="/en/?territory=FR-A"' in body
    assert "30.00" in body
    assert "not known" in body
    assert "1 initiative lies in none of these territories." in body
    assert 'aria-sort="descending"' in body
    spec = answer.context["spec"]
    assert spec["shapes"] == "/tiles/territories/department.json"
    assert spec["areas"]["FR-A"] == [2, "=Ain: 12 initiatives, 30.00 per 10,000 inhabitants"]
    assert spec["areas"]["FR-D"] == [UNKNOWN, "Lot: 0 initiatives"]
    assert [entry.label for entry in answer.context["legend"]] == [
        "No initiative",
        "10.00",
        "30.00",
        "Population not known",
    ]
    assert not answer.cookies
    by_number = client.get("/en/figures/?scheme=department&by=count").context
    assert by_number["spec"]["areas"]["FR-D"][0] == NONE


def test_all_themes_stand_in_columns_when_they_are_asked_for(client, country):
    body = client.get("/en/figures/?scheme=department&mix=all").text
    assert len(re.findall(r'<th scope="col" class="n theme">', body)) == 10
    assert "Main themes only" in body


def test_countries_come_first_and_the_territory_page_leads_on(client, country):
    assert client.get("/en/figures/").context["asked"].scheme == "country"
    body = client.get("/en/territories/FR/").text
    assert 'href="/en/figures/?scheme=department&amp;territory=FR"' in body


def test_long_tables_come_in_pages(client, country):
    for number in range(60):
        TerritoryFactory(code=f"YY-{number}", scheme="region", boundary=square(20, 40, 21, 41))
    first = client.get("/en/figures/?scheme=region&sort=name")
    assert first.text.count('<th scope="row">') == 50
    assert 'rel="next"' in first.text
    assert client.get("/en/figures/?scheme=region&sort=name&page=2").text.count('<th scope="row">') == 10
    assert len(taken(client, "scheme=region&page=2")) == 60


def test_an_empty_site_says_so(client, db):
    body = client.get("/en/figures/").text
    assert "No territory of this kind here" in body
    assert "figures-spec" not in body


def test_too_many_for_a_map_are_a_table(client, country, monkeypatch):
    monkeypatch.setattr("territories.shapes.MOST", 1)
    body = client.get("/en/figures/?scheme=department").text
    assert "figures-spec" not in body
    assert "too many of them for a map" in body
    assert '<th scope="row">' in body


def test_the_file_holds_the_same_with_all_themes(client, country):
    rows = taken(client)
    assert list(rows[0])[:6] == ["code", "name", "scheme", "population", "initiatives", "per_10000"]
    assert len(rows[0]) == 16
    by_code = {row["code"]: row for row in rows}
    ain, lot = by_code["FR-A"], by_code["FR-D"]
    assert (ain["name"], ain["scheme"], ain["population"]) == ("'=Ain", "department", "4000")
    assert (ain["initiatives"], ain["per_10000"], ain["food-agriculture"]) == ("12", "30.000000", "8")
    assert (lot["population"], lot["per_10000"], lot["initiatives"]) == ("", "", "0")
    assert [row["code"] for row in taken(client, "scheme=department&show=white")] == ["FR-C", "FR-B"]
    assert {row["initiatives"] for row in taken(client, "scheme=department&theme=co-housing")} == {"0"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("scheme=planet", "scheme"),
        ("sort=colour", "sort"),
        ("by=x", "by"),
        ("show=1", "show"),
        ("scheme=country&scheme=region", "scheme"),
        ("theme=nonsense", "theme"),
        ("bbox=1,2", "bbox"),
    ],
)
def test_what_cannot_be_used_is_told(client, country, query, parameter):
    page = client.get(f"/en/figures/?{query}")
    assert page.status_code == 400
    assert f"<code>{parameter}</code>" in page.text
    file = client.get(f"/en/figures/figures.csv?{query}")
    assert (file.status_code, file["Content-Type"]) == (400, "application/problem+json")
    assert file.json()["parameter"] == parameter


def test_unknown_names_are_left_out_on_the_page_and_refused_for_the_file(client, country):
    assert "Not understood" in client.get("/en/figures/?wat=1").text
    assert client.get("/en/figures/figures.csv?wat=1").status_code == 400
    assert client.get("/en/figures/figures.csv?utm_source=x").status_code == 200


def test_it_takes_the_same_statements_however_many_there_are(client, country):
    def asked(address: str) -> int:
        with counted() as statements:
            assert client.get(address).status_code == 200
        return len(statements)

    pages = (
        "/en/figures/?scheme=department",
        "/en/figures/figures.csv?scheme=department&theme=food-agriculture",
    )
    few = [asked(address) for address in pages]
    for number in range(20):
        TerritoryFactory(code=f"ZZ-{number}", scheme="department", boundary=square(20, 40, 21, 41))
        InitiativeFactory(name=f"More {number}", position=Point(20.5, 40.5, srid=4326), published=True)
    assert [asked(address) for address in pages] == few
    assert few[0] <= 16, few
    assert few[1] <= 9, few
