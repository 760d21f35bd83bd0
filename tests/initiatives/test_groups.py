"""Initiatives and their working groups: who names them, what is kept, what the page of a group shows."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections, transaction

from community.models import Group
from initiatives.groups import actions
from initiatives.history.describing import described
from initiatives.history.reading import versions
from initiatives.merging import actions as merging
from initiatives.models import InitiativeGroup
from tests.factories import CollectiveFactory, GroupFactory, InitiativeFactory
from tests.initiatives.pages import address, minimap, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def ovens(cast):
    """An open group of whoever runs the collective of the bakery."""
    return GroupFactory(name="Shared ovens", slug="ovens", animators=[cast["facilitator"]])


@pytest.fixture
def secret(cast):
    """A private one of theirs."""
    return GroupFactory(name="Quietly", slug="quietly", kind="private", animators=[cast["facilitator"]])


# ── Rights ──────────────────────────────────────────────────────────────────────────────────────
IN_IT, OUT_OF_IT = "in the group", "not in the group"
# Whoever may edit and is in it, and who may do both for all; nobody by being in the group alone.
MAY_NAME = {
    ("facilitator", IN_IT),
    ("steward", IN_IT),
    ("moderator", IN_IT),
    ("moderator", OUT_OF_IT),
    ("admin", IN_IT),
    ("admin", OUT_OF_IT),
}
# Who edits takes it out of a group that they know of.
MAY_UNNAME = MAY_NAME | {("facilitator", OUT_OF_IT), ("steward", OUT_OF_IT)}
ROLES = [
    "visitor",
    "facilitator",
    "other_facilitator",
    "moderator",
    "steward",
    "animator",
    "treasurer",
    "admin",
]


@pytest.mark.parametrize("place", [IN_IT, OUT_OF_IT])
@pytest.mark.parametrize("role", ROLES)
def test_who_edits_and_belongs_names_a_group(cast, bakery, role, place):
    group = GroupFactory(members=[cast[role]] if place == IN_IT else [])
    told = {}
    for verb, allowed in ((actions.name_group, MAY_NAME), (actions.unname_group, MAY_UNNAME)):
        try:
            with transaction.atomic():
                verb(bakery, group=group, by=cast[role])
        except PermissionDenied:
            told[verb.__name__] = False
        else:
            told[verb.__name__] = True
        assert told[verb.__name__] == ((role, place) in allowed), verb
    assert not bakery.group_links.exists() or not told["unname_group"]


def test_nobody_takes_an_initiative_out_of_a_group_that_they_do_not_know(cast, bakery, secret):
    actions.name_group(bakery, group=secret, by=cast["facilitator"])
    with pytest.raises(PermissionDenied):
        actions.unname_group(bakery, group=secret, by=cast["steward"])
    assert bakery.group_links.exists()


def test_an_archived_group_is_named_by_nobody_and_left_by_all(cast, bakery, ovens):
    actions.name_group(bakery, group=ovens, by=cast["facilitator"])
    Group.objects.update(archived_at=bakery.created_at)
    with pytest.raises(PermissionDenied):
        actions.name_group(InitiativeFactory(), group=ovens, by=cast["moderator"])
    actions.unname_group(bakery, group=ovens, by=cast["facilitator"])
    assert not bakery.group_links.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_name_a_group_at_once_name_it_once(cast, bakery, ovens):
    barrier, failed = Barrier(2), []

    def name():
        try:
            barrier.wait(10)
            actions.name_group(bakery, group=ovens, by=cast["facilitator"])
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=name) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not failed
    assert InitiativeGroup.objects.count() == 1


# ── History ─────────────────────────────────────────────────────────────────────────────────────
def told(initiative) -> list[tuple]:
    """Of each version, the newest first: who made it, and the groups that it tells."""
    found = versions(initiative)
    seen = described(found, found, everything=True)
    return [
        (one.by, seen[one.number].told["groups"].value if "groups" in seen[one.number].told else ())
        for one in found
    ]


def test_naming_is_a_version_and_unnaming_another(cast, bakery, ovens):
    before = bakery.updated_at
    actions.name_group(bakery, group=ovens, by=cast["facilitator"])
    bakery.refresh_from_db()
    assert bakery.updated_at > before
    actions.name_group(bakery, group=ovens, by=cast["facilitator"])
    actions.unname_group(bakery, group=ovens, by=cast["moderator"])
    assert told(bakery)[:3] == [
        (cast["moderator"], ()),
        (cast["facilitator"], ("Shared ovens",)),
        (told(bakery)[2][0], ()),
    ]


def test_history_says_nothing_of_a_private_group(cast, bakery, secret):
    before, updated = told(bakery), bakery.updated_at
    actions.name_group(bakery, group=secret, by=cast["facilitator"])
    assert told(bakery) == before
    actions.unname_group(bakery, group=secret, by=cast["facilitator"])
    assert told(bakery) == before
    bakery.refresh_from_db()
    assert bakery.updated_at == updated


def test_history_hides_a_group_that_has_become_private(cast, bakery, ovens):
    actions.name_group(bakery, group=ovens, by=cast["facilitator"])
    actions.unname_group(bakery, group=ovens, by=cast["facilitator"])
    Group.objects.update(kind="private")
    assert not any(groups for _by, groups in told(bakery))


def test_who_named_it_may_go_without_a_version_of_its_own(cast, bakery, ovens):
    actions.name_group(bakery, group=ovens, by=cast["facilitator"])
    before = len(versions(bakery))
    InitiativeGroup.objects.update(by=None)
    assert len(versions(bakery)) == before


def test_a_merge_unites_the_groups_and_a_split_parts_them(cast, bakery, ovens):
    other, gardens = InitiativeFactory(name="Le Four", published=True), GroupFactory()
    for one, group in ((bakery, ovens), (other, ovens), (other, gardens)):
        actions.name_group(one, group=group, by=None)
    merge = merging.merge(other, into=bakery, by=None)
    assert set(bakery.group_links.values_list("group", flat=True)) == {ovens.pk, gardens.pk}
    merging.split(merge, by=None)
    assert set(bakery.group_links.values_list("group", flat=True)) == {ovens.pk}
    assert set(other.group_links.values_list("group", flat=True)) == {ovens.pk, gardens.pk}


# ── Naming on pages ─────────────────────────────────────────────────────────────────────────────
def test_its_people_name_a_group_of_theirs_and_take_it_out_again(client, cast, bakery, ovens, secret):
    client.force_login(cast["facilitator"])
    here = address("initiative_groups", bakery.slug)
    assert here in page(client, "initiative", bakery.slug)
    assert "Shared ovens" in page(client, "initiative_groups", bakery.slug)
    for group in (ovens, secret):
        assert client.post(here, {"group": group.slug}).url == here
    assert set(bakery.group_links.values_list("by", flat=True)) == {cast["facilitator"].pk}
    # What was done is told once.
    page(client, "initiative_groups", bakery.slug)
    shown = page(client, "initiative", bakery.slug)
    assert ">Shared ovens</a>" in shown
    # Its page is the same for everyone, so it is silent to members too.
    assert "Quietly" not in shown
    assert "Quietly" in page(client, "initiative_groups", bakery.slug)
    assert client.post(here, {"unname": "ovens"}).url == here
    assert [link.group for link in bakery.group_links.all()] == [secret]


def test_others_who_edit_see_no_private_group(client, cast, bakery, secret):
    actions.name_group(bakery, group=secret, by=cast["facilitator"])
    client.force_login(cast["steward"])
    assert "Quietly" not in page(client, "initiative_groups", bakery.slug)
    here = address("initiative_groups", bakery.slug)
    # As one that is not there.
    for name in ("quietly", "nothing"):
        assert client.post(here, {"unname": name}).status_code == 404
        refused = client.post(here, {"group": name})
        assert refused.status_code == 400
        assert "Quietly" not in refused.content.decode()


@pytest.mark.parametrize("sent", [{}, {"group": ""}, {"group": "a" * 9_999}, {"group": "é'"}, {"unname": ""}])
def test_what_cannot_be_named_is_refused(client, cast, bakery, ovens, sent):
    client.force_login(cast["facilitator"])
    assert client.post(address("initiative_groups", bakery.slug), sent).status_code in (400, 404)
    assert not bakery.group_links.exists()


def test_who_may_not_edit_names_nothing(client, cast, bakery, ovens):
    draft = InitiativeFactory(name="Draft")
    for role, published, hidden in (("visitor", 403, 404), ("moderator", 200, 200)):
        client.force_login(cast[role])
        assert client.get(address("initiative_groups", bakery.slug)).status_code == published
        assert client.get(address("initiative_groups", draft.slug)).status_code == hidden


def test_naming_without_end_is_stopped(client, cast, bakery, ovens, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "name_group": "1/h/user"}
    client.force_login(cast["facilitator"])
    here = address("initiative_groups", bakery.slug)
    assert client.post(here, {"group": "ovens"}).status_code == 302
    assert client.post(here, {"unname": "ovens"}).status_code == 429
    assert bakery.group_links.exists()


def test_the_page_for_naming_stays_within_its_budget(client, cast, bakery, django_assert_max_num_queries):
    for _number in range(20):
        group = GroupFactory(members=[cast["facilitator"]])
        actions.name_group(bakery, group=group, by=None)
        GroupFactory(members=[cast["facilitator"]])
    client.force_login(cast["facilitator"])
    with django_assert_max_num_queries(14):
        client.get(address("initiative_groups", bakery.slug))


# ── The page of a group ─────────────────────────────────────────────────────────────────────────
def test_a_group_shows_what_it_is_and_holds(client, cast, bakery, ovens, rhone):
    Group.objects.update(territory=rhone)
    actions.name_group(bakery, group=ovens, by=None)
    actions.name_group(InitiativeFactory(name="Not yet"), group=ovens, by=None)
    body = page(client, "group", "ovens")
    assert body.count("<h1") == 1
    for said in (
        "Working together.",
        "Rhône",
        "Open to everyone",
        bakery.name,
        f"{address('map')}?group=ovens",
    ):
        assert said in body
    assert "Not yet" not in body
    assert '<span class="num">1</span> member' in body
    assert len(minimap(body)["marks"]) == 1
    assert '"@type": "Organization"' in body


def test_a_group_of_a_hidden_collective_does_not_name_it(client, ovens, rhone):
    hidden = CollectiveFactory(name="Behind the door", status="draft", territory=rhone)
    Group.objects.update(collective=hidden)
    assert "Behind the door" not in page(client, "group", "ovens")
    assert client.get("/api/groups/ovens/").json()["collective"] is None


def test_an_empty_group_and_an_archived_one_say_so(client, bakery, ovens):
    assert "No initiative has named this group so far." in page(client, "group", "ovens")
    Group.objects.update(archived_at=bakery.created_at)
    assert "Archived on" in page(client, "group", "ovens")


@pytest.mark.parametrize("number", [1, 8])
def test_the_page_of_a_group_stays_within_its_budget(client, ovens, number, django_assert_max_num_queries):
    for place in range(number):
        actions.name_group(InitiativeFactory(name=f"Oven {place}", published=True), group=ovens, by=None)
    with django_assert_max_num_queries(10):
        client.get(address("group", "ovens"))


def test_a_private_group_is_there_for_its_members_alone(client, cast, bakery, secret):
    actions.name_group(bakery, group=secret, by=None)
    unknown = client.get(address("group", "nothing"))
    for role in (None, "visitor", "steward", "facilitator", "moderator"):
        if role:
            client.force_login(cast[role])
        answer = client.get(address("group", "quietly"))
        if role in ("facilitator", "moderator"):
            body = answer.content.decode()
            assert bakery.name in body
            assert "?group=" not in body
            assert "ld+json" not in body
            assert "private" in answer.headers["Cache-Control"]
        else:
            assert answer.status_code == unknown.status_code == 404


def test_cards_collectives_and_territories_lead_to_their_groups(client, bakery, ovens, secret, rhone):
    collective = CollectiveFactory(territory=rhone, slug="tables")
    for group in (ovens, secret):
        actions.name_group(bakery, group=group, by=None)
    GroupFactory(name="Of the Rhône", territory=rhone)
    GroupFactory(name="Of the tables", collective=collective)
    GroupFactory(name="Unseen", territory=rhone, kind="private")
    GroupFactory(name="Unseen too", collective=collective, kind="private")
    card = page(client, "initiative_card", bakery.slug)
    assert "Shared ovens" in card
    assert "Quietly" not in card
    territory, tables = page(client, "territory", "FR-69"), page(client, "collective", "tables")
    assert "Of the Rhône" in territory
    assert "Of the tables" in tables
    assert "Unseen" not in territory + tables


# ── The list for programs, and search engines ───────────────────────────────────────────────────
def test_programs_read_the_groups_that_everyone_may_know(client, cast, bakery, ovens, secret):
    actions.name_group(bakery, group=ovens, by=None)
    actions.name_group(InitiativeFactory(), group=ovens, by=None)
    client.force_login(cast["facilitator"])
    (told,) = client.get("/api/groups/").json()["results"]
    assert told == client.get("/api/groups/ovens/").json()
    assert (told["members"], told["initiatives"], told["kind"]) == (1, 1, "open")
    assert client.get("/api/groups/quietly/").json() == client.get("/api/groups/nothing/").json()
    sitemap = client.get("/sitemap-groups.xml").content.decode()
    assert "/groups/ovens/" in sitemap
    assert "quietly" not in sitemap
