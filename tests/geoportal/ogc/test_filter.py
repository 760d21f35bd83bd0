"""Part 3 and CQL2: filters by hand, by chance, and with ill will."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.cql2 import tree_of
from initiatives.filters import InitiativeFilterSet
from initiatives.models import Initiative

from .asking import get, names, refused
from .conftest import NAMES

pytestmark = pytest.mark.django_db
ITEMS = "collections/initiatives/items"


# ── Queryables ──────────────────────────────────────────────────────────────────────────────────
def test_queryables_success_every_property_that_is_named_can_be_asked(client, rows, groups):
    for collection in ("initiatives", "collectives", "territories"):
        answer = client.get(f"/ogc/collections/{collection}/queryables")
        assert answer["Content-Type"] == "application/schema+json"
        schema = answer.json()
        assert schema["$id"] == f"http://testserver/ogc/collections/{collection}/queryables"
        assert schema["additionalProperties"] is False
        assert schema["properties"]["geometry"]["format"].startswith("geometry-")
        for name, one in schema["properties"].items():
            everything = get(client, f"collections/{collection}/items")["numberMatched"]
            null = get(client, f"collections/{collection}/items", filter=f"{name} IS NULL")["numberMatched"]
            there = get(client, f"collections/{collection}/items", filter=f"{name} IS NOT NULL")[
                "numberMatched"
            ]
            assert null + there == everything
            if name != "geometry":
                value = "1" if one["type"] == "number" else "2020-01-01" if "format" in one else "x"
                get(
                    client,
                    f"collections/{collection}/items",
                    **({name: value} if name != "collective" else {}),
                )


def test_queryables_name_nothing_that_means_something_else(client):
    own = set(get(client, "collections/initiatives/queryables")["properties"])
    assert own & set(InitiativeFilterSet.base_filters) == {"collective"}
    assert not own & {"position", "street", "postcode", "locality", "territory", "legal_form"}


def test_queryables_query_parameters_ask_for_one_value(client, rows, groups):
    assert names(client, name="Ärzte") == ["Ärzte"]
    assert names(client, founded="1996") == ["atelier 1"]
    assert names(client, founded="1996", name="Ärzte") == []
    assert names(client, "collectives", slug="own") == ["Own"]
    assert refused(client, ITEMS, founded="x")["parameter"] == "founded"
    assert refused(client, ITEMS, founded="nan")["parameter"] == "founded"
    assert refused(client, ITEMS, updated="yesterday")["parameter"] == "updated"
    assert refused(client, ITEMS, position="1")["parameter"] == "position"


# ── Operators ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name = 'Ärzte'", ["Ärzte"]),
        ("'Ärzte' = name", ["Ärzte"]),
        ("1997 > founded", ["Ärzte", "atelier 1"]),
        ("founded BETWEEN 1996 AND 1997", ["atelier 1", "Atelier 2"]),
        ("founded NOT BETWEEN 1996 AND 2002", ["Ärzte"]),
        ("name LIKE 'atelier%'", ["atelier 1"]),
        ("CASEI(name) LIKE CASEI('ATELIER%')", ["atelier 1", "Atelier 2"]),
        ("ACCENTI(CASEI(name)) LIKE ACCENTI(CASEI('éPICERI_'))", ["Épicerie", "épicerie"]),
        ("CASEI(name) = CASEI('ÉPICERIE')", ["Épicerie", "épicerie"]),
        ("ACCENTI(name) = ACCENTI('Arzte')", ["Ärzte"]),
        (r"name LIKE '%\%%'", ["100% vélo"]),
        (r"name LIKE 'a\_b'", ["a_b"]),
        ("name IN ('a_b', 'l''atelier', 'nothing')", ["a_b", "l'atelier"]),
        ("founded IN (1995, 2001.5)", ["Ärzte"]),
        ("CASEI(name) IN (CASEI('A_B'))", ["a_b"]),
        ("founded IS NULL AND address_locality = 'Lyon' AND name NOT IN ('l''atelier')",
         ["Le Fournil des Deux Rives", "Épicerie"]),
        ("NOT (founded > 1995) ", ["Ärzte"]),
        ("name = 'a_b' OR (founded = 1996 AND primary_theme = 'repair-cafes')", ["atelier 1", "a_b"]),
        ("S_INTERSECTS(geometry, BBOX(179, -17, -179, -16))", ["Far"]),
        ("S_INTERSECTS(POINT(4.8 45.7), geometry)", ["Ärzte"]),
        ("S_INTERSECTS(geometry, POLYGON((4.79 45.6, 4.86 45.6, 4.86 45.71, 4.79 45.71, 4.79 45.6)))",
         ["Ärzte", "atelier 1"]),
        ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(4.8 45.7), LINESTRING(179 -16.5, 180 -16.5)))",
         ["Ärzte", "Far"]),
        ("S_INTERSECTS(geometry, MULTIPOINT((4.8 45.7), (4.85 45.7)))", ["Ärzte", "atelier 1"]),
        ("FALSE", []),
        ("NOT TRUE OR name = 'a_b'", ["a_b"]),
        ("updated < DATE('2001-01-01')", []),
        ("name = 'a_b' AND updated > TIMESTAMP('2001-01-01T00:00:00Z')", ["a_b"]),
    ],
)  # fmt: skip
def test_cql2_text_each_operator_does_what_it_says(client, rows, text, found):
    assert sorted(names(client, filter=text)) == sorted(found)
    tree = json.dumps(tree_of(text))
    assert sorted(names(client, **{"filter": tree, "filter-lang": "cql2-json"})) == sorted(found)


def test_filter_is_joined_with_everything_else(client, rows):
    more = {"filter": "founded > 1995", "theme": "repair-cafes", "bbox": "4.8,45,4.9,46"}
    assert names(client, **more) == ["atelier 1"]
    assert get(client, ITEMS, **more)["numberMatched"] == 1


def test_filter_an_instant_is_what_the_feature_shows(client, rows):
    shown = get(client, ITEMS)["features"][0]["properties"]
    Initiative.objects.filter(name="Far").update(updated_at="2020-05-05T10:00:00.7Z")
    assert names(client, filter="updated = TIMESTAMP('2020-05-05T10:00:00Z')") == ["Far"]
    assert shown["name"] in names(client, filter=f"created = TIMESTAMP('{shown['created']}')")


# ── By chance, against Python ───────────────────────────────────────────────────────────────────
WORDS = st.sampled_from([*NAMES, "Far", "zzz", ""])
YEARS = st.sampled_from([1994, 1995, 1997, 1999.5, 2001, 2100])
SIGNS = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}
PATTERNS = {"%": ".*", "_": "."}


def _known(test):
    """In SQL's logic nothing is known of null."""
    return lambda row: None if row[0] is None else test(row)


def _compared(name: str, value, sign: str):
    place = 0 if name == "founded" else 1
    said = (
        f"{name} {sign} {value}" if place == 0 else f"{name} {sign} '{value.replace(chr(39), chr(39) * 2)}'"
    )

    def holds(row):
        return None if row[place] is None else SIGNS[sign](row[place], value)

    return said, holds


def _not(one):
    text, holds = one
    return f"NOT ({text})", lambda row: None if holds(row) is None else not holds(row)


def _joined(first, second, word):
    def holds(row):
        both = [first[1](row), second[1](row)]
        decides = word == "OR"
        if decides in both:
            return decides
        return None if None in both else not decides

    return f"({first[0]}) {word} ({second[0]})", holds


def _like(text: str):
    pattern = "".join(PATTERNS.get(one, re.escape(one)) for one in text)
    said = text.replace("'", "''")
    return f"name LIKE '{said}'", lambda row: re.fullmatch(pattern, row[1], re.DOTALL) is not None


ATOMS = st.one_of(
    st.builds(_compared, st.just("founded"), YEARS, st.sampled_from(sorted(SIGNS))),
    st.builds(_compared, st.just("name"), WORDS, st.sampled_from(sorted(SIGNS))),
    st.just(("founded IS NULL", lambda row: row[0] is None)),
    st.builds(_like, st.text("aAé%_ 1t", max_size=5)),
)
TWO = st.one_of(
    ATOMS, st.builds(_not, ATOMS), st.builds(_joined, ATOMS, ATOMS, st.sampled_from(["AND", "OR"]))
)
TREES = st.one_of(TWO, st.builds(_not, TWO), st.builds(_joined, TWO, TWO, st.sampled_from(["AND", "OR"])))


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=TREES)
def test_basic_cql2_a_filter_means_what_python_says(client, rows, tree):
    text, holds = tree
    own = Initiative.objects.published().located().order_by("pk").values_list("founded", "name")
    assert names(client, filter=text) == [row[1] for row in own if holds(row) is True]
