"""Reading groups, coming into them and going, and what everybody gets."""

from community.groups import actions
from community.models import GroupInvitation

from .matrix import HIDDEN, OLD, OLD_HIDDEN, OPEN, PUBLIC, SHOWN, Verb

#                 nobody stranger invited asking former · member animator · moderator manager admin
READ = {
    SHOWN + OLD: "         y y y y y   y y   y y y",
    HIDDEN + OLD_HIDDEN: " h h h h h   y y   y y y",
}
# For everyone the same, whoever asks: what answers may be kept and passed on.
SAME = {
    SHOWN + OLD: "         y y y y y   y y   y y y",
    HIDDEN + OLD_HIDDEN: " h h h h h   h h   h h h",
}
LISTED = {
    SHOWN + OLD: "         y y y y y   y y   y y y",
    HIDDEN + OLD_HIDDEN: " . . . . .   . .   . . .",
}
# In a selection a private group is a word without meaning, for its members too.
SELECTED = {
    SHOWN + OLD: "         y y y y y   y y   y y y",
    HIDDEN + OLD_HIDDEN: " u u u u u   u u   u u u",
}


def _invited(place) -> GroupInvitation:
    return GroupInvitation.objects.select_related("group__space").get(pk=place.invitation)


def _alone(place) -> None:
    place.row.memberships.filter(member=place.people["second"]).update(role="member")


def _founded(by, kind: str) -> object:
    return actions.create(by=by, values={"name": "Ovens", "purpose": "Bread", "language": "en", "kind": kind})


VERBS = [
    # ── Reading ────────────────────────────────────────────────────────────────────────────────
    Verb("see the page", "group", READ, shows="name", api="api_group", api_rows=SAME),
    Verb(
        "find it in the list",
        "groups",
        {
            SHOWN: "      y y y y y   y y   y y y",
            # Those put away are for who was in them.
            OLD: "        . . . . .   y y   . . .",
            HIDDEN: "     . . . . .   y y   y y y",
            OLD_HIDDEN: " . . . . .   y y   . . .",
        },
        args=(),
        query="q=that+is",
        shows="name",
        api="api_groups",
        api_rows=LISTED,
        api_args=(),
    ),
    Verb(
        "filter the map by it",
        "map",
        SELECTED,
        (),
        "group={slug}",
        api="count",
        api_rows=SELECTED,
        api_args=(),
    ),
    Verb("see who belongs to it", "group_members", READ),
    Verb(
        "see who shows their name to nobody",
        "group_members",
        {
            SHOWN + OLD: "         . . . . .   y y   y y y",
            HIDDEN + OLD_HIDDEN: " h h h h h   y y   y y y",
        },
        shows="hidden",
    ),
    # ── Coming in and going ────────────────────────────────────────────────────────────────────
    Verb(
        "begin a group",
        "group_new",
        {PUBLIC + OPEN + HIDDEN: "s y y y y   y y   y y y"},
        args=(),
        sends=lambda place: {"name": "Ovens", "purpose": "Bread", "kind": place.kind},
        acts=lambda place, by: _founded(by, place.kind),
    ),
    Verb(
        "join, or ask to",
        "group_join",
        {
            PUBLIC: "     s y y . y   . .   y y y",
            OPEN: "       s y y y y   . .   y y y",
            OLD: "        s n n n n   . .   n n n",
            HIDDEN + OLD_HIDDEN: " s h h h h   . .   n n n",
        },
        sends=lambda place: {"message": "Hello"},
        acts=lambda place, by: (actions.ask if place.kind == "public" else actions.join)(place.row, by=by),
    ),
    Verb(
        "take one's request back",
        "group_withdraw",
        {
            SHOWN + OLD: "         s . . y .   . .   . . .",
            HIDDEN + OLD_HIDDEN: " s h h h h   . .   . . .",
        },
        sends=lambda place: {},
        acts=lambda place, by: actions.withdraw_request(place.row, by=by),
        # Whoever asked a group that turned private since has no request any more.
        act_rows={HIDDEN + OLD_HIDDEN: "- . . y .   . .   . . ."},
    ),
    Verb(
        "read the invitation",
        "group_invited",
        {
            SHOWN + HIDDEN: "  y y y y y   y y   y y y",
            OLD + OLD_HIDDEN: "h h h h h   h h   h h h",
        },
        args=("token",),
        shows="name",
    ),
    Verb(
        "accept the invitation",
        "group_invited",
        {
            # Whoever has the link; nobody loses a role by it.
            SHOWN + HIDDEN: "  n y y y y   y y   y y y",
            OLD + OLD_HIDDEN: "h h h h h   h h   h h h",
        },
        args=("token",),
        sends=lambda place: {},
        acts=lambda place, by: actions.accept(_invited(place), by=by),
    ),
    Verb(
        "leave",
        "group_leave",
        {
            SHOWN + OLD: "         s . . . .   y y   . . .",
            HIDDEN + OLD_HIDDEN: " s h h h h   y y   . . .",
        },
        sends=lambda place: {},
        acts=lambda place, by: actions.leave(place.row, by=by),
    ),
    Verb(
        "leave as the last who runs it",
        "group_leave",
        {
            SHOWN: "      s . . . .   y .   . . .",
            # Nothing is left to be run.
            OLD: "        s . . . .   y y   . . .",
            HIDDEN: "     s h h h h   y .   . . .",
            OLD_HIDDEN: " s h h h h   y y   . . .",
        },
        sends=lambda place: {},
        first=_alone,
        acts=lambda place, by: actions.leave(place.row, by=by),
    ),
    Verb(
        "choose how much mail",
        "group_mail",
        {
            SHOWN + OLD: "         s n n n n   y y   n n n",
            HIDDEN + OLD_HIDDEN: " s h h h h   y y   n n n",
        },
        sends=lambda place: {"frequency": "none"},
        acts=lambda place, by: actions.set_frequency(place.row, by=by, frequency="none"),
    ),
    Verb(
        "hand it over",
        "group_hand_over",
        {
            SHOWN: "      s n n n n   n y   n n n",
            OLD: "        s n n n n   n n   n n n",
            HIDDEN: "     s h h h h   n y   n n n",
            OLD_HIDDEN: " s h h h h   n n   n n n",
        },
        sends=lambda place: {"to": place.third},
        acts=lambda place, by: actions.hand_over(place.row, by=by, to=place.people["third"]),
    ),
]
