"""Lists from the map index are those of SQL: page by page, after any change, whatever is chosen."""

import random

import pytest
from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.mapindex import order
from initiatives import actions, lists, mapped, presenting
from initiatives.models import Initiative, InitiativeTerritory, NetworkMembership
from initiatives.selection import parse
from tests.factories import InitiativeFactory
from tests.initiatives.pages import address
from tests.initiatives.test_mapped import ALL, SELECTIONS

pytestmark = pytest.mark.django_db(transaction=True)


def names_by_sql(selection) -> list[int]:
    """Keys of all matches by name, as the database sorts."""
    return list(selection.initiatives().order_by("search_name", "pk").values_list("pk", flat=True))


def assert_pages_fit(query: str, chance: random.Random, size: int = 7) -> None:
    """All pages one after another, and some cut anywhere, are the list of SQL."""
    selection = parse(QueryDict(query))
    expected = names_by_sql(selection)
    shown = []
    for start in range(0, len(expected) + size, size):
        shown += [row.pk for row in lists.page(selection, start, start + size)]
    assert shown == expected, query
    for _time in range(3):
        start, stop = sorted(chance.randint(0, len(expected) + 2) for _end in range(2))
        cut = lists.page(selection, start, stop)
        assert [row.pk for row in cut] == expected[start:stop], (query, start, stop)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=SELECTIONS, chance=st.randoms(use_true_random=False))
def test_pages_of_any_selection_are_those_of_sql(client, many, values, chance):
    assert_pages_fit("&".join(f"{name}={value}" for name, value in values.items()), chance)


def test_pages_of_every_parameter_are_those_of_sql(client, many):
    for query in ALL:
        assert_pages_fit(query, random.Random(query))


def test_all_but_some_keep_their_order(client, many):
    selection = parse(QueryDict("theme=co-housing"))
    expected = names_by_sql(selection)
    but = [expected[0], expected[3], 0]
    shown = [row.pk for row in lists.page(selection, 1, 4, but=but)]
    assert shown == [pk for pk in expected if pk not in but][1:4]


# ── Changes ─────────────────────────────────────────────────────────────────────────────────────
def change(chance: random.Random) -> None:
    """A new row, another name, or one fewer; names that are the same or lie side by side are frequent."""
    name = f"{chance.choice(('Atelier', 'Été', 'zone', '1'))} {chance.randint(0, 30)}"
    kind = chance.choice(("new", "name", "name", "archive", "delete", "back"))
    published = list(Initiative.objects.published())
    if kind == "new" or len(published) < 5:
        InitiativeFactory(name=name, position=Point(4.8, 45.7, srid=4326), published=True)
    elif kind == "name":
        actions.revise(chance.choice(published), by=None, values={"name": name})
    elif kind == "archive":
        actions.archive(chance.choice(published), by=None)
    elif kind == "delete":
        chance.choice(published).delete()
    else:
        Initiative.objects.filter(status="archived").update(status="published")


@pytest.mark.parametrize("seed", range(3))
def test_pages_follow_every_change(client, many, seed, monkeypatch):
    monkeypatch.setattr(lists.NAMES, "_read", CountedReads(lists.NAMES._read))
    chance = random.Random(seed)
    assert_pages_fit("", chance)
    for _step in range(12):
        for _change in range(chance.randint(1, 4)):
            change(chance)
        for query in ("", "theme=co-housing", "located=any"):
            assert_pages_fit(query, chance)
    assert lists.NAMES._read.times <= 1


class CountedReads:
    """How often everything was read."""

    def __init__(self, read) -> None:
        self.read, self.times = read, 0

    def __call__(self, *args):
        self.times += 1
        return self.read(*args)


def test_a_change_of_everything_is_read_anew(client, many):
    assert_pages_fit("", random.Random(1))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT geo_touch(true)")
        cursor.execute("UPDATE initiatives_initiative SET name = reverse(name) WHERE name <> ''")
    mapped.INDEX.build()
    assert_pages_fit("", random.Random(2))


def test_many_changes_are_read_anew_beside(client, many, monkeypatch):
    monkeypatch.setattr(order, "TAIL_MOST", 3)
    assert_pages_fit("", random.Random(1))
    for _number in range(5):
        change(random.Random(1))
        assert_pages_fit("", random.Random(1))
    if lists.NAMES._reader is not None:
        lists.NAMES._reader.join(10)
    assert_pages_fit("", random.Random(2))


def test_ids_too_far_apart_are_left_to_sql(client, many, monkeypatch):
    monkeypatch.setattr(order, "ROOM", -(10**6))
    monkeypatch.setattr(lists.NAMES, "_ranks", None)
    selection = parse(QueryDict("theme=co-housing"))
    try:
        for _time in range(2):
            assert lists.page(selection, 0, 5) is None
            shown = presenting.page_of(selection, selection.counts()["matched"], None)
            assert [row.pk for row in shown] == names_by_sql(selection)[: presenting.PAGE_SIZE]
            InitiativeFactory(name="Another", theme="co-housing", published=True)
    finally:
        lists.NAMES._ranks = None


# ── What things hold ────────────────────────────────────────────────────────────────────────────
def test_what_things_hold_is_what_sql_counts(client, many):
    chance = random.Random(5)
    for _step in range(4):
        published = Initiative.objects.published()
        for name, rows in (
            ("territory", InitiativeTerritory.objects.filter(initiative__in=published)),
            ("network", NetworkMembership.objects.filter(initiative__in=published, until=None)),
            ("collective", published.exclude(collective=None)),
        ):
            expected: dict[int, int] = {}
            for key in rows.values_list(f"{name}_id", flat=True):
                expected[key] = expected.get(key, 0) + 1
            assert {key: number for key, number in lists.held(name).items() if key} == expected, name
        for _change in range(3):
            change(chance)


@pytest.mark.parametrize("place", [("networks",), ("collectives",), ("territory", "FR"), ("initiatives",)])
def test_pages_are_those_of_sql(client, many, rhone, place):
    """The same text from the index as from SQL, which answers inside a transaction."""
    where = address(*place)
    ours = client.get(where).content
    with transaction.atomic():
        theirs = client.get(where).content
    assert ours == theirs


# ── Pages of Features ───────────────────────────────────────────────────────────────────────────
def test_features_go_on_as_in_sql(client, many):
    for query in ["theme=co-housing", "territory=FR-69", "located=any", "q=atelier&since=2005", "since=2100"]:
        following = f"/api/initiatives/?{query}&limit=4"
        while following:
            ours = client.get(following).json()
            with transaction.atomic():
                theirs = client.get(following).json()
            assert ours == theirs, following
            following = ours["next"]
