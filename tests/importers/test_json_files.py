"""JSON wherever its records stand, read part by part."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.errors import BadFileError
from importers.readers import json_text
from importers.readers.flat import flattened

from .sources import opened

ROWS = [{"name": "Atelier", "town": "Lyon"}, {"name": "Fab lab", "town": "Metz", "extra": 1}]


def read(file, **options):
    """(columns, values of the records) of a file."""
    source, records = opened(file, **options)
    return source.columns, [record.values for record in records]


@pytest.mark.parametrize(
    "document",
    [
        ROWS,
        {"data": ROWS},
        {"meta": {"count": 2, "links": [{"a": 1}]}, "result": {"items": ROWS}},
        {"name": "an export", "rows": ROWS * 6},
    ],
)
def test_records_are_found_at_any_place(write_file, document):
    columns, values = read(write_file(json.dumps(document), "a.json"))
    assert columns == ["name", "town", "extra"]
    assert values[:2] == ROWS


def test_objects_kept_by_their_keys(write_file):
    _columns, values = read(write_file(json.dumps({"entities": {"a1": ROWS[0], "b2": ROWS[1]}}), "a.json"))
    assert [(row["key"], row["name"]) for row in values] == [("a1", "Atelier"), ("b2", "Fab lab")]


def test_a_document_that_is_one_record(write_file):
    _columns, values = read(write_file(json.dumps({"name": "Atelier", "links": [{"url": "x"}]}), "a.json"))
    assert values == [{"name": "Atelier", "links.url": ["x"]}]


def test_a_place_may_be_named(write_file):
    path = write_file(json.dumps({"many": ROWS * 3, "few": {"ones": ROWS}}), "a.json")
    assert len(read(path)[1]) == 6
    assert read(path, path="few.ones")[1] == ROWS
    with pytest.raises(BadFileError, match=r"no list other; expected one of many, few\.ones"):
        read(path, path="other")


def test_what_is_no_object_is_refused_by_row(write_file):
    _source, records = opened(write_file('[{"name": "a"}, 7, {"name": NaN}]', "a.json"))
    assert [bool(record.refused) for record in records] == [False, True, False]
    assert records[2].values == {"name": "NaN"}


@pytest.mark.parametrize(
    ("content", "came"),
    [
        ('[{"name": "a"}', "not JSON"),
        ('[{"name": "a"}]]', "more after its end"),
        ('{"name" "a"}', "in place of :"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": ' * 3 + '{"b": ' * 60_000, "nested too deeply"),
        ('{"a": 1, "b": "x"}', "without a list of objects"),
        ("[]", "without a list of objects"),
        ('[{"a": 1}, "\xff"', "not JSON"),
        (json.dumps([{f"c{n}": 1 for n in range(3_000)}]), "more than 2,000 names"),
    ],
)
def test_bad_documents_are_refused_in_one_line(write_file, content, came):
    path = write_file(content.encode("latin-1"), "a.json")
    with pytest.raises(BadFileError, match=came) as error:
        read(path)
    assert "\n" not in str(error.value)


def test_one_value_may_not_be_larger_than_memory(write_file, monkeypatch):
    monkeypatch.setattr(json_text, "LONGEST", 5_000)
    monkeypatch.setattr(json_text, "BLOCK", 1_000)
    with pytest.raises(BadFileError, match="more than 5,000 characters"):
        read(write_file(json.dumps([{"name": "x" * 20_000}]), "a.json"))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    rows=st.lists(st.dictionaries(st.text(max_size=8), VALUES, max_size=5), min_size=1, max_size=8),
    block=st.integers(1, 40),
)
def test_part_by_part_is_the_same_as_at_once(tmp_path_factory, rows, block):
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    usual, json_text.BLOCK = json_text.BLOCK, block
    try:
        with json_text.JSONText(path) as text:
            assert list(text.items()) == rows
            text.end()
    finally:
        json_text.BLOCK = usual


def test_lists_of_objects_are_told_apart_by_their_names():
    assert flattened({"a": [{"n": 1, "o": {"p": 2}}, {"n": 3}], "b": [1, 2], "c": {"d": [[1], [2]]}}) == {
        "a.n": [1, 3],
        "a.o": ['{"p": 2}'],
        "b": [1, 2],
        "c.d": "[[1], [2]]",
    }
