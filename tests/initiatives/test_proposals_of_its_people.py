"""Those who run what carries an initiative decide on what readers suggest for it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from community.members.enums import CollectiveRole
from initiatives import actions as verbs
from initiatives.models import StatusChange
from initiatives.proposals import actions, reading
from tests.factories import InitiativeFactory, MemberFactory
from tests.initiatives.proposing import proposal, stored

pytestmark = pytest.mark.django_db


def address(initiative) -> str:
    """Of the list of one initiative, in English."""
    with translation.override("en"):
        return reverse("initiative_proposals", args=[initiative.slug])


def decide(client, one, **given):
    """Send the form of the page of one."""
    return client.post(f"/en/moderation/proposals/{one.pk}/decide/", given)


@pytest.mark.parametrize("role", ["facilitator", "steward"])
def test_its_people_come_from_its_page_and_decide_field_by_field(client, cast, bakery, role):
    one = proposal(bakery, {"summary": "New", "founded": 1999}, by=cast["visitor"])
    client.force_login(cast[role])
    assert f'href="{address(bakery)}"' in client.get(f"/en/initiatives/{bakery.slug}/").text
    listed = client.get(address(bakery)).text
    assert f"/en/moderation/proposals/{one.pk}/" in listed
    page = client.get(f"/en/moderation/proposals/{one.pk}/").text
    assert page.count('name="names"') == 2
    # They are led back to where they came from, not to the moderation.
    assert f'href="{address(bakery)}"' in page
    assert 'href="/en/moderation/"' not in page
    answer = decide(client, one, decision="accept", names=["founded"])
    assert (answer.status_code, answer.url) == (302, address(bakery))
    assert (stored(bakery).summary, stored(bakery).founded) == ("", 1999)
    step = StatusChange.objects.filter(initiative=bakery).first()
    assert (step.by, step.reason) == (cast[role], f"Proposal {one.pk}")
    one.refresh_from_db()
    assert (one.state, one.taken, one.decided_by) == ("accepted", ["founded"], cast[role])
    assert "Nothing waits for you" in client.get(address(bakery)).text


def test_a_new_name_leads_to_the_list_at_its_new_address(client, cast, bakery):
    one = proposal(bakery, {"name": "Another Bakery"})
    client.force_login(cast["facilitator"])
    assert decide(client, one, decision="accept", names=["name"]).url == address(stored(bakery))
    assert "another-bakery" in address(stored(bakery))


def test_what_changed_meanwhile_is_a_conflict_for_them_too(client, cast, bakery):
    one = proposal(bakery, {"summary": "Proposed"})
    verbs.revise(bakery, by=None, values={"summary": "Present"})
    client.force_login(cast["facilitator"])
    answer = decide(client, one, decision="accept", names=["summary"])
    assert (answer.status_code, stored(bakery).summary) == (409, "Present")
    again = decide(client, one, decision="accept", names=["summary"], seen=answer.context["seen"])
    assert (again.status_code, stored(bakery).summary) == (302, "Proposed")


@pytest.mark.parametrize(("role", "may"), [("facilitator", False), ("steward", False), ("moderator", True)])
def test_of_ones_own_somebody_else_decides_unless_one_reviews(client, cast, bakery, role, may):
    one = proposal(bakery, {"summary": "Mine"}, by=cast[role])
    client.force_login(cast[role])
    assert cast[role].has_perm("initiatives.decide_proposal", one) is may
    assert reading.decidable_by(cast[role]).exists() is may
    listed = client.get(address(bakery)).text
    assert ("somebody else decides" in listed) is not may
    assert (f"/en/moderation/proposals/{one.pk}/" in listed) is may
    assert decide(client, one, decision="accept", names=["summary"]).status_code == (302 if may else 404)
    if not may:
        with pytest.raises(PermissionDenied), transaction.atomic():
            actions.refuse(one, by=cast[role], reason="No")


def test_who_left_or_is_blocked_decides_no_more(client, cast, bakery):
    one = proposal(bakery, message="x")
    cast["facilitator"].collective_memberships.update(ended_on=timezone.localdate())
    type(cast["steward"]).objects.filter(pk=cast["steward"].pk).update(is_active=False)
    cast["steward"].refresh_from_db()
    plain = MemberFactory()
    plain.collective_memberships.create(collective=bakery.collective, role=CollectiveRole.MEMBER)
    for who in (cast["facilitator"], cast["steward"], plain):
        assert not who.has_perm("initiatives.decide_proposal", one)
        assert not reading.decidable_by(who).exists()


def test_the_dashboard_leads_there(client, cast, bakery):
    bare = InitiativeFactory(name="Bare", collective=bakery.collective, published=True)
    proposal(bakery, message="It moved.")
    client.force_login(cast["facilitator"])
    with translation.override("en"):
        home = reverse("collective_dashboard", args=[bakery.collective.slug])
    text = client.get(home).text
    assert "Suggestions wait" in text
    assert f'href="{address(bakery)}"' in text
    assert f'href="{address(bare)}"' not in text


def test_others_read_of_no_number_on_its_page(client, cast, bakery):
    proposal(bakery, message="x")
    for role in (None, "visitor", "other_facilitator"):
        if role:
            client.force_login(cast[role])
        assert address(bakery) not in client.get(f"/en/initiatives/{bakery.slug}/").text


def test_the_list_of_one_stays_within_its_budget(client, cast, bakery, django_assert_max_num_queries):
    for number in range(35):
        proposal(bakery, {"summary": f"New {number}"}, by=MemberFactory())
    client.force_login(cast["facilitator"])
    client.get(address(bakery))
    with django_assert_max_num_queries(14):
        answer = client.get(address(bakery))
    assert len(answer.context["page"]) == 30
