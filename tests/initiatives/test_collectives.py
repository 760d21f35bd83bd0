"""Collectives: who decides on a claim, what moderators see, what the page shows and its people change."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from community.collectives import actions, letters
from community.collectives.claims import actions as claims
from community.members.enums import CollectiveRole, Role, Visibility
from community.models import CollectiveClaim, CollectiveMembership, Member
from initiatives.collectives import reading
from initiatives.models import ReviewScope
from territories.models import Collective
from tests.factories import CollectiveFactory, MemberFactory, TerritoryFactory
from tests.initiatives.pages import address, page

pytestmark = pytest.mark.django_db
ROLES = (
    "visitor",
    "facilitator",
    "other_facilitator",
    "moderator",
    "moderator_elsewhere",
    "steward",
    "admin",
)
MAY = {"request": {"facilitator", "moderator", "steward", "admin"}, "founding": {"moderator", "admin"}}


@pytest.fixture
def people(cast) -> dict[str, Member]:
    """The cast, and a moderator of another territory."""
    elsewhere = MemberFactory(roles=[Role.MODERATOR])
    ReviewScope.objects.create(member=elsewhere, territory=TerritoryFactory())
    Member.objects.update(language="en")
    return cast | {"moderator_elsewhere": elsewhere}


@pytest.fixture
def own(people) -> Collective:
    """The collective of the cast."""
    return people["facilitator"].collective_memberships.get().collective


@pytest.fixture
def waiting(people, own, rhone) -> dict[str, CollectiveClaim]:
    """A claim of each kind, by somebody else."""
    member = MemberFactory(language="en")
    new = actions.found(
        by=member, values={"name": "Les Neuves", "purposes": {}, "territory": rhone, "website": ""}
    )
    asked = claims.by_request(own, by=member, message="I cook there.")
    return {"request": asked, "founding": new.claims.get()}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", sorted(MAY))
def test_a_claim_is_decided_by_those_of_the_table(client, people, waiting, kind, role):
    claim, may = waiting[kind], role in MAY[kind]
    client.force_login(people[role])
    where = address("collective_claim_decide", claim.collective.slug, claim.pk)
    assert client.get(where).status_code == (200 if may else 404)
    answer = client.post(where, {"decision": "accept"})
    assert answer.status_code == (302 if may else 404)
    if not may:
        with pytest.raises(PermissionDenied), transaction.atomic():
            claims.decide(claim, by=people[role], accepted=True)
    claim.refresh_from_db()
    assert (claim.state, claim.decided_by) == (("accepted", people[role]) if may else ("open", None))
    facilitates = claim.member.collective_memberships.current().filter(
        collective=claim.collective, role=CollectiveRole.FACILITATOR
    )
    assert facilitates.exists() is (may or kind == "founding")
    status = Collective.objects.get(pk=claim.collective_id).status
    assert status == ("draft" if kind == "founding" and not may else "published")


@pytest.mark.parametrize("role", ROLES)
def test_lists_say_the_same_as_the_rights(people, waiting, role):
    seen = {
        *reading.overseen_claims(people[role]),
        *reading.asked_claims(people[role]),
    }
    # Who may do all has no need to be asked by name, but sees them in the moderation.
    assert {kind for kind, claim in waiting.items() if claim in seen} == {
        kind for kind in MAY if role in MAY[kind]
    }


def test_nobody_decides_on_their_own_claim(people, own):
    claim = claims.by_request(own, by=people["steward"], message="Me")
    for one in (people["steward"], people["moderator_elsewhere"]):
        assert not one.has_perm("community.decide_claim", claim)
    assert not reading.asked_claims(people["steward"]).exists()


@pytest.mark.parametrize("kind", sorted(MAY))
def test_a_refusal_needs_a_reason_and_is_told_once(client, people, waiting, kind):
    claim = waiting[kind]
    client.force_login(people["moderator"])
    where = address("collective_claim_decide", claim.collective.slug, claim.pk)
    answer = client.post(where, {"decision": "refuse", "reason": " "})
    assert answer.status_code == 400
    assert 'id="reason_error"' in answer.content.decode()
    assert client.post(where, {"decision": "perhaps"}).status_code == 400
    answer = client.post(where, {"decision": "refuse", "reason": "Too vague."})
    assert answer.url == address("moderation_collectives")
    letters.tell("answer", claim.pk, None)
    (letter,) = mail.outbox
    assert letter.to == [claim.member.email]
    assert "Too vague." in letter.body
    assert client.post(where, {"decision": "accept"}).status_code == 409
    status = Collective.objects.get(pk=claim.collective_id).status
    assert status == ("archived" if kind == "founding" else "published")


def test_moderators_find_what_waits_in_their_queue(client, people, waiting, django_assert_max_num_queries):
    client.force_login(people["moderator"])
    assert "moderation/collectives/" in page(client, "moderation")
    with django_assert_max_num_queries(8):
        body = page(client, "moderation_collectives")
    assert body.count("reviews__name") == 2
    client.force_login(people["moderator_elsewhere"])
    assert "Nothing waits for you" in page(client, "moderation_collectives")
    client.force_login(people["steward"])
    assert client.get(address("moderation_collectives")).status_code == 403
    assert page(client, "account_collectives").count("says that it is theirs") == 1


@pytest.mark.parametrize(("on", "sees"), [("country", True), ("own", True), ("inside", False)])
def test_a_moderator_of_a_territory_looks_after_what_is_rooted_in_it(people, own, rhone, france, on, sees):
    member = MemberFactory(roles=[Role.MODERATOR])
    inside = TerritoryFactory(parent=rhone, scheme="municipality")
    ReviewScope.objects.create(
        member=member, territory={"country": france, "own": rhone, "inside": inside}[on]
    )
    assert reading.overseen_by(member).filter(pk=own.pk).exists() is sees
    assert member.has_perm("community.run_collective", own) is sees


def test_the_page_names_only_those_who_show_their_name(client, people, own):
    body = page(client, "collective", own.slug)
    assert people["facilitator"].public_name not in body
    assert "They keep their names to themselves." in body
    Member.objects.filter(pk=people["facilitator"].pk).update(public_name_seen_by=Visibility.EVERYONE)
    body = page(client, "collective", own.slug)
    assert people["facilitator"].public_name in body
    assert address("collective_people", own.slug) not in body
    client.force_login(people["facilitator"])
    body = page(client, "collective", own.slug)
    for name in ("collective_people", "collective_edit", "collective_leave"):
        assert address(name, own.slug) in body
    assert address("collective_claim", own.slug) not in body
    assert "Nobody runs it here yet" in page(client, "collective", CollectiveFactory().slug)


def test_its_people_change_what_the_page_says(client, people, own, picture, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    own.purposes = {"pt": "Comer juntos", "fr": "x"}
    own.save()
    client.force_login(people["facilitator"])
    given = {"purpose_en": "To eat together.", "website": "https://tables.example", "logo": picture()}
    assert client.post(address("collective_edit", own.slug), given).url == address("collective", own.slug)
    before, own = own.slug, Collective.objects.get(pk=own.pk)
    assert own.purposes == {"pt": "Comer juntos", "en": "To eat together."}
    assert (own.slug, own.website) == (before, "https://tables.example")
    body = page(client, "collective", own.slug)
    assert own.logo.url in body
    assert "To eat together." in body
    with_file = list(tmp_path.rglob("*.png"))
    assert len(with_file) == 1
    client.post(address("collective_edit", own.slug), {"without_logo": "on"})
    assert not Collective.objects.get(pk=own.pk).logo


@pytest.mark.parametrize("wrong", [{"website": "javascript:x"}, {"logo": "text"}, {"purpose_de": "x" * 2001}])
def test_what_cannot_be_shown_is_refused(client, people, own, wrong):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(people["facilitator"])
    name = next(iter(wrong))
    given = {"logo": SimpleUploadedFile("a.png", b"no picture")} if name == "logo" else wrong
    answer = client.post(address("collective_edit", own.slug), given)
    assert answer.status_code == 400
    assert f'id="id_{name}_error"' in answer.content.decode()
    with pytest.raises(ValidationError):
        actions.revise(own, by=None, values={"website": "no address"})


def test_a_claim_of_a_gone_member_is_gone(people, own):
    claim = claims.by_request(own, by=people["visitor"], message="Me")
    CollectiveMembership.objects.filter(collective=own).delete()
    claim.member.delete()
    with pytest.raises(actions.ClosedError):
        claims.decide(claim, by=people["moderator"], accepted=True)
