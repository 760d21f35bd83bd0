"""What the table of rights does not say of topics and posts: closed, left, moved, reported, twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.groups.enums import GroupRole
from community.topics import actions
from community.topics.order import actions as order
from tests.factories import GroupFactory, GroupMembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
ROLES = ("outsider", "member", "author", "animator", "moderator", "manager", "admin")


def _moved(circle, by):
    to = GroupFactory(kind=circle.group.kind)
    if by is circle["animator"]:
        GroupMembershipFactory(group=to, member=by, role=GroupRole.ANIMATOR)
    order.move(circle.topic, by=by, to=to)


VERBS = {
    "begin": lambda c, by: actions.begin(c.group, by=by, title="New", text="x"),
    "reply": lambda c, by: actions.reply(c.topic, by=by, text="x"),
    "edit": lambda c, by: actions.edit(c.post, by=by, text="x"),
    "take_back": lambda c, by: actions.take_back(c.post, by=by),
    "hide": lambda c, by: order.hide(c.post, by=by),
    "show": lambda c, by: order.show(c.post, by=by),
    "pin": lambda c, by: order.pin(c.topic, by=by),
    "unpin": lambda c, by: order.unpin(c.topic, by=by),
    "close": lambda c, by: order.close(c.topic, by=by),
    "reopen": lambda c, by: order.reopen(c.topic, by=by),
    "change": lambda c, by: order.change(c.topic, by=by, title="x"),
    "move": _moved,
    "announce": lambda c, by: actions.announce(c.group, by=by, title="x", text="x"),
    "report": lambda c, by: order.report(c.post, by=by, reason="x"),
}


def _may(circle, verb: str, role: str) -> bool:
    try:
        VERBS[verb](circle, circle[role])
    except (PermissionDenied, actions.ClosedError):
        return False
    return True


@pytest.mark.parametrize("verb", ["reply", "edit"])
def test_a_closed_topic_takes_nothing_from_anybody(circle, verb):
    order.close(circle.topic, by=circle["animator"])
    for role in ROLES:
        assert not _may(circle, verb, role)
    order.reopen(circle.topic, by=circle["animator"])
    assert _may(circle, verb, "author")


def test_who_has_left_takes_back_but_writes_no_more(circle):
    circle.group.memberships.filter(member=circle["author"]).delete()
    for verb in ("reply", "edit", "begin"):
        assert not _may(circle, verb, "author")
    assert _may(circle, "take_back", "author")


def test_an_account_that_is_not_active_does_nothing(circle):
    for role in ROLES:
        circle[role].is_active = False
        circle[role].save()
        for verb in VERBS:
            assert not _may(circle, verb, role), (role, verb)


# ── Moving ──────────────────────────────────────────────────────────────────────────────────────
def test_a_topic_moves_only_to_a_group_that_one_runs_and_never_out_of_private(circle, private):
    animator = circle["animator"]
    with pytest.raises(PermissionDenied):
        order.move(circle.topic, by=animator, to=private.group)
    GroupMembershipFactory(group=private.group, member=animator, role=GroupRole.ANIMATOR)
    with pytest.raises(actions.ValidationError):
        order.move(private.topic, by=animator, to=circle.group)
    with pytest.raises(actions.ValidationError):
        order.move(private.topic, by=circle["admin"], to=circle.group)
    order.move(circle.topic, by=animator, to=private.group)
    assert private.group.topics.count() == 2
    assert not circle.group.topics.exists()


# ── Reports ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("author", "deciding"),
    [
        ("author", {"animator", "other", "moderator", "manager", "admin"}),
        ("animator", {"moderator", "manager", "admin"}),
    ],
)
def test_a_colleague_does_not_close_what_is_said_of_an_animator(circle, author, deciding):
    circle.join("other", GroupRole.ANIMATOR)
    post = actions.reply(circle.topic, by=circle[author], text="Something rude")
    for role in (*ROLES, "other"):
        report = order.report(post, by=circle["member"], reason="Rude")
        try:
            order.close_report(report, by=circle[role])
        except PermissionDenied:
            done = False
        else:
            done = True
        assert done == (role in deciding), role


def test_a_report_is_one_and_is_closed_once(circle):
    first = order.report(circle.post, by=circle["outsider"], reason="Spam")
    assert order.report(circle.post, by=circle["outsider"], reason="Spam!") == first
    order.close_report(first, by=circle["animator"])
    with pytest.raises(actions.ClosedError):
        order.close_report(first, by=circle["animator"])
    assert order.report(circle.post, by=circle["outsider"], reason="Again") != first


# ── Twice ───────────────────────────────────────────────────────────────────────────────────────
def test_a_second_press_of_the_button_is_one_post(circle, time_machine):
    group, by = circle.group, circle["author"]
    time_machine.move_to(timezone.now(), tick=False)
    again = actions.begin(group, by=by, title="Flour for March", text="Who joins?")
    assert again.pk == circle.post.pk
    first = actions.reply(circle.topic, by=by, text="Me too")
    assert actions.reply(circle.topic, by=by, text=" Me too ").pk == first.pk
    assert actions.reply(circle.topic, by=circle["member"], text="Me too").pk != first.pk
    time_machine.shift(timedelta(minutes=1, seconds=1))
    assert actions.reply(circle.topic, by=by, text="Me too").pk != first.pk
    assert actions.begin(group, by=by, title="Flour for March", text="Who joins?").pk != circle.post.pk


def test_what_was_taken_back_is_gone_and_cannot_be_worked_on(circle):
    taken = actions.take_back(circle.post, by=circle["author"])
    assert (taken.text, bool(taken.taken_back_at)) == ("", True)
    for verb in ("edit", "take_back", "hide", "report"):
        role = "author" if verb in ("edit", "take_back") else "animator"
        with pytest.raises(actions.ClosedError):
            VERBS[verb](circle, circle[role])


def test_all_ones_posts_go_at_once_and_those_of_others_stay(circle):
    actions.reply(circle.topic, by=circle["author"], text="One more")
    kept = actions.reply(circle.topic, by=circle["member"], text="Mine")
    assert actions.take_back_all(by=circle["author"]) == 2
    assert list(circle.topic.posts.readable()) == [kept]
