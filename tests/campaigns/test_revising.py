"""Other words for what stands in a campaign: by whom, until when, what becomes of its picture, who is told."""

import pytest
from django.core.exceptions import PermissionDenied

from campaigns.enums import NominationState, Phase
from campaigns.models import Campaign
from campaigns.nominating import actions
from tests.factories import MemberFactory
from tests.initiatives.pages import address, page

from .making import campaign_in, nominated, sent

pytestmark = pytest.mark.django_db
STATES = NominationState
WORDS = {"pitch": "It bakes at night, too.", "language": "en"}


@pytest.fixture
def nomination(cast, bakery):
    """One that its people have accepted, put forward by somebody else."""
    return nominated(campaign_in(Phase.CALL), bakery, by=cast["visitor"])


def form(nomination) -> str:
    """The address of the form."""
    return address("campaigns:revise", nomination.campaign.slug, nomination.pk)


def test_its_people_are_told_of_what_others_have_changed_and_not_of_their_own(nomination, cast):
    actions.revise(nomination, by=cast["visitor"], **WORDS)
    told = sent()
    assert {one.to[0] for one in told} == {cast["facilitator"].email, cast["steward"].email}
    assert "> It bakes at night, too." in told[0].body
    assert f"/campaigns/{nomination.campaign.slug}/{nomination.pk}/" in told[0].body
    actions.revise(nomination, by=cast["facilitator"], **{**WORDS, "pitch": "Ours."})
    # No more than before, which are still in the queue.
    assert len(sent()) == 2
    nomination.refresh_from_db()
    assert (nomination.pitch, nomination.state) == ("Ours.", STATES.ACCEPTED)


def test_the_same_words_again_tell_nobody_and_a_mail_that_comes_too_late_is_not_sent(nomination, cast):
    actions.revise(nomination, by=cast["visitor"], pitch=nomination.pitch, language="en")
    assert sent() == []
    actions.revise(nomination, by=cast["visitor"], **WORDS)
    actions.withdraw(nomination, by=cast["visitor"])
    assert sent() == []


def test_who_put_it_forward_changes_it_before_the_answer_and_asks_nobody_again(nomination, cast):
    nomination.state = STATES.PROPOSED
    nomination.save()
    with pytest.raises(PermissionDenied):
        actions.revise(nomination, by=cast["facilitator"], **WORDS)
    assert actions.revise(nomination, by=cast["visitor"], **WORDS).state == STATES.PROPOSED
    assert sent() == []


def test_what_the_jury_reads_stays(nomination, cast):
    Campaign.objects.update(phase=Phase.SELECTION)
    for name in ("visitor", "facilitator", "animator", "admin"):
        with pytest.raises(PermissionDenied):
            actions.revise(nomination, by=cast[name], **WORDS)


def test_the_page_shows_what_is_said_and_changes_it(client, nomination, cast):
    client.force_login(cast["visitor"])
    here = page(client, "campaigns:nominee", nomination.campaign.slug, nomination.pk)
    assert form(nomination) in here
    assert nomination.pitch in page(client, "campaigns:revise", nomination.campaign.slug, nomination.pk)
    answer = client.post(form(nomination), {**WORDS, "film": "https://films.example/1"}, follow=True)
    assert WORDS["pitch"] in answer.text
    nomination.refresh_from_db()
    assert nomination.film == "https://films.example/1"


def test_others_find_neither_the_form_nor_the_way_to_it(client, nomination):
    client.force_login(MemberFactory(language="en"))
    here = page(client, "campaigns:nominee", nomination.campaign.slug, nomination.pk)
    assert form(nomination) not in here
    # To them it is as if it were not there: they may read it where everyone does.
    assert client.get(form(nomination)).status_code == 404
    assert client.post(form(nomination), WORDS).status_code == 404


def test_a_picture_stays_is_replaced_or_taken_away_with_its_file(
    client, nomination, cast, picture, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(cast["visitor"])

    def told(**more) -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(form(nomination), {**WORDS, **more})
        assert answer.status_code == 302
        nomination.refresh_from_db()
        assert bool(nomination.image) == bool(nomination.alt)
        return [path.name for path in tmp_path.rglob("*.*")]

    (first,) = told(image=picture(), alt="An oven")
    assert told(alt="An old oven") == [first]
    assert nomination.alt == "An old oven"
    (second,) = told(image=picture("oven.png"), alt="The new oven")
    assert second != first
    assert told(removes_image="on", alt="The new oven") == []


@pytest.mark.parametrize(
    ("field", "sent_"),
    [
        ("pitch", {"pitch": ""}),
        ("pitch", {"pitch": "x" * 1001}),
        ("pitch", {"pitch": "a\x00b"}),
        ("language", {"language": "xx"}),
        ("film", {"film": "http://films.example/1"}),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(client, nomination, cast, field, sent_):
    client.force_login(cast["visitor"])
    answer = client.post(form(nomination), {**WORDS, **sent_})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_a_picture_that_stays_keeps_words(client, nomination, cast, picture):
    client.force_login(cast["visitor"])
    client.post(form(nomination), {**WORDS, "image": picture(), "alt": "An oven"})
    answer = client.post(form(nomination), {**WORDS, "alt": ""})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["alt"]
