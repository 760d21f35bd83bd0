"""Keeping order among topics and posts, and what everybody gets; of this the API has no door at all."""

from django.utils import timezone

from community.models import PostReport, Topic
from community.topics.meetings import Meeting
from community.topics.order import actions as order

from .matrix import HIDDEN, OLD, OLD_HIDDEN, SHOWN, Verb
from .of_topics import OWN_POST, POST, TEND, hidden, post, tomorrow, topic

#                 nobody stranger invited asking former · member animator · moderator manager admin
KEEP = {
    SHOWN: "      s n n n n   n y   y y y",
    OLD: "        s n n n n   n n   n n y",
    HIDDEN: "     s h h h h   n y   y y y",
    OLD_HIDDEN: " s h h h h   n n   n n y",
}


def _kept(verb: str) -> Verb:
    """A button of a topic."""
    undone = {"unpin": "pinned_at", "reopen": "closed_at"}.get(verb)
    return Verb(
        f"{verb} a topic",
        "topic_keep",
        KEEP,
        ("slug", "topic"),
        sends=lambda place: {"verb": verb},
        first=(lambda place: Topic.objects.filter(pk=place.topic).update(**{undone: timezone.now()}))
        if undone
        else None,
        acts=lambda place, by: getattr(order, verb)(topic(place), by=by),
    )


VERBS = [
    # ── Keeping order ──────────────────────────────────────────────────────────────────────────
    *(_kept(verb) for verb in ("pin", "unpin", "close", "reopen")),
    Verb(
        "change a topic of somebody else",
        "topic_change",
        KEEP,
        ("slug", "topic"),
        sends=lambda place: {"title": "Other"},
        acts=lambda place, by: order.change(topic(place), by=by, title="Other"),
    ),
    Verb(
        "put off the meeting of the member",
        "topic_change",
        {
            SHOWN: "      s n n n n   y y   y y y",
            OLD: "        s n n n n   n n   n n y",
            HIDDEN: "     s h h h h   y y   y y y",
            OLD_HIDDEN: " s h h h h   n n   n n y",
        },
        ("slug", "meeting"),
        sends=lambda place: {"title": place.supper, "starts_at": tomorrow()},
        acts=lambda place, by: order.change(
            topic(place, "meeting"), by=by, title=place.supper, meeting=Meeting(timezone.now())
        ),
    ),
    Verb(
        "move a topic to another group",
        "topic_move",
        {
            # The page offers the groups that one runs oneself.
            SHOWN: "      s n n n n   n y   . . .",
            OLD: "        s n n n n   n n   n n .",
            HIDDEN: "     s h h h h   n y   . . .",
            OLD_HIDDEN: " s h h h h   n n   n n .",
        },
        ("slug", "topic"),
        sends=lambda place: {"to": place.elsewhere.slug},
        acts=lambda place, by: order.move(topic(place), by=by, to=place.elsewhere),
        act_rows=KEEP,
    ),
    Verb(
        "hide a post",
        "post_keep",
        TEND,
        POST,
        sends=lambda place: {"verb": "hide"},
        acts=lambda place, by: order.hide(post(place, "post"), by=by),
    ),
    Verb(
        "show a post again",
        "post_keep",
        TEND,
        POST,
        sends=lambda place: {"verb": "show"},
        first=hidden,
        acts=lambda place, by: order.show(post(place, "post"), by=by),
    ),
    Verb(
        "report a post",
        "post_report",
        {
            SHOWN + OLD: "         s y y y y   y y   y y y",
            HIDDEN + OLD_HIDDEN: " s h h h h   y y   y y y",
        },
        POST,
        sends=lambda place: {"reason": "Rude"},
        acts=lambda place, by: order.report(post(place, "post"), by=by, reason="Rude"),
    ),
    Verb(
        "report the post of the member",
        "post_report",
        {
            SHOWN + OLD: "         s y y y y   n y   y y y",
            HIDDEN + OLD_HIDDEN: " s h h h h   n y   y y y",
        },
        OWN_POST,
        sends=lambda place: {"reason": "Rude"},
        acts=lambda place, by: order.report(post(place, "own"), by=by, reason="Rude"),
    ),
    Verb(
        "close a report",
        "topic_report_close",
        TEND,
        ("slug", "report"),
        sends=lambda place: {},
        acts=lambda place, by: order.close_report(
            PostReport.objects.select_related("post__topic__group", "post__author").get(pk=place.report),
            by=by,
        ),
    ),
]
