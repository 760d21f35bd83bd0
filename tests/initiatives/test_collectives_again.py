"""A new collective that was refused: its founder reads why, changes it, and hands it in again."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from community.collectives import actions
from community.collectives.claims import actions as claims
from community.collectives.models import CollectiveClaim
from community.members.enums import CollectiveRole
from community.models import Member
from territories.enums import CollectiveStatus
from territories.models import Collective
from tests.community.collective import sent
from tests.factories import MemberFactory

from .pages import address, page

pytestmark = pytest.mark.django_db
REASON = "Whom do you feed?"


@pytest.fixture
def founder(cast) -> Member:
    """Who proposed it."""
    Member.objects.update(language="en")
    return MemberFactory(language="en")


@pytest.fixture
def refused(founder, cast, rhone) -> Collective:
    """A new one that a moderator refused."""
    values = {"name": "Les Neuves", "purposes": {"en": "Food."}, "territory": rhone, "website": ""}
    made = actions.found(by=founder, values=values)
    claims.decide(made.claims.get(), by=cast["moderator"], accepted=False, reason=REASON)
    return Collective.objects.get(pk=made.pk)


def given(**changes) -> dict:
    """What the form sends where nothing was changed."""
    return {"name": "Les Neuves", "purpose": "Food.", "where": "Rhône", "website": "", **changes}


def test_its_founder_reads_why_changes_it_and_hands_it_in_again(client, founder, cast, refused, rhone):
    where = address("collective_again", refused.slug)
    assert where in sent()[-1].body
    client.force_login(founder)
    for name, args in (("collective_people", [refused.slug]), ("account_collectives", [])):
        shown = page(client, name, *args)
        assert REASON in shown
        assert f'href="{where}"' in shown
    form = page(client, "collective_again", refused.slug)
    assert all(text in form for text in (REASON, "Les Neuves", "Food.", rhone.name))
    again = given(name="Les Tables Neuves", purpose="Food for all.", where=rhone.name, message="All of Lyon.")
    answer = client.post(where, again)
    assert answer.url == address("collective_people", refused.slug)
    after = Collective.objects.get(pk=refused.pk)
    assert (after.name, after.slug, after.purposes, after.status) == (
        "Les Tables Neuves",
        refused.slug,
        {"en": "Food for all."},
        CollectiveStatus.DRAFT,
    )
    assert "Hand it in again" not in page(client, "account_collectives")
    # Pressed again it waits already.
    assert client.post(where, again).url == address("collective_people", refused.slug)
    claim = CollectiveClaim.objects.open().get()

    client.force_login(cast["moderator"])
    assert "Refused before" in page(client, "moderation_collectives")
    shown = page(client, "collective_claim_decide", refused.slug, claim.pk)
    assert all(text in shown for text in ("Refused before", REASON, "All of Lyon.", "Food for all."))
    decide = address("collective_claim_decide", refused.slug, claim.pk)
    assert client.post(decide, {"decision": "accept"}).status_code == 302
    assert Collective.objects.get(pk=refused.pk).status == CollectiveStatus.PUBLISHED
    (letter,) = sent()
    assert "again" not in letter.body


def test_without_anything_new_it_is_not_handed_in(client, founder, refused, rhone):
    client.force_login(founder)
    where = address("collective_again", refused.slug)
    answer = client.post(where, given(where=rhone.name))
    assert answer.status_code == 400
    assert "Nothing is different yet" in answer.text
    for wrong in ({"name": ""}, {"purpose": " "}, {"where": "Atlantis"}, {"website": "javascript:x"}):
        assert client.post(where, given(where=rhone.name, message="x") | wrong).status_code == 400
    assert Collective.objects.get(pk=refused.pk).status == CollectiveStatus.ARCHIVED
    # A word alone is enough.
    assert client.post(where, given(where=rhone.name, message="Read it again.")).status_code == 302


ROLES = {
    "nobody": 302,
    "visitor": 404,
    "facilitator": 404,
    "steward": 404,
    # They look after it, but it is not theirs to hand in: they are led to its people.
    "moderator": 302,
    "admin": 302,
    "another_facilitator": 302,
    "founder_who_left": 404,
}


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_nobody_else_hands_it_in(client, cast, founder, refused, role, status):
    another = MemberFactory()
    actions.join(refused, another, CollectiveRole.FACILITATOR)
    people = cast | {"another_facilitator": another, "founder_who_left": founder}
    if role == "founder_who_left":
        founder.collective_memberships.update(ended_on=timezone.localdate())
    if role != "nobody":
        client.force_login(people[role])
        error = actions.ClosedError if role == "admin" else PermissionDenied
        with pytest.raises(error), transaction.atomic():
            actions.hand_in_again(refused, by=people[role], values={"name": "Mine"})
    where = address("collective_again", refused.slug)
    assert client.get(where).status_code == status
    assert client.post(where, given(name="Mine")).status_code == status
    after = Collective.objects.get(pk=refused.pk)
    assert (after.name, after.status) == ("Les Neuves", CollectiveStatus.ARCHIVED)
    if role == "another_facilitator":
        shown = page(client, "collective_people", refused.slug)
        assert REASON in shown
        assert where not in shown


def test_what_was_published_once_is_not_brought_back_so(client, founder, cast, refused):
    actions.hand_in_again(refused, by=founder, values={"name": "Neuves"})
    claims.decide(CollectiveClaim.objects.open().get(), by=cast["moderator"], accepted=True)
    Collective.objects.filter(pk=refused.pk).update(status=CollectiveStatus.ARCHIVED)
    with pytest.raises(actions.ClosedError), transaction.atomic():
        actions.hand_in_again(refused, by=founder, values={"name": "Again"})
    client.force_login(founder)
    assert REASON not in page(client, "collective_people", refused.slug)


def test_texts_in_other_languages_stay_and_a_bad_value_is_told(founder, refused):
    with pytest.raises(ValidationError), transaction.atomic():
        actions.hand_in_again(refused, by=founder, values={"website": "no address"})
    assert Collective.objects.get(pk=refused.pk).status == CollectiveStatus.ARCHIVED


def test_refused_twice_both_answers_are_read(client, founder, cast, refused):
    for number in range(2):
        actions.hand_in_again(refused, by=founder, values={}, message=f"Word {number}")
        claim = CollectiveClaim.objects.open().get()
        if not number:
            claims.decide(claim, by=cast["moderator"], accepted=False, reason="Still too vague.")
    client.force_login(cast["moderator"])
    shown = page(client, "collective_claim_decide", refused.slug, claim.pk)
    assert shown.index("Still too vague.") < shown.index(REASON)
