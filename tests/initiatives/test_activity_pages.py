"""The stream as a page and as Atom: by day, narrowed, page by page, cheap however much happened."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from community.groups.enums import GroupKind
from community.models import Activity
from initiatives.groups.actions import name_group
from initiatives.models import Initiative
from tests.community.groups import group_of
from tests.factories import (
    CollectiveFactory,
    GroupFactory,
    InitiativeFactory,
    PostFactory,
)

from .pages import address, page

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
EACH = 100


@pytest.fixture
def busy(cast, rhone):
    """Five hundred lines of five kinds about some things, a minute between two."""
    Activity.objects.all().delete()
    now, rows = timezone.now(), []
    own = CollectiveFactory(territory=rhone, name="Ours")
    made = [InitiativeFactory(name=f"Place {n}", published=True) for n in range(EACH)]
    Activity.objects.all().delete()
    for number, one in enumerate(made):
        group = GroupFactory(name=f"Circle {number}", territory=rhone)
        one.group_links.create(group=group)
        post = PostFactory(topic__group=group, topic__title=f"Flour {number}")
        keys = {
            "initiative": ("initiatives", one.uuid),
            "collective": ("collectives", CollectiveFactory(territory=rhone).pk),
            "group": ("groups", group.pk),
            "topic": ("topics", post.topic_id),
            "named": ("initiatives", f"{one.uuid}:{group.pk}"),
        }
        for kind, (room, key) in keys.items():
            at = now - timedelta(minutes=len(rows))
            rows.append(
                Activity(
                    kind=kind, room=room, key=str(key), at=at, group=group, territory=rhone, collective=own
                )
            )
    Activity.objects.bulk_create(rows)
    return own


def feed(client, query: str = "") -> ElementTree.Element:
    """A page of the feed."""
    answer = client.get(f"/feeds/activity.atom{query}")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def link(root: ElementTree.Element, rel: str) -> str:
    """A link of a feed by what it is for."""
    found = root.find(f"a:link[@rel='{rel}']", ATOM)
    return "" if found is None else found.get("href")


def test_an_empty_stream_says_what_will_stand_there(client, db):
    body = page(client, "activity")
    assert "Nothing has happened here yet" in body
    assert 'type="application/atom+xml"' in body


def test_the_page_tells_what_happened_where_and_when(client, cast, rhone):
    made = InitiativeFactory(name="<i>Le Fournil</i>", published=True)
    body = page(client, "activity")
    link = f'<a href="/en/initiatives/{made.slug}/"><strong>&lt;i&gt;Le Fournil&lt;/i&gt;</strong></a>'
    assert f"{link} is on the map" in body
    assert body.count("<h1") == 1
    # No name of whoever did it.
    Activity.objects.update(by=cast["moderator"])
    assert cast["moderator"].public_name not in page(client, "activity")


def test_lines_stand_by_day(client, busy):
    Activity.objects.filter(kind="initiative").update(at=timezone.now() - timedelta(days=3))
    Activity.objects.exclude(kind="initiative").update(at=timezone.now())
    assert len(re.findall(r'<h2 id="day-', page(client, "activity"))) == 1
    Activity.objects.exclude(kind="initiative").filter(
        pk__gt=Activity.objects.earliest("pk").pk + 20
    ).delete()
    assert len(re.findall(r'<h2 id="day-', page(client, "activity"))) == 2


def test_pages_lead_through_all_lines_once(client, busy):
    seen, query = [], ""
    while query is not None:
        body = client.get(address("activity") + query).content.decode()
        seen += re.findall(r"<li>(.*?) <span", body)
        older = re.search(r'rel="next" href="[^"?]*(\?[^"]+)"', body)
        query = older[1].replace("&amp;", "&") if older else None
    assert len(seen) == len(set(seen)) == 5 * EACH


@pytest.mark.parametrize(
    "query", ["territory=ZZ-1", "collective=none", "group=none", "cursor=x", "cursor=99999999999999999-1-2"]
)
def test_what_nobody_knows_is_400_on_the_page_and_at_the_door(client, rhone, query):
    assert client.get(f"{address('activity')}?{query}").status_code == 400
    answer = client.get(f"/feeds/activity.atom?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["parameter"] == query.split("=")[0]


@pytest.mark.parametrize("query", ["colour=red", "territory=", "group=a&group=b", "territory=F"])
def test_the_door_is_stricter_than_the_page(client, france, query):
    answer = client.get(f"/feeds/activity.atom?{query}")
    assert (answer.status_code, answer.json()["parameter"]) == (400, query.split("=")[0])


def test_people_may_type_names(client, busy):
    for query in ("territory=rhône", "collective=OURS", "group=circle+7"):
        answer = client.get(f"{address('activity')}?{query}")
        assert answer.status_code == 200, query
        assert 'class="tokens"' in answer.content.decode()
    body = client.get(f"{address('activity')}?group=circle+7&colour=red").content.decode()
    assert "Not understood, and left out: colour" in body
    assert "Flour 7<" in body
    assert "Flour 8<" not in body


def test_a_private_group_is_not_there_for_others(client, cast, bakery):
    secret = group_of(GroupKind.PRIVATE, cast["facilitator"], name="Secret circle")
    name_group(bakery, group=secret, by=None)
    own = f"{address('activity')}?group={secret.slug}"
    for reader in (None, cast["visitor"]):
        if reader:
            client.force_login(reader)
        assert client.get(own).status_code == 400
        assert client.get(f"{address('activity')}?group=Secret+circle").status_code == 400
    client.force_login(cast["facilitator"])
    answer = client.get(own)
    assert "belongs to the group" in answer.content.decode()
    assert "application/atom+xml" not in answer.content.decode()
    assert "private" in answer["Cache-Control"]
    # A feed is for all, whoever asks for it.
    assert client.get(f"/feeds/activity.atom?group={secret.slug}").status_code == 400


def test_places_show_the_last_five_lines(client, busy):
    for name, value in (("territory", "FR-69"), ("territory", "FR"), ("collective", busy.slug)):
        body = page(client, name, value)
        section = body[body.index('id="lately"') :]
        section = section[: section.index("</section>")]
        assert section.count("<time") == 5, name
        assert f"/activity/?{name}={value}" in section


def test_five_hundred_lines_cost_as_much_as_five(client, busy, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page(client, "activity")
    with django_assert_max_num_queries(5):
        feed(client)
    with django_assert_max_num_queries(6):
        feed(client, f"?collective={busy.slug}")


# ── Atom ────────────────────────────────────────────────────────────────────────────────────────


def test_the_feed_is_atom_of_everything_once(client, busy):
    ids, updated, at = [], [], "/feeds/activity.atom"
    while at:
        root = feed(client, at.partition(".atom")[2])
        assert root.findtext("a:author/a:name", None, ATOM)
        assert link(root, "self").endswith(at)
        ids += [one.text for one in root.findall("a:entry/a:id", ATOM)]
        updated += [one.text for one in root.findall("a:entry/a:updated", ATOM)]
        at = link(root, "next").removeprefix("http://testserver")
    assert len(ids) == len(set(ids)) == 5 * EACH
    assert all(re.fullmatch(r"tag:testserver,2026:activity/\d+", one) for one in ids)
    assert updated == sorted(updated, reverse=True)


def test_an_entry_says_the_sentence_and_leads_to_the_thing(client, cast):
    Activity.objects.all().delete()
    made = InitiativeFactory(name="Bread & \x0b<b>", published=True)
    (entry,) = feed(client).findall("a:entry", ATOM)
    assert entry.findtext("a:title", None, ATOM) == f"{made.name} is on the map".replace("\x0b", "")
    assert entry.find("a:link", ATOM).get("href").endswith(f"/initiatives/{made.slug}/")


def test_the_feed_takes_the_same_filters(client, busy, cast, rhone):
    Activity.objects.filter(kind="topic").update(territory=None)
    number = len(feed(client, "?territory=FR-69").findall("a:entry", ATOM))
    assert number == 50
    one = feed(client, f"?group={GroupFactory._meta.model.objects.get(name='Circle 3').slug}")
    assert len(one.findall("a:entry", ATOM)) == 5


def test_the_feed_is_asked_again_cheaply(client, bakery):
    for empty in (False, True):
        if empty:
            Initiative.objects.update(status="archived")
        etag = client.get("/feeds/activity.atom")["ETag"]
        again = client.get("/feeds/activity.atom", headers={"if-none-match": etag})
        assert again.status_code == 304
    assert feed(client).findall("a:entry", ATOM) == []
