"""The letter to moderators and stewards: to whom, of what, how often, and its ways out."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from community.collectives import actions
from community.collectives.claims import actions as claims
from community.letters import boxes, links
from community.letters.enums import Kind
from community.members.enums import Role
from community.models import Letterbox, Member
from initiatives.models import Initiative, Proposal, Report, ReviewScope, StatusChange
from initiatives.telling import desk, forgetting
from tests.conftest import square
from tests.factories import MemberFactory, TerritoryFactory
from tests.initiatives.pages import address, page
from tests.initiatives.reporting import reported
from tests.initiatives.test_reviews import pending
from tests.worker import waiting as tasks
from tests.worker import work

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def people(cast) -> dict[str, Member]:
    """The cast, and a moderator of another territory."""
    elsewhere = MemberFactory(roles=[Role.MODERATOR])
    ReviewScope.objects.create(member=elsewhere, territory=TerritoryFactory(boundary=square(13, 52, 14, 53)))
    Member.objects.update(language="en")
    return cast | {"moderator_elsewhere": elsewhere}


@pytest.fixture
def asked(people, rhone):
    """A claim and a new collective."""
    own = people["facilitator"].collective_memberships.get().collective
    member = MemberFactory(language="en")
    values = {"name": "Les\nNeuves", "purposes": {}, "territory": rhone, "website": ""}
    new = actions.found(by=member, values=values)
    mail.outbox.clear()
    return claims.by_request(own, by=member, message="I cook there."), new.claims.get()


def late(days: int) -> None:
    """One of each that waits for so many days."""
    at = timezone.now() - days * DAY
    one = pending(name="Waits")
    StatusChange.objects.filter(initiative=one).update(at=at)
    bakery = reported(Initiative.objects.published().get()).initiative
    Report.objects.update(made_at=at)
    Proposal.objects.create(
        initiative=bakery, of=bakery.updated_at, values={}, message="Hi", language="en", made_at=at
    )


def told(member: Member, now=None) -> str:
    """What a member is told now; nothing where there is no letter."""
    mail.outbox.clear()
    return mail.outbox[0].body if desk.tell(member.pk, now) else ""


def test_each_is_told_what_they_may_decide(people, asked):
    claim, founding = asked
    doors = [address("collective_claim_decide", one.collective.slug, one.pk) for one in (claim, founding)]
    letters = {role: told(member) for role, member in people.items()}
    seen = {role: [door in said for door in doors] for role, said in letters.items()}
    assert seen.pop("moderator") == [True, True]
    assert seen.pop("steward") == [True, False]
    assert not any(letters[role] for role in seen)


def test_its_words_are_those_of_who_asked_on_one_line(people, asked):
    said = told(people["moderator"])
    assert "– Les Neuves: a new collective" in said
    assert "says that it is theirs" in said
    assert "more than 2 days" not in said
    assert mail.outbox[0].to == [people["moderator"].email]
    assert "Waiting for you: 2" in mail.outbox[0].subject


@pytest.mark.parametrize(("days", "is_late"), [(1, False), (3, True)])
def test_moderators_are_told_what_has_waited_for_long_in_their_scope(people, days, is_late):
    late(days)
    said = told(people["moderator"])
    for words in ("1 initiative", "1 suggestion", "1 report"):
        assert (f"– {words}\n  http://testserver/en/moderation/" in said) is is_late
    assert not told(people["moderator_elsewhere"])
    assert not told(people["steward"])


def test_one_a_day_of_what_is_new_and_one_a_week_of_what_is_not(people, asked):
    member, now = people["moderator"], timezone.now()
    assert told(member, now)
    for hours in (0, 1, 24, 6 * 24):
        assert not told(member, now + timedelta(hours=hours)), hours
    assert told(member, now + 7 * DAY)
    assert not told(member, now + 8 * DAY)


def test_what_comes_to_be_late_is_new_but_not_told_twice_a_day(people):
    member, now = people["moderator"], timezone.now()
    late(0)
    assert not told(member, now)
    own = people["facilitator"].collective_memberships.get().collective
    claims.by_request(own, by=MemberFactory(), message="Me")
    assert told(member, now + 47 * timedelta(hours=1))
    assert not told(member, now + 49 * timedelta(hours=1))
    assert "1 report" in told(member, now + 68 * timedelta(hours=1))


def test_the_worker_tells_each_once(people, asked):
    for _time in range(2):
        assert desk.have_told() == 3
    assert tasks(desk.TASK).count() == 3
    work(desk.TASK)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        people[role].email for role in ("moderator", "steward")
    )
    Member.objects.filter(pk=people["steward"].pk).update(is_active=False)
    assert desk.have_told() == 2


def test_what_could_not_be_sent_is_told_later(people, asked, monkeypatch):
    def away(*args, **kwargs):
        raise OSError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr("initiatives.telling.desk.send", away)
        with pytest.raises(OSError, match="no mail server"):
            desk.tell(people["moderator"].pk)
    assert told(people["moderator"])


def test_the_letter_ends_itself_and_not_the_yearly_question(client, people, asked):
    member = people["moderator"]
    told(member)
    way_out = mail.outbox[0].message()["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    assert "What waits for you" in client.get(way_out).text
    assert client.post(way_out, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert boxes.silent_among([member.email], Kind.DESK)
    assert not boxes.silent_among([member.email])
    assert not told(member, timezone.now() + 30 * DAY)
    client.post(way_out, {"again": "1"})
    assert told(member, timezone.now() + 30 * DAY)


@pytest.mark.parametrize(("role", "may"), [("moderator", True), ("steward", True), ("facilitator", False)])
def test_it_is_ended_in_the_profile_too(client, people, role, may):
    client.force_login(people[role])
    assert ("At most once a day" in page(client, "account_profile")) is may
    client.post(address("account_letters"), {"kind": "desk"})
    assert boxes.silent_among([people[role].email], Kind.DESK)
    assert not boxes.silent_among([people[role].email])
    assert ("Tell me again" in page(client, "account_profile")) is may
    client.post(address("account_letters"), {"kind": "desk", "again": "1"})
    assert not boxes.silent_among([people[role].email], Kind.DESK)


def test_the_wish_stays_and_moves_with_the_address(people):
    member = people["moderator"]
    boxes.silence(boxes.of(member.email).fingerprint, Kind.DESK)
    forgetting.forget()
    assert boxes.silent_among([member.email], Kind.DESK)
    boxes.move(member.email, "new@demo.example")
    assert boxes.silent_among(["new@demo.example"], Kind.DESK)
    assert not boxes.silent_among(["new@demo.example"])
    fingerprint = boxes.of(member.email).fingerprint
    assert links.named(links.token_of(fingerprint, Kind.DESK)) == (fingerprint, Kind.DESK)


def test_when_somebody_was_told_is_remembered_for_a_while(people, asked):
    told(people["moderator"])
    forgetting.forget()
    assert Letterbox.objects.exclude(desk_told_at=None).count() == 1
    Letterbox.objects.update(desk_told_at=timezone.now() - 60 * DAY)
    forgetting.forget()
    assert not Letterbox.objects.exclude(desk_told_at=None).exists()
