"""Running groups, and what everybody gets; what initiatives say of them."""

from community.groups import actions
from community.models import GroupInvitation, GroupMembership, GroupRequest
from initiatives.groups import actions as naming
from initiatives.models import Initiative

from .matrix import HIDDEN, OLD, OLD_HIDDEN, SHOWN, Verb

#                 nobody stranger invited asking former · member animator · moderator manager admin
RUN = {
    SHOWN: "      s n n n n   n y   y y y",
    OLD: "        s n n n n   n n   n n n",
    HIDDEN: "     s h h h h   n y   y y y",
    OLD_HIDDEN: " s h h h h   n n   n n n",
}


def _third(place) -> GroupMembership:
    return GroupMembership.objects.select_related("group", "member").get(pk=place.third)


def _asked(place) -> GroupRequest:
    return GroupRequest.objects.select_related("group", "member").get(pk=place.request)


def _invited(place) -> GroupInvitation:
    return GroupInvitation.objects.select_related("group__space").get(pk=place.invitation)


def _initiative(place) -> Initiative:
    return Initiative.objects.get(slug=place.initiative)


def _named(place) -> None:
    naming.name_group(_initiative(place), group=place.row, by=None)


def _facts(place) -> dict:
    return {"name": "New name", "purpose": "New", "kind": place.kind}


VERBS = [
    # ── Running it ─────────────────────────────────────────────────────────────────────────────
    Verb(
        "edit it",
        "group_edit",
        RUN,
        sends=_facts,
        acts=lambda place, by: actions.revise(place.row, by=by, values=_facts(place)),
    ),
    Verb("see the page of its people", "group_people", RUN, shows="hidden"),
    Verb(
        "invite",
        "group_people",
        RUN,
        sends=lambda place: {"email": "new@demo.example", "role": "member", "language": "en"},
        acts=lambda place, by: actions.invite(
            place.row, by=by, email="new@demo.example", role="member", language="en"
        ),
    ),
    Verb(
        "invite again",
        "group_invitation",
        RUN,
        ("slug", "invitation"),
        sends=lambda place: {},
        acts=lambda place, by: actions.invite_again(_invited(place), by=by),
    ),
    Verb(
        "take an invitation back",
        "group_invitation",
        RUN,
        ("slug", "invitation"),
        sends=lambda place: {"revoke": "1"},
        acts=lambda place, by: actions.revoke(_invited(place), by=by),
    ),
    Verb(
        "let in who asked",
        "group_request",
        RUN,
        ("slug", "request"),
        sends=lambda place: {},
        acts=lambda place, by: actions.accept_request(_asked(place), by=by),
    ),
    Verb(
        "refuse who asked",
        "group_request",
        RUN,
        ("slug", "request"),
        sends=lambda place: {"refuse": "1", "reason": "Not now."},
        acts=lambda place, by: actions.refuse_request(_asked(place), by=by, reason="Not now."),
    ),
    Verb(
        "give somebody a role",
        "group_membership",
        RUN,
        ("slug", "third"),
        sends=lambda place: {"role": "animator"},
        acts=lambda place, by: actions.change_role(_third(place), by=by, role="animator"),
    ),
    Verb(
        "remove somebody",
        "group_membership",
        RUN,
        ("slug", "third"),
        sends=lambda place: {"remove": "1"},
        acts=lambda place, by: actions.remove(_third(place), by=by),
    ),
    Verb(
        "archive it",
        "group_archive",
        {
            SHOWN: "      s n n n n   n y   y y y",
            # It is so already.
            OLD: "        s n n n n   n .   . . .",
            HIDDEN: "     s h h h h   n y   y y y",
            OLD_HIDDEN: " s h h h h   n .   . . .",
        },
        sends=lambda place: {},
        acts=lambda place, by: actions.archive(place.row, by=by),
    ),
    Verb(
        "open it again",
        "group_archive",
        {
            SHOWN: "      s n n n n   n .   . . .",
            OLD: "        s n n n n   n y   y y y",
            HIDDEN: "     s h h h h   n .   . . .",
            OLD_HIDDEN: " s h h h h   n y   y y y",
        },
        sends=lambda place: {"reopen": "1"},
        acts=lambda place, by: actions.reopen(place.row, by=by),
    ),
    # ── Initiatives, by people who may edit them ───────────────────────────────────────────────
    Verb(
        "say that an initiative belongs to it",
        "initiative_groups",
        {
            SHOWN + HIDDEN: "  s . . . .   y y   . . .",
            OLD + OLD_HIDDEN: "s . . . .   . .   . . .",
        },
        ("initiative",),
        sends=lambda place: {"group": place.slug},
        acts=lambda place, by: naming.name_group(_initiative(place), group=place.row, by=by),
        # Whoever looks after all groups chooses from their own on the page.
        act_rows={
            SHOWN + HIDDEN: "  - . . . .   y y   y y y",
            OLD + OLD_HIDDEN: "- . . . .   . .   . . y",
        },
    ),
    Verb(
        "say that it does not any more",
        "initiative_groups",
        {
            # Any group that they know of: they may have left it since.
            SHOWN + OLD: "         s y y y y   y y   y y y",
            HIDDEN + OLD_HIDDEN: " s h h h h   y y   y y y",
        },
        ("initiative",),
        sends=lambda place: {"unname": place.slug},
        first=_named,
        acts=lambda place, by: naming.unname_group(_initiative(place), group=place.row, by=by),
    ),
]
