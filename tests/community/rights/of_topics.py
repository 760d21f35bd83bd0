"""What is done with topics, posts and meetings, and what everybody gets; of these the API has no door at all."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community.models import GroupMembership, Post, Topic
from community.topics import actions
from community.topics.enums import FileKind
from community.topics.files import Checked
from community.topics.meetings import Meeting

from .matrix import HIDDEN, OLD, OLD_HIDDEN, PUBLIC, SHOWN, Verb
from .of_groups import READ, SAME

#                 nobody stranger invited asking former · member animator · moderator manager admin
WRITE = {
    SHOWN: "      s n n n n   y y   n n y",
    # Whoever may do all passes the right, and finds the group archived.
    OLD: "        s n n n n   n n   n n .",
    HIDDEN: "     s h h h h   y y   n n y",
    OLD_HIDDEN: " s h h h h   n n   n n .",
}
REPLY = {
    SHOWN: "      s n n n n   y y   n n y",
    # Told at once that the group is archived.
    OLD: "        s . . . .   . .   . . .",
    HIDDEN: "     s h h h h   y y   n n y",
    OLD_HIDDEN: " s h h h h   . .   . . .",
}
# What is wrong is put right in a group that is archived, too.
TEND = {
    SHOWN + OLD: "         s n n n n   n y   y y y",
    HIDDEN + OLD_HIDDEN: " s h h h h   n y   y y y",
}
OWN = {
    SHOWN: "      s n n n n   y n   n n n",
    OLD: "        s n n n n   n n   n n n",
    HIDDEN: "     s h h h h   y n   n n n",
    OLD_HIDDEN: " s h h h h   n n   n n n",
}
NOBODY_AT_ALL = {
    SHOWN + OLD: "         s n n n n   n n   n n n",
    HIDDEN + OLD_HIDDEN: " s h h h h   n n   n n n",
}
POST, OWN_POST, LEFT_POST = (("slug", "topic", name) for name in ("post", "own", "left"))


def topic(place, name: str = "topic") -> Topic:
    """One of the two topics of a place."""
    return Topic.objects.select_related("group").get(pk=getattr(place, name))


def post(place, name: str) -> Post:
    """One of its posts."""
    return Post.objects.select_related("topic__group", "author").get(pk=getattr(place, name))


def _membership(place) -> GroupMembership:
    return place.row.memberships.get(member=place.people["member"])


def tomorrow() -> str:
    """As a form sends it."""
    return (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def _plan(place) -> dict:
    return {"title": "New", "text": "x", "files": SimpleUploadedFile("Plan.txt", b"abc")}


def _closed(place) -> None:
    Topic.objects.filter(pk=place.topic).update(closed_at=timezone.now())


def hidden(place) -> None:
    """Somebody has hidden the first post."""
    Post.objects.filter(pk=place.post).update(hidden_at=timezone.now())


VERBS = [
    # ── Reading ────────────────────────────────────────────────────────────────────────────────
    Verb("see the topics", "topics", READ, shows="title"),
    Verb("read a topic", "topic", READ, ("slug", "topic"), shows="title"),
    Verb("take a file", "topic_attachment", READ, ("slug", "file")),
    Verb(
        "take a file of a hidden post",
        "topic_attachment",
        {
            SHOWN + OLD: "         h h h h h   h y   y y y",
            HIDDEN + OLD_HIDDEN: " h h h h h   h y   y y y",
        },
        ("slug", "file"),
        first=hidden,
    ),
    # A reader of feeds or a calendar keeps no secret: private groups have none.
    Verb("read the feed", "topics_feed", SAME),
    Verb("subscribe to its meetings", "group_agenda", SAME),
    Verb("keep a meeting", "meeting", READ, ("slug", "meeting")),
    Verb(
        "find its meeting in the agenda",
        "agenda",
        {
            SHOWN: "            y y y y y   y y   y y y",
            HIDDEN: "           . . . . .   y y   . . .",
            OLD + OLD_HIDDEN: " . . . . .   . .   . . .",
        },
        args=(),
        shows="supper",
    ),
    Verb(
        "find its meeting in the calendar of all",
        "agenda_feed",
        {
            SHOWN: "                     y y y y y   y y   y y y",
            HIDDEN + OLD + OLD_HIDDEN: " . . . . .   . .   . . .",
        },
        args=(),
        shows="supper",
    ),
    Verb(
        "have names proposed after an @",
        "group_names",
        {
            SHOWN: "      s n n n n   y y   y y y",
            OLD: "        s n n n n   n n   n n y",
            HIDDEN: "     s h h h h   y y   y y y",
            OLD_HIDDEN: " s h h h h   n n   n n y",
        },
    ),
    Verb("see what was reported", "topic_reports", TEND),
    # ── Writing ────────────────────────────────────────────────────────────────────────────────
    Verb(
        "begin a topic",
        "topic_new",
        WRITE,
        sends=lambda place: {"title": "New", "text": "x"},
        acts=lambda place, by: actions.begin(place.row, by=by, title="New", text="x"),
    ),
    Verb(
        "attach a file",
        "topic_new",
        WRITE,
        sends=_plan,
        acts=lambda place, by: actions.begin(
            place.row,
            by=by,
            title="New",
            text="x",
            files=[Checked(FileKind.TXT, "Plan.txt", ContentFile(b"abc"))],
        ),
    ),
    Verb(
        "call a meeting",
        "topic_new",
        WRITE,
        sends=lambda place: {"title": "New", "text": "x", "starts_at": tomorrow()},
        acts=lambda place, by: actions.begin(
            place.row, by=by, title="New", text="x", meeting=Meeting(timezone.now())
        ),
    ),
    Verb(
        "reply",
        "topic_reply",
        REPLY,
        ("slug", "topic"),
        sends=lambda place: {"text": "x"},
        acts=lambda place, by: actions.reply(topic(place), by=by, text="x"),
    ),
    Verb(
        "reply in a closed topic",
        "topic_reply",
        {
            SHOWN + OLD: "         s . . . .   . .   . . .",
            HIDDEN + OLD_HIDDEN: " s h h h h   . .   . . .",
        },
        ("slug", "topic"),
        sends=lambda place: {"text": "x"},
        first=_closed,
        acts=lambda place, by: actions.reply(topic(place), by=by, text="x"),
    ),
    Verb(
        "edit the post of the member",
        "post_edit",
        OWN,
        OWN_POST,
        sends=lambda place: {"text": "Other words"},
        acts=lambda place, by: actions.edit(post(place, "own"), by=by, text="Other words"),
    ),
    Verb(
        "edit a post of somebody else",
        "post_edit",
        NOBODY_AT_ALL,
        POST,
        sends=lambda place: {"text": "Other words"},
        acts=lambda place, by: actions.edit(post(place, "post"), by=by, text="Other words"),
    ),
    Verb(
        "take back the post of the member",
        "post_take_back",
        {
            SHOWN + OLD: "         s n n n n   y n   n n n",
            HIDDEN + OLD_HIDDEN: " s h h h h   y n   n n n",
        },
        OWN_POST,
        sends=lambda place: {},
        acts=lambda place, by: actions.take_back(post(place, "own"), by=by),
    ),
    Verb(
        "take back the post of who has left",
        "post_take_back",
        {
            SHOWN + OLD: "         s n n n y   n n   n n n",
            HIDDEN + OLD_HIDDEN: " s h h h h   n n   n n n",
        },
        LEFT_POST,
        sends=lambda place: {},
        acts=lambda place, by: actions.take_back(post(place, "left"), by=by),
        # The page of a private group is not there for them; the one below takes all back.
        act_rows={HIDDEN + OLD_HIDDEN: "- . . . y   . .   . . ."},
    ),
    Verb(
        "take back all that one wrote",
        "account_posts",
        {PUBLIC: "s . . . y   y .   . . ."},
        args=(),
        sends=lambda place: {},
        acts=lambda place, by: actions.take_back_all(by=by),
    ),
    Verb(
        "announce",
        "topic_announce",
        {
            SHOWN: "      s n n n n   n y   y y y",
            OLD: "        s n n n n   n n   n n .",
            HIDDEN: "     s h h h h   n y   y y y",
            OLD_HIDDEN: " s h h h h   n n   n n .",
        },
        sends=lambda place: {"title": "New", "text": "x", "sure": "1"},
        acts=lambda place, by: actions.announce(place.row, by=by, title="New", text="x"),
    ),
    Verb(
        "end mail by the link of one",
        "group_letters",
        # Whoever has the link: mail programs press the button.
        {SHOWN + OLD + HIDDEN + OLD_HIDDEN: "y y y y y   y y   y y y"},
        ("letter",),
        sends=lambda place: {},
        acts=lambda place, by: actions.end_mail(_membership(place)),
    ),
]
