"""Filters with ill will: refused, soon, and the process lives."""

import json
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

from .asking import refused

pytestmark = pytest.mark.django_db
ITEMS = "collections/initiatives/items"

# ── With ill will ───────────────────────────────────────────────────────────────────────────────
HOSTILE = [
    "", " ", "(", ")", "((", "name", "1", "'x'", "name =", "name = 'x' AND", "colour = 'red'", "name = 1",
    "name = TRUE",
    "founded = 'x'", "founded = 1e999", "founded = TRUE", "updated = 'yesterday'", "updated > DATE('2020-02-31')",
    "updated > TIMESTAMP('9999-12-31T23:59:59-23:59')",
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
