"""A query string parsed once: canonical, changed without being parsed again, strict at machine doors."""

import django_filters
import pytest
from django.http import QueryDict

from geo.errors import InvalidParameterError
from initiatives import selection
from initiatives.filters import InitiativeFilterSet
from initiatives.models import Initiative
from initiatives.selection import Selection, parse, parse_page
from tests.factories import InitiativeFactory


def read(query: str, **kwargs) -> Selection:
    """A selection as a machine door reads it."""
    return parse(QueryDict(query), **kwargs)


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("since=2010&q=bread", "q=bread&since=2010"),
        ("located=any&bbox=4,45,6,47&q=a", "q=a&bbox=4%2C45%2C6%2C47&located=any"),
        ("q=%20%20", ""),
        ("utm_source=x&q=a&fbclid=1&gclid=2&mc_eid=3", "q=a"),
        ("q=caf%C3%A9+%26+th%C3%A9", "q=caf%C3%A9+%26+th%C3%A9"),
    ],
)
@pytest.mark.django_db
def test_the_query_is_written_in_one_order(query, canonical):
    read_once = read(query)
    assert read_once.query == canonical
    assert read(read_once.query).query == canonical
    assert read_once.is_empty == (not canonical)


@pytest.mark.django_db
def test_values_are_cleaned_to_rows_and_numbers():
    cleaned = read("theme=repair-cafes,co-housing&since=2010&language=FR&bbox=4,45,6,47").cleaned
    assert [theme.slug for theme in cleaned["theme"]] == ["repair-cafes", "co-housing"]
    assert (cleaned["since"], cleaned["language"]) == (2010, ["fr"])
    assert cleaned["bbox"].as_tuple() == (4, 45, 6, 47)


@pytest.mark.django_db
def test_one_value_is_exchanged_and_the_rest_stays():
    before = read("q=bread&theme=co-housing&since=2010")
    assert before.with_values("theme", ["repair-cafes", "co-housing"]).query == (
        "q=bread&theme=repair-cafes&theme=co-housing&since=2010"
    )
    assert before.with_values("theme", []).query == "q=bread&since=2010"
    assert before.with_values("language", ["fr"]).query == "q=bread&theme=co-housing&language=fr&since=2010"
    assert before.query == "q=bread&theme=co-housing&since=2010"


def test_without_a_parameter_its_filter_does_nothing(bakery, django_assert_num_queries):
    InitiativeFactory(name="Atelier", theme="repair-cafes", published=True)
    narrow = read("theme=repair-cafes&q=fournil")
    assert not narrow.initiatives().exists()
    with django_assert_num_queries(0):
        looser = narrow.without("theme")
        assert (looser.query, looser.get("theme"), looser.get("q")) == ("q=fournil", (), ("fournil",))
    assert looser.initiatives().get() == bakery
    assert looser.without("q").is_empty
    assert narrow.query == "q=fournil&theme=repair-cafes"


@pytest.mark.django_db
def test_what_was_left_out_stays_out_of_every_link():
    shown, _errors, _unknown = parse_page(QueryDict("q=a&bbox=nowhere&since=2010"))
    assert shown.with_values("since", ["2011"]).query == "q=a&since=2011"
    assert shown.with_values("bbox", ["4,45,6,47"]).query == "q=a&since=2010&bbox=4%2C45%2C6%2C47"
    assert shown.without("q").with_values("theme", ["co-housing"]).query == "theme=co-housing&since=2010"


def test_parsing_asks_the_database_once_a_kind(bakery, django_assert_num_queries):
    with django_assert_num_queries(2):
        parsed = read("theme=repair-cafes,co-housing&territory=FR&since=2000")
        assert parsed.cleaned["territory"]
    with django_assert_num_queries(1):
        list(parsed.initiatives())


@pytest.mark.django_db
def test_an_unknown_name_is_refused_by_doors_and_told_by_pages():
    with pytest.raises(InvalidParameterError, match="Known filters: q, theme") as error:
        read("colour=red")
    assert error.value.parameter == "colour"
    shown, errors, unknown = parse_page(QueryDict("colour=red&q=bread&utm_id=1"))
    assert (shown.query, errors, unknown) == ("q=bread", {}, ["colour"])


@pytest.mark.django_db
def test_a_name_of_the_door_is_no_filter():
    assert read("limit=5&q=a", own=("limit",)).query == "q=a"
    with pytest.raises(InvalidParameterError, match="limit"):
        read("limit=5&q=a")


@pytest.mark.django_db
def test_a_page_leaves_out_what_it_cannot_use_and_says_so():
    shown, errors, unknown = parse_page(QueryDict("q=a&bbox=nowhere&theme=none&since=&located=perhaps"))
    assert shown.query == "q=a"
    assert (set(errors), unknown) == ({"bbox", "theme", "located"}, [])
    assert all(errors.values())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["since=2010&since=2011", "since=", "bbox=", "theme=", "theme=co-housing&theme="]
)
def test_a_door_refuses_what_is_doubled_or_empty(query):
    with pytest.raises(InvalidParameterError) as error:
        read(query)
    assert error.value.parameter == query.partition("=")[0]


def test_counts_agree_whatever_is_asked_of_position(bakery):
    InitiativeFactory(name="Everywhere", position=None, has_no_position=True, published=True)
    InitiativeFactory(name="Not yet")
    for query, matched in (
        ("", 1),
        ("located=yes", 1),
        ("located=no", 1),
        ("located=any", 2),
        ("q=every", 0),
    ):
        counts = read(query).counts()
        assert counts["matched"] == read(query).initiatives().count() == matched, query
        assert counts["total"] == 2
    assert read("q=every").counts() == {"matched": 0, "unlocated": 1, "total": 2}


# ── Parameters of higher rooms ──────────────────────────────────────────────────────────────────


class LongNames(django_filters.BooleanFilter):
    """A filter with its own method, as another room would add it."""

    def filter(self, rows, value):
        """Names of more than ten letters."""
        return rows.filter(name__regex="." * 11) if value else rows


@pytest.fixture
def long_names():
    """The parameter, for one test."""
    selection.register("long_names", LongNames())
    yield "long_names"
    del InitiativeFilterSet.base_filters["long_names"]


def test_a_registered_parameter_narrows_every_door(client, bakery, long_names):
    InitiativeFactory(name="Short", published=True)
    assert client.get("/api/count").json()["matched"] == 2
    assert client.get("/api/count?long_names=true").json()["matched"] == 1
    assert read("long_names=true&q=fournil").query == "q=fournil&long_names=true"
    (feature,) = client.get("/api/initiatives/?long_names=true").json()["features"]
    assert feature["id"] == str(bakery.uuid)


def test_a_parameter_is_registered_once(long_names):
    with pytest.raises(ValueError, match="long_names"):
        selection.register("long_names", LongNames())
    with pytest.raises(ValueError, match="theme"):
        selection.register("theme", LongNames())


def test_a_parameter_that_is_not_registered_is_unknown(client, bakery):
    assert client.get("/api/count?long_names=true").status_code == 400
    assert Initiative.objects.published().count() == 1


@pytest.mark.parametrize("year", ["000002020" + "0" * 4500, "02020", "999", "2101", "20²0", "٢٠٢٠", "-200"])
def test_a_year_is_four_digits(client, db, year):
    assert client.get("/api/count", {"since": year}).json()["parameter"] == "since"
    for address in ("/en/", "/en/initiatives/"):
        assert client.get(address, {"since": year}).status_code == 400
