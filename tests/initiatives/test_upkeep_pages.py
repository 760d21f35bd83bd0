"""The page behind the link of the yearly mail, and what other pages say of age."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from community.members import belongings
from initiatives import actions
from initiatives.enums import Status
from initiatives.models import Initiative, SiteCheck, StatusChange, UpkeepRequest
from initiatives.upkeep import links
from tests.factories import MemberFactory

from .ageing import aged, asked_about, handed_in_by

pytestmark = pytest.mark.django_db
STALE = "is it still right?"


@pytest.fixture
def asked(bakery) -> UpkeepRequest:
    """A question to whoever handed in the bakery, long ago."""
    handed_in_by(aged(bakery))
    return asked_about(bakery)


def page(asked: UpkeepRequest) -> str:
    """Its address."""
    return f"/en/initiatives/still/{links.token_of(asked)}/"


def answered(client, asked: UpkeepRequest, answer: str, **more):
    """Press a button."""
    return client.post(page(asked), {"answer": answer, **more})


def status(asked: UpkeepRequest) -> str:
    """Where its initiative stands."""
    return Initiative.objects.values_list("status", flat=True).get(pk=asked.initiative_id)


def test_reading_changes_nothing_and_is_kept_by_nobody(client, asked, django_assert_max_num_queries):
    steps = StatusChange.objects.count()
    for step in ("", "?step=changed", "?step=ended", "?step=x"):
        with django_assert_max_num_queries(25):
            answer = client.get(page(asked) + step)
        assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    for words in ('content="noindex"', 'content="same-origin"', asked.initiative.name):
        assert words in answer.text
    asked.refresh_from_db()
    assert (StatusChange.objects.count(), asked.answered_at) == (steps, None)


def test_yes_confirms_once(client, asked):
    assert answered(client, asked, "right").url == page(asked)
    initiative = Initiative.objects.get()
    assert initiative.confirmed_at
    assert "it is confirmed since" in client.get(page(asked)).text
    assert answered(client, asked, "ended").status_code == 409
    assert status(asked) == Status.PUBLISHED


def test_the_end_is_asked_once_more_and_then_recorded(client, asked):
    assert "really ended" in client.get(page(asked) + "?step=ended").text
    answered(client, asked, "ended")
    assert status(asked) == Status.CLOSED
    answer = client.get(page(asked))
    assert "recorded as ended" in answer.text


def test_a_change_is_told_to_reviewers_until_somebody_edits(client, asked, cast):
    for note, expected in ((" ", "Say what has changed."), ("x" * 2_001, "At most 2000 characters")):
        answer = answered(client, asked, "changed", note=note)
        assert answer.status_code == 400
        assert expected in answer.text
        assert 'aria-invalid="true"' in answer.text
    assert answered(client, asked, "changed", note="We moved to <b>Bron</b>.").status_code == 302
    assert "the moderation reads" in client.get(page(asked)).text
    client.force_login(cast["moderator"])
    one = f"/en/moderation/{asked.initiative.uuid}/"
    for address in ("/en/moderation/", one):
        assert "We moved to &lt;b&gt;Bron&lt;/b&gt;." in client.get(address).text
    actions.revise(asked.initiative, by=cast["moderator"], values={"locality": "Bron"})
    for address in ("/en/moderation/", one):
        assert "We moved" not in client.get(address).text
    # The same link may still say that now all is right.
    assert answered(client, asked, "right").status_code == 302
    assert Initiative.objects.get(pk=asked.initiative_id).confirmed_at


def test_forged_expired_and_unpublished_have_a_clear_page(client, asked):
    token = links.token_of(asked)
    forged = [f"{asked.pk}.x", token[:-1], token.replace(str(asked.pk), "999", 1), "x", f"{asked.pk}"]
    for wrong in forged:
        answer = client.get(f"/en/initiatives/still/{wrong}/")
        assert answer.status_code == 404
        assert "not whole or not ours" in answer.text
        assert client.post(f"/en/initiatives/still/{wrong}/", {"answer": "right"}).status_code == 404
    assert answered(client, asked, "nonsense").status_code == 400
    UpkeepRequest.objects.update(asked_at=timezone.now() - timedelta(days=61))
    assert "has expired" in client.get(page(asked)).text
    assert answered(client, asked, "right").status_code == 410
    UpkeepRequest.objects.update(asked_at=timezone.now())
    actions.archive(asked.initiative, by=None)
    assert "not published any more" in client.get(page(asked)).text
    assert answered(client, asked, "ended").status_code == 410
    assert status(asked) == Status.ARCHIVED
    assert Initiative.objects.get().confirmed_at is None


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("visitor", False),
        ("facilitator", True),
        ("other_facilitator", False),
        ("moderator", True),
        ("steward", True),
    ],
)
@pytest.mark.parametrize("answer", ["right", "changed", "ended"])
def test_a_member_answers_as_far_as_the_rights_go_now(client, bakery, cast, role, may, answer):
    asked = asked_about(bakery, member=cast[role])
    got = answered(client, asked, answer, note="x")
    assert got.status_code == (302 if may else 403)
    assert client.get(page(asked)).status_code == (200 if may else 403)
    asked.refresh_from_db()
    assert asked.answer == (answer if may else "")
    if may and answer != "changed":
        assert bakery.status_changes.first().by == cast[role]


def test_a_link_shows_no_more_than_everyone_may_see(client, asked):
    Initiative.objects.update(precision="locality", street="7 rue Cachée")
    assert "rue Cachée" not in client.get(page(asked)).text


def test_a_forged_request_from_another_site_is_refused(asked):
    assert answered(Client(enforce_csrf_checks=True), asked, "ended").status_code == 403


def test_its_page_says_calmly_since_when_nobody_confirmed(client, bakery):
    address = f"/en/initiatives/{bakery.slug}/"
    assert STALE not in client.get(address).text
    aged(bakery)
    assert STALE in client.get(address).text
    actions.confirm(bakery, by=None)
    answer = client.get(address).text
    assert STALE not in answer
    assert "Confirmed up to date" in answer


def test_reviewers_read_of_age_and_of_a_silent_website_which_its_page_does_not_tell(client, bakery, cast):
    now = timezone.now()
    Initiative.objects.filter(pk=bakery.pk).update(website="https://gone.example/")
    silent = {"failures": 3, "failing_since": now - timedelta(days=15), "website": "https://gone.example/"}
    SiteCheck.objects.create(initiative=bakery, checked_at=now, **silent)
    aged(bakery)
    client.force_login(cast["moderator"])
    answer = client.get(f"/en/moderation/{bakery.uuid}/").text
    assert "Its website has not answered since" in answer
    assert "Nobody has confirmed it since" in answer
    assert "has not answered" not in client.get(f"/en/initiatives/{bakery.slug}/").text


def test_what_was_asked_of_a_member_is_given_and_forgotten(bakery):
    ana = MemberFactory(email="ana@demo.example")
    handed_in_by(bakery, email="Ana@demo.example")
    asked_about(bakery)
    asked_about(bakery, member=ana)
    asked_about(bakery, member=MemberFactory())
    (room,) = [one for one in belongings.registered() if one.file == "initiatives.json"]
    assert len(room.given(ana)["still_right"]) == 2
    room.forget(ana, {ana.email})
    assert UpkeepRequest.objects.count() == 1


def test_who_has_an_account_is_led_to_where_it_is_edited(client, cast, bakery):
    aged(bakery)
    asked = asked_about(bakery, member=cast["facilitator"])
    form = f"/en/initiatives/{bakery.slug}/suggest/"
    assert f'href="/en/accounts/login/?next={quote(form, safe="")}"' in client.get(page(asked)).text
    client.force_login(cast["facilitator"])
    for step in ("", "?step=changed"):
        assert f'href="{form}"' in client.get(page(asked) + step).text
    assert 'name="note"' in client.get(page(asked) + "?step=changed").text


def test_who_has_none_may_suggest_it_in_the_form(client, asked):
    form = f"/en/initiatives/{asked.initiative.slug}/suggest/"
    assert form not in client.get(page(asked)).text.split("<article")[0]
    assert f'href="{form}"' in client.get(page(asked) + "?step=changed").text
