"""Pages of Features name what rows refer to as it is now, although they remember it as long as the version stands."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from geo.features import KeyedFeatures
from geo.related import knowing
from initiatives import actions
from initiatives.layers import INITIATIVES, PROPERTIES
from initiatives.models import Initiative, Network
from initiatives.selection import parse
from territories.enums import CollectiveStatus
from territories.models import Collective, Territory
from tests.bench.door_sql import feature_rows
from tests.factories import InitiativeFactory
from vocabulary.models import LegalForm, Licence, Theme

pytestmark = pytest.mark.django_db(transaction=True)

# What is changed behind the back of a process that has read a page already, one after another.
CHANGES = {
    "theme": lambda: Theme.objects.filter(slug="repair-cafes").update(slug="a-repair"),
    "legal form": lambda: LegalForm.objects.filter(pk=used_form().pk).update(slug="a-form"),
    "licence": lambda: Licence.objects.filter(code="ODbL-1.0").update(code="A-1.0"),
    "territory": lambda: Territory.objects.filter(code="FR-69").update(code="A-69"),
    "another territory": lambda: Territory.objects.filter(code="FR").update(code="ZZ"),
    "collective": lambda: Collective.objects.filter(slug="coll").update(slug="a-coll"),
    "collective withdrawn": lambda: Collective.objects.filter(slug="a-coll").update(
        status=CollectiveStatus.DRAFT
    ),
    "network": lambda: Network.objects.filter(slug="net").update(slug="a-net"),
    "parent archived": lambda: actions.archive(Initiative.objects.get(name="Parent"), by=None),
    "row deleted": lambda: Initiative.objects.get(name="Atelier 3").delete(),
}


def used_form() -> LegalForm:
    """A legal form that some rows have."""
    return Initiative.objects.get(name="Atelier 0").legal_form


def page(client, query: str = "") -> list[dict]:
    """Features of a page."""
    return client.get(f"/api/initiatives/?limit=1000{query}").json()["features"]


def exported(client, query: str = "") -> list[dict]:
    """The same as a file."""
    body = b"".join(client.get(f"/exports/initiatives.geojson?{query}").streaming_content)
    return json.loads(body)["features"]


def by_sql(query: str = "") -> list[dict]:
    """The same put together by PostgreSQL alone, which remembers nothing."""
    rows = parse(QueryDict(query)).initiatives().order_by("pk")
    return [json.loads(text) for text in feature_rows(rows)]


@pytest.fixture
def written(many) -> None:
    """Rows that refer to everything that a row can refer to."""
    parent = InitiativeFactory(name="Parent", published=True)
    licence = Licence.objects.get(code="ODbL-1.0")
    for name in ("Atelier 1", "Atelier 2"):
        child = Initiative.objects.get(name=name)
        actions.revise(child, by=None, values={"parent": parent, "licence": licence})


def test_a_page_follows_each_change_of_what_rows_refer_to(client, written):
    both = ("", "&located=any")
    before = [page(client, query) for query in both]
    for change, change_it in CHANGES.items():
        change_it()
        after = [page(client, query) for query in both]
        for query, was, found in zip(both, before, after, strict=True):
            assert found != was, (change, query)
            assert found == by_sql(query) == exported(client, query), (change, query)
        before = after


def test_a_change_that_is_not_committed_is_seen_by_itself_alone(client, written):
    before = page(client)
    with transaction.atomic():
        Theme.objects.filter(slug="repair-cafes").update(slug="a-repair")
        inside = page(client)
        transaction.set_rollback(True)
    assert {"a-repair"} <= {feature["properties"]["primary_theme"] for feature in inside}
    assert page(client) == before


def test_what_was_read_once_is_not_asked_for_again(client, written, monkeypatch):
    monkeypatch.setattr(INITIATIVES.remembered, "of", lambda keys, at: {})
    page(client)
    read: list = []
    monkeypatch.setattr(
        "geo.related.Related.read", lambda related, keys: read.append(related.key) or iter(())
    )
    page(client)
    assert read == []


def test_only_rows_that_changed_are_put_together_again(client, written, monkeypatch):
    before = page(client, "&located=any")
    changed = Initiative.objects.get(name="Atelier 3")
    actions.revise(changed, by=None, values={"founded": 1987})
    put_together = []
    plain = KeyedFeatures._written

    def watched(features, rows, known):
        found = plain(features, rows, known)
        put_together.extend(key for key, _text in found)
        return found

    monkeypatch.setattr(KeyedFeatures, "_written", watched)
    assert page(client) == [one for one in page(client, "&located=any") if one["geometry"]]
    assert put_together == [changed.pk]
    assert page(client, "&located=any") != before


def test_a_page_waits_few_times_for_the_database(client, written):
    page(client)
    with CaptureQueriesContext(connection) as seen:
        page(client)
    # The isolation level and the version; the rest goes by the driver's own cursors.
    assert len(seen) <= 4


def test_what_is_kept_has_an_end(written, monkeypatch):
    monkeypatch.setattr("geo.related.MOST", 2)
    territory, keys = PROPERTIES["territory"], list(Territory.objects.values_list("pk", flat=True))
    with knowing() as known:
        assert set(keys) <= known.of(territory, keys).keys()
        assert known.of(territory, keys[:1]).keys() == {None, keys[0]}


def test_a_stream_is_of_one_moment_and_in_parts(client, written, monkeypatch):
    monkeypatch.setattr("geo.features.SOME", 7)
    before = exported(client)
    assert len(before) > 14
    answer = client.get("/exports/initiatives.geojson")
    stream = iter(answer.streaming_content)
    parts = [next(stream), next(stream)]
    with ThreadPoolExecutor(1) as other:
        other.submit(_rename_theme).result()
    body = b"".join((*parts, *stream))
    answer.close()
    assert json.loads(body)["features"] == before
    assert exported(client) != before


def _rename_theme() -> None:
    try:
        CHANGES["theme"]()
    finally:
        connection.close()
