"""Part 3 and CQL2: filters by hand, by chance, and with ill will."""

import json
import re
import subprocess
import sys
from contextlib import suppress
from time import monotonic
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.cql2 import tree_of
from geo.cql2.reading import DEEPEST, LONGEST
from geo.errors import InvalidParameterError
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
TREES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(_not, inner), st.builds(_joined, inner, inner, st.sampled_from(["AND", "OR"]))
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=TREES)
def test_basic_cql2_a_filter_means_what_python_says(client, rows, tree):
    text, holds = tree
    own = Initiative.objects.published().located().order_by("pk").values_list("founded", "name")
    assert names(client, filter=text) == [row[1] for row in own if holds(row) is True]


# ── With ill will ───────────────────────────────────────────────────────────────────────────────
HOSTILE = [
    "", " ", "(", ")", "((", "name", "1", "'x'", "name =", "name = 'x' AND", "colour = 'red'", "name = 1",
    "name = TRUE",
    "founded = 'x'", "founded = 1e999", "founded = TRUE", "updated = 'yesterday'", "updated > DATE('2020-02-31')",
    "updated > TIMESTAMP('2020-01-01T00:00:00')", "updated > TIMESTAMP('9999-12-31T23:59:59-23:59')",
    "name LIKE 'a\\'", "founded LIKE '1%'", "CASEI(founded) = 1", "founded = CASEI('1')", "CASEI(name, name) = 'x'",
    "CASEI() = 'x'", "name = slug", "1 = 1", "founded + 1 = 2", "pg_sleep(10) = 1", "position = 'x'",
    "geometry = 'x'", "geometry LIKE 'x'", "S_INTERSECTS(name, POINT(1 2))", "S_INTERSECTS(geometry, 'x')",
    "S_INTERSECTS(position, POINT(1 2))", "S_INTERSECTS(geometry, geometry)", "S_INTERSECTS(geometry)",
    "S_INTERSECTS(geometry, POINT(1e999 2))", "S_INTERSECTS(geometry, POINT(200 2))",
    "S_INTERSECTS(geometry, POINT(2 91))", "S_INTERSECTS(geometry, POINT EMPTY)",
    "S_INTERSECTS(geometry, POLYGON((0 0, 1 1)))", "S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 0 1)))",
    "S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))", "S_INTERSECTS(geometry, LINESTRING(0 0))",
    "S_INTERSECTS(geometry, BBOX(1,2,3))", "S_INTERSECTS(geometry, BBOX(1,9,3,4))", "S_WITHIN(geometry, POINT(1 2))",
    "S_INTERSECTS(geometry, LINESTRING(0 0, 0 0))", "T_AFTER(updated, DATE('2020-01-01'))", "name IN ()",
    "A_CONTAINS(tags, ('a'))", "name BETWEEN 'a' AND 'b'", "founded BETWEEN 1 AND 'x'", "name = 'x'; DROP TABLE x",
    "name = 'x' -- ", "\"name\" = \"x\"", "NOT " * 20 + "founded = 1", "founded = " + "-" * 30 + "1",
    "(" * 30 + "founded = 1" + ")" * 30, "(" * 40, "f(" * 300 + "1" + ")" * 300, "a IN " + "(" * 30,
    "founded = 1 AND " * 400 + "founded = 1", "1" + "+1" * 1500 + " = founded", "name = '" + "x" * 5000 + "'",
]  # fmt: skip
HOSTILE_JSON = [
    "", "x", "null", "[]", "{}", "1", '"x"', '{"op": "="}', '{"op": "=", "args": []}', '{"op": [], "args": []}',
    '{"op": "and", "args": []}', '{"op": "=", "args": [{"property": []}, 1]}', '{"op": "=", "args": [{}, 1]}',
    '{"op": "=", "args": [{"property": "name"}, "\\u0000"]}', '{"op": "=", "args": [{"property": "name"}, "\\ud800"]}',
    '{"op": "=", "args": [{"property": "founded"}, NaN]}', '{"op": "=", "args": [{"property": "founded"}, null]}',
    '{"op": "=", "args": [{"property": "founded"}, 1' + "0" * 400 + "]}",
    '{"op": "in", "args": [{"property": "name"}, 1]}',
    '{"op": "like", "args": [{"property": "name"}, {"op": "casei", "args": [1]}]}',
    '{"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Point"}]}',
    '{"op": "s_intersects", "args": [{"property": "geometry"}, {"type": [], "coordinates": 1}]}',
    '{"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Point", "coordinates": [[1, 2]]}]}',
    '{"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "Polygon", "coordinates": [1, 2]}]}',
    '{"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": ["a", 1, 2, 3]}]}',
    '{"op": "s_intersects", "args": [{"property": "geometry"}, {"type": "GeometryCollection", "geometries": [1]}]}',
    '{"op": "=", "args": [{"property": "updated"}, {"timestamp": 1}]}', "[" * 3000, '{"op": "not", "args": [' * 90,
    '{"op": "not", "args": [' * 90 + "true" + "]}" * 90,
]  # fmt: skip


def test_filter_bad_each_hostile_filter_is_refused_and_says_why(client, rows):
    for language, texts in (("cql2-text", HOSTILE), ("cql2-json", HOSTILE_JSON)):
        for text in texts:
            began = monotonic()
            answer = client.get(f"/ogc/{ITEMS}", {"filter": text, "filter-lang": language})
            assert answer.status_code == 400, (text[:80], answer.status_code, answer.content[:200])
            assert answer.json()["parameter"] == "filter"
            assert len(answer.json()["detail"]) > 20
            assert monotonic() - began < 3, text[:80]
    assert refused(client, ITEMS, **{"filter-lang": "sql", "filter": "a"})["parameter"] == "filter-lang"
    assert client.get(f"/ogc/{ITEMS}?filter={quote(chr(0))}").status_code == 400


FUZZ = """
import json, sys
from geo.cql2 import tree_of
from geo.errors import InvalidParameterError
for text in json.load(sys.stdin):
    try:
        tree_of(text)
    except InvalidParameterError:
        pass
print("done")
"""
PARTS = st.sampled_from([
    "(", "(", "(", ")", "NOT ", "NOT(", "-", "a", "1", "'x'", "'", '"', "=", " AND ", " OR ", " IN (", ",", "f(", "a=1",
    " LIKE ", " BETWEEN ", "CASEI(", "POINT(", "POLYGON((", "BBOX(", "+", "^", " ", "é", "\\", " IS NULL", "%", "''",
])  # fmt: skip


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(
        st.tuples(st.lists(PARTS, min_size=1, max_size=30), st.integers(1, 200), st.sampled_from(["", ")"])),
        max_size=40,
    )
)
def test_cql2_no_text_ends_the_process_or_holds_it_up(texts):
    made = [("".join(parts) * times + ends * times)[:LONGEST] for parts, times, ends in texts]
    began = monotonic()
    said = subprocess.run(
        [sys.executable, "-c", FUZZ],
        input=json.dumps(made),
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert said.stdout == "done\n", said.stderr[-500:]
    assert monotonic() - began < 40


@pytest.mark.parametrize(
    ("opens", "closes"), [("(", ")"), ("NOT (", ")"), ("a IN (", ")"), ("1+(", ")"), ("f(", ")")]
)
def test_cql2_the_deepest_text_that_may_come_is_read_soon(opens, closes):
    for filling in ("a=1", "a=1 !", "a=1 AND b=2 " * 40, ""):
        for depth in range(1, DEEPEST + 2):
            began = monotonic()
            with suppress(InvalidParameterError):
                tree_of(opens * depth + filling + closes * depth)
            assert monotonic() - began < 3, (opens, depth, filling[:10])
