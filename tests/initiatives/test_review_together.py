"""One decision on many: each row for itself, each told."""

import pytest

from community.members.enums import Role
from initiatives import actions
from initiatives.enums import Status
from initiatives.models import StatusChange
from initiatives.reviews import actions as reviews
from initiatives.reviews.forms import MOST, version
from tests.conftest import BERLIN, LYON
from tests.factories import MemberFactory
from tests.initiatives.test_review_pages import TOGETHER, status
from tests.initiatives.test_reviews import pending


@pytest.fixture
def moderator(client, rhone):
    """A moderator of everything, signed in."""
    made = MemberFactory(roles=[Role.MODERATOR])
    client.force_login(made)
    return made


def test_one_decision_on_many_tells_what_happened_to_each(client, moderator):
    good, bare, claimed, changed, done = (
        pending(name="Good"),
        pending(name="Bare", primary_theme=None),
        pending(name="Claimed"),
        pending(name="Changed"),
        pending(name="Done"),
    )
    reviews.claim(claimed, by=MemberFactory(public_name="Otto", roles=[Role.MODERATOR]))
    chosen = [version(one) for one in (good, bare, claimed, changed, done)]
    actions.revise(changed, by=None, values={"summary": "x"})
    actions.publish(done, by=None)
    steps = StatusChange.objects.count()
    answer = client.post(TOGETHER, {"verb": "publish", "chosen": chosen})
    assert (answer.status_code, answer.url) == (302, TOGETHER)
    shown = client.get(TOGETHER)
    told = {row["name"]: row["trouble"] for row in shown.context["outcomes"]}
    assert told["Good"] == ""
    assert told["Bare"] == "A main theme is needed."
    assert "Otto" in told["Claimed"]
    assert told["Changed"] == "It changed since you opened the page."
    assert told["Done"] == "Decided already, or not at that stage."
    assert [status(one) for one in (good, bare, claimed, changed, done)] == [
        "published",
        *["pending"] * 3,
        "published",
    ]
    assert StatusChange.objects.count() == steps + 1


def test_many_need_a_reason_where_one_does_and_nothing_is_decided_without(client, moderator):
    ones = [pending(), pending()]
    answer = client.post(TOGETHER, {"verb": "reject", "chosen": [version(one) for one in ones]})
    assert answer.status_code == 400
    assert 'id="reason_error"' in answer.content.decode()
    assert answer.content.decode().count(" checked") == 3  # the shortcuts' own among them
    assert {status(one) for one in ones} == {"pending"}


def test_too_many_are_refused(client, moderator):
    one = pending()
    chosen = [f"{one.uuid.hex[:-3]}{number:03}@2020-01-01T00:00:00+00:00" for number in range(MOST + 1)]
    answer = client.post(TOGETHER, {"verb": "publish", "chosen": chosen})
    assert answer.status_code == 400
    assert f"Choose at most {MOST}." in answer.content.decode()


def test_what_is_out_of_scope_is_told_and_left(client, moderator, rhone):
    inside, outside = pending(name="In", position=LYON), pending(name="Out", position=BERLIN)
    moderator.review_scopes.create(territory=rhone)
    client.post(TOGETHER, {"verb": "publish", "chosen": [version(inside), version(outside)]})
    told = [(row["name"], row["trouble"]) for row in client.get(TOGETHER).context["outcomes"]]
    assert told == [("In", ""), (str(outside.uuid), "Not open to you")]
    assert status(outside) == Status.PENDING
