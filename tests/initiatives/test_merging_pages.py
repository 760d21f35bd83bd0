"""Pages of merging and of telling apart; what the public and programs find where something was merged."""

import re

import pytest
from django.contrib.gis.geos import Point

from community.members.enums import Role
from initiatives import actions
from initiatives.enums import Status
from initiatives.merging import actions as merging
from initiatives.merging import describing
from initiatives.models import DistinctPair, Initiative, Merge, ReviewScope, Submission
from initiatives.reviews import actions as reviews
from initiatives.reviews.forms import version
from initiatives.submitting import links
from tests.factories import InitiativeFactory, MemberFactory, NetworkFactory
from tests.initiatives.asking import counted
from tests.initiatives.merging import dressed, everything, twin
from tests.initiatives.pages import address
from tests.initiatives.programs import Program, refused
from tests.initiatives.test_reviews import pending
from tests.initiatives.test_rights import ROLES


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Pictures of a test go with it."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def moderator(client, cast):
    """A moderator of everything, signed in."""
    client.force_login(cast["moderator"])
    return cast["moderator"]


@pytest.fixture
def other(bakery):
    """A second entry for the bakery."""
    dressed(bakery)
    bakery.refresh_from_db()
    return twin()


def send(client, one, other, **more):
    """The form of the page, as it is read now."""
    values = {"merged": version(one), "kept": version(other), **more}
    return client.post(address("moderation_merge", one.uuid, other.uuid), values)


# ── Making two one ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_are_for_those_who_review(client, cast, bakery, other, role):
    if role in cast:
        client.force_login(cast[role])
    merge = merging.merge(twin(name="Third"), into=bakery, by=None)
    before = everything()
    doors = [
        ("moderation_merge", other.uuid, bakery.uuid),
        ("moderation_merge_undo", merge.pk),
        ("moderation_apart", other.uuid, bakery.uuid),
    ]
    may = role in ("moderator", "admin")
    for name, *args in doors:
        expected = 302 if role not in cast else 403
        if may:
            expected = 405 if name == "moderation_apart" else 200
        assert client.get(address(name, *args)).status_code == expected
        if not may:
            assert client.post(address(name, *args)).status_code == expected
    assert everything() == before
    assert not DistinctPair.objects.exists()


def test_a_page_of_two_of_which_one_is_out_of_reach_is_not_there(client, moderator, bakery, other):
    network = NetworkFactory()
    other.memberships.create(network=network)
    ReviewScope.objects.create(member=moderator, network=network)
    assert client.get(address("moderation_merge", other.uuid, bakery.uuid)).status_code == 404
    assert client.get(address("moderation_merge", other.uuid, other.uuid)).status_code == 404


def test_both_stand_side_by_side_with_what_would_survive(client, moderator, bakery, other):
    answer = client.get(address("moderation_merge", other.uuid, bakery.uuid))
    said = answer.content.decode()
    picked = dict(re.findall(r'name="pick:([^"]+)" value="(\w+)" checked', said))
    assert picked["name"] == picked["contacts"] == picked["summary"] == "kept"
    assert picked["website"] == picked["founded"] == picked["description"] == picked["name:de"] == "merged"
    assert (picked["street"], picked["locality"]) == ("merged", "kept")
    assert "themes" not in picked
    for words in ("Fournil 2 Rives", "Le Fournil des Deux Rives", "Pain bio", "both are kept"):
        assert words in said
    # As the pages of both are read alone.
    assert address("moderation_merge", bakery.uuid, other.uuid) in said


def test_the_form_makes_them_one_as_it_was_picked(client, moderator, bakery, other):
    answer = send(client, other, bakery, **{"pick:name": "merged", "pick:website": "kept", "reason": "Twice"})
    assert (answer.status_code, answer.url) == (302, address("moderation_one", bakery.uuid))
    bakery.refresh_from_db()
    assert (bakery.name, bakery.website) == ("Fournil 2 Rives", "")
    merge = Merge.objects.get()
    assert (merge.by, merge.merged_step.reason) == (moderator, "Twice")
    for one in (bakery, other):
        said = client.get(address("moderation_one", one.uuid)).content.decode()
        assert address("moderation_merge_undo", merge.pk) in said
    assert client.get(address("moderation_one", other.uuid)).context["decisions"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"merged": ""},
        {"kept": "x"},
        {"pick:name": "both"},
        {"pick:status": "merged"},
        {"pick:name:xx; DROP": "merged"},
        {"reason": "x" * 2_001},
    ],
)
def test_a_damaged_form_changes_nothing(client, moderator, bakery, other, wrong):
    before = everything()
    assert send(client, other, bakery, **wrong).status_code == 400
    assert everything() == before


def test_versions_of_others_are_no_versions_of_these(client, moderator, bakery, other):
    assert send(client, other, bakery, merged=version(bakery)).status_code == 400


def test_what_changed_meanwhile_is_read_again_first(client, moderator, bakery, other):
    actions.revise(bakery, by=None, values={"summary": "Autre"})
    answer = send(client, other, bakery, **{"pick:name": "merged", "reason": "Twice"})
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "It changed since you opened the page." in said
    assert 'name="pick:name" value="merged" checked' in said
    assert "Twice</textarea>" in said
    bakery.refresh_from_db()
    assert send(client, other, bakery).status_code == 302


def test_while_another_has_it_in_hand_nothing_is_merged(client, moderator, bakery, other):
    reviews.claim(other, by=MemberFactory(public_name="Otto", roles=[Role.MODERATOR]))
    answer = send(client, other, bakery)
    assert answer.status_code == 409
    assert "Otto" in answer.content.decode()


def test_what_cannot_be_merged_has_no_form(client, moderator, bakery, other):
    Initiative.objects.filter(pk=bakery.pk).update(status=Status.CLOSED)
    said = client.get(address("moderation_merge", other.uuid, bakery.uuid)).content.decode()
    assert "must be published" in said
    assert "pick:" not in said


def test_undoing_asks_first_and_says_why_not(client, moderator, bakery, other):
    before = everything()
    merge = merging.merge(other, into=bakery, by=None)
    door = address("moderation_merge_undo", merge.pk)
    assert client.get(door).status_code == 200
    actions.revise(bakery, by=None, values={"website": "https://new.example/"})
    answer = client.post(door)
    assert answer.status_code == 409
    assert "Changed since the merge, so it cannot be undone: website." in answer.content.decode()
    actions.revise(bakery, by=None, values={"website": other.website})
    assert client.post(door, {"reason": "Two after all"}).status_code == 302
    assert everything() == before
    assert client.post(door).status_code == 409


# ── Where it was ────────────────────────────────────────────────────────────────────────────────


def test_addresses_of_a_merged_one_lead_to_the_one_it_lives_on_in(client, cast, bakery, other):
    merge = merging.merge(other, into=bakery, by=None)
    for slug in (other.slug, f"once-{other.slug}"):
        answer = client.get(address("initiative", slug))
        assert (answer.status_code, answer.url) == (301, address("initiative", bakery.slug))
        assert answer["Cache-Control"] == "max-age=3600"
    actions.close(bakery, by=None)
    assert client.get(address("initiative", other.slug)).status_code == 404
    actions.restore(bakery, by=None)
    merging.split(merge, by=None)
    assert client.get(address("initiative", other.slug)).status_code == 200


def test_programs_are_led_there_too(client, cast, bakery, other):
    door = f"/api/initiatives/{other.uuid}/"
    merging.merge(other, into=bakery, by=None)
    answer = client.get(door)
    assert (answer.status_code, answer["Location"]) == (301, f"/api/initiatives/{bakery.uuid}/")
    refused(client.get(f"{door}?x=1"), 400)
    program = Program(cast["moderator"])
    refused(program.patch(other, summary="x"), 400)
    refused(program.step(other, "restore"), 400)
    refused(program.step(other, "split"), 404)
    actions.archive(bakery, by=None)
    refused(client.get(door), 410)
    refused(client.get("/api/initiatives/00000000-0000-4000-8000-000000000000/"), 404)


def test_who_handed_it_in_finds_it(client, cast, bakery):
    waiting = pending(name="Fournil")
    submission = Submission.objects.create(
        initiative=waiting, email="a@demo.example", language="en", confirmed_at=waiting.created_at
    )
    merging.merge(waiting, into=bakery, by=None)
    said = client.get(address("submission", links.token_of(submission))).content.decode()
    assert address("initiative", bakery.slug) in said


# ── Not the same ────────────────────────────────────────────────────────────────────────────────


def similar(client, one) -> list[str]:
    """Names of the similar ones that the page of a review shows."""
    return [row.name for row in client.get(address("moderation_one", one.uuid)).context["similar"]]


def test_what_was_told_apart_is_no_longer_shown_until_that_is_taken_back(client, moderator, bakery):
    waiting = pending(name="Le Fournil des Deux Rives")
    twice = InitiativeFactory(name="Fournil des Deux Rives", published=True)
    assert similar(client, waiting) == [bakery.name, twice.name]
    door = address("moderation_apart", waiting.uuid, bakery.uuid)
    for _time in range(2):
        answer = client.post(door)
        assert (answer.status_code, answer.url) == (302, address("moderation_one", waiting.uuid))
    pair = DistinctPair.objects.get()
    assert (pair.lower, pair.higher, pair.by) == (bakery, waiting, moderator)
    assert similar(client, waiting) == [twice.name]
    actions.publish(waiting, by=None)
    assert similar(client, bakery) == [twice.name]
    # From either side.
    client.post(address("moderation_apart", bakery.uuid, waiting.uuid), {"take_back": "1"})
    assert similar(client, bakery) == [waiting.name, twice.name]


def test_placeless_ones_are_told_apart_too(client, moderator):
    nowhere = {"position": None, "has_no_position": True, "name": "Réseau des fournils"}
    one, two = InitiativeFactory(**nowhere, published=True), InitiativeFactory(**nowhere, published=True)
    assert similar(client, one) == [two.name]
    client.post(address("moderation_apart", one.uuid, two.uuid))
    assert similar(client, one) == []


def test_of_drafts_out_of_reach_nobody_learns(client, moderator, bakery):
    network = NetworkFactory()
    bakery.memberships.create(network=network)
    ReviewScope.objects.create(member=moderator, network=network)
    hidden, shown = pending(name="Hidden"), InitiativeFactory(published=True)
    assert client.post(address("moderation_apart", bakery.uuid, hidden.uuid)).status_code == 404
    assert client.post(address("moderation_apart", shown.uuid, bakery.uuid)).status_code == 404
    assert client.post(address("moderation_apart", bakery.uuid, bakery.uuid)).status_code == 404
    assert client.post(address("moderation_apart", bakery.uuid, shown.uuid)).status_code == 302
    merging.tell_apart(bakery, hidden, by=MemberFactory(is_superuser=True))
    assert [row.name for row in describing.for_reviewers(bakery, moderator)["apart"]] == [shown.name]


def test_merging_is_offered_where_it_is_possible(client, moderator, bakery):
    waiting = pending(name="Le Fournil des Deux Rives")
    assert describing.for_reviewers(waiting, moderator)["similar"][0].may_merge
    network = NetworkFactory()
    waiting.memberships.create(network=network)
    ReviewScope.objects.create(member=moderator, network=network)
    assert not describing.for_reviewers(waiting, moderator)["similar"][0].may_merge


def test_the_page_asks_no_more_for_more(client, moderator, bakery):
    waiting = pending(name="Le Fournil des Deux Rives")
    door = address("moderation_one", waiting.uuid)
    client.get(door)
    with counted() as first:
        client.get(door)
    for number in range(4):
        InitiativeFactory(name=f"Le Fournil des Deux Rives {number}", published=True)
        merging.tell_apart(waiting, InitiativeFactory(published=True), by=moderator)
        merging.merge(InitiativeFactory(name="Else", published=True), into=bakery, by=None)
    with counted() as many:
        client.get(door)
    assert len(many) <= len(first)


def test_both_are_shown_on_one_map(moderator, client, bakery, other):
    Initiative.objects.filter(pk=other.pk).update(position=Point(4.8357, 45.7649, srid=4326))
    page = client.get(address("moderation_merge", other.uuid, bakery.uuid))
    marks = page.context["minimap"]["marks"]
    assert [(mark["side"], mark["lat"]) for mark in marks] == [("left", 45.764), ("right", 45.7649)]
    assert "100\u202fm apart" in page.content.decode()
    Initiative.objects.filter(pk=other.pk).update(position=None, has_no_position=True)
    page = client.get(address("moderation_merge", other.uuid, bakery.uuid))
    assert "minimap" not in page.context
