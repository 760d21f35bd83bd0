"""What is done with spaces, their people, links and groups, and what everybody gets; the API has no door for any.

No verb takes a group out of a space or brings one in that was begun elsewhere.
"""

from community.groups import actions as groups
from community.models import GroupInvitation, SpaceInvitation, SpaceMembership
from community.spaces import actions
from community.spaces.resources import actions as resources
from community.spaces.resources.models import SpaceResource

from .matrix import HIDDEN, OLD, OLD_HIDDEN, PUBLIC, Verb

#                 nobody stranger invited former · member facilitator · moderator manager admin
READ = {
    PUBLIC + OLD: "        y y y y   y y   y y y",
    HIDDEN + OLD_HIDDEN: " h h h h   y y   h y y",
}
RUN = {
    PUBLIC: "     s n n n   n y   n y y",
    OLD: "        s n n n   n n   n n n",
    HIDDEN: "     s h h h   n y   h y y",
    OLD_HIDDEN: " s h h h   n n   h n n",
}
FORM = {
    "name": "Grain",
    "purpose": "Ovens",
    "readers": "private",
    "email": "z@demo.example",
    "language": "en",
}
LINK = {"title": "Recipes", "url": "https://example.org/recipes"}


def _third(place) -> SpaceMembership:
    return SpaceMembership.objects.select_related("space", "member").get(pk=place.third)


def _invited(place) -> SpaceInvitation:
    return SpaceInvitation.objects.select_related("space").get(pk=place.invitation)


def _link(place, name: str = "link") -> SpaceResource:
    return SpaceResource.objects.select_related("space").get(pk=getattr(place, name))


def _alone(place) -> None:
    place.row.memberships.filter(member=place.people["second"]).update(role="member")


def _inside(place) -> dict:
    values = {"name": "Ovens", "purpose": "Bread", "language": "en", "kind": "private"}
    return values | {"space": place.row}


VERBS = [
    # ── Reading ────────────────────────────────────────────────────────────────────────────────
    Verb("see the page", "space", READ, shows="name"),
    Verb(
        "find it in the list",
        "spaces",
        {
            PUBLIC: "     y y y y   y y   y y y",
            # Those put away are for who belongs to them.
            OLD: "        . . . .   y y   . . .",
            HIDDEN: "     . . . .   y y   . y y",
            OLD_HIDDEN: " . . . .   y y   . . .",
        },
        args=(),
        shows="name",
    ),
    Verb(
        "see that a private group is inside",
        "space",
        {
            # Whoever runs the space knows that it is there, and moderators know all groups.
            PUBLIC + OLD: "        . . . .   . y   y y y",
            HIDDEN + OLD_HIDDEN: " h h h h   . y   h y y",
        },
        shows="inside",
    ),
    Verb("see who belongs to it", "space_members", READ),
    Verb(
        "see who shows their name to nobody",
        "space_members",
        {
            PUBLIC + OLD: "        . . . .   y y   . y y",
            HIDDEN + OLD_HIDDEN: " h h h h   y y   h y y",
        },
        shows="hidden",
    ),
    Verb("see the logo", "space_logo", READ),
    Verb("take a file", "space_file", READ, ("slug", "file")),
    # ── Coming in and going ────────────────────────────────────────────────────────────────────
    Verb(
        "make a space",
        "space_new",
        {PUBLIC: "s n n n   n n   n y y"},
        args=(),
        sends=lambda place: FORM,
        acts=lambda place, by: actions.create(
            by=by,
            values={"name": "Grain", "purpose": "Ovens", "language": "en"},
            email="z@demo.example",
            language="en",
        ),
    ),
    Verb(
        "read the invitation",
        "space_invited",
        {
            PUBLIC + HIDDEN: "  y y y y   y y   y y y",
            OLD + OLD_HIDDEN: "h h h h   h h   h h h",
        },
        ("token",),
        shows="name",
    ),
    Verb(
        "accept the invitation",
        "space_invited",
        {
            # Whoever has the link; nobody loses a role by it.
            PUBLIC + HIDDEN: "  n y y y   y y   y y y",
            OLD + OLD_HIDDEN: "h h h h   h h   h h h",
        },
        ("token",),
        sends=lambda place: {},
        acts=lambda place, by: actions.accept(_invited(place), by=by),
    ),
    Verb(
        "accept an invitation into a group inside",
        "group_invited",
        {
            PUBLIC + OLD: "        n y y y   y y   y y y",
            # Through a private space one does not come from outside.
            HIDDEN + OLD_HIDDEN: " n . . .   y y   . . .",
        },
        ("inside_token",),
        sends=lambda place: {},
        acts=lambda place, by: groups.accept(
            GroupInvitation.objects.select_related("group__space").get(group=place.inside_row), by=by
        ),
    ),
    Verb(
        "leave",
        "space_leave",
        {
            PUBLIC + OLD: "        s . . .   y y   . . .",
            HIDDEN + OLD_HIDDEN: " s h h h   y y   h . .",
        },
        sends=lambda place: {},
        acts=lambda place, by: actions.leave(place.row, by=by),
    ),
    Verb(
        "leave as the last who runs it",
        "space_leave",
        {
            PUBLIC: "     s . . .   y .   . . .",
            OLD: "        s . . .   y y   . . .",
            HIDDEN: "     s h h h   y .   h . .",
            OLD_HIDDEN: " s h h h   y y   h . .",
        },
        sends=lambda place: {},
        first=_alone,
        acts=lambda place, by: actions.leave(place.row, by=by),
    ),
    # ── Running it ─────────────────────────────────────────────────────────────────────────────
    Verb("see the form", "space_edit", RUN),
    Verb(
        "edit it",
        "space_edit",
        RUN,
        sends=lambda place: {"name": "New", "purpose": "New", "accent": "pine", "filter": "q=bread"},
        acts=lambda place, by: actions.revise(place.row, by=by, values={"name": "New"}),
    ),
    Verb("see the page of its people", "space_people", RUN, shows="hidden"),
    Verb(
        "invite",
        "space_people",
        RUN,
        sends=lambda place: {"email": "new@demo.example", "role": "member", "language": "en"},
        acts=lambda place, by: actions.invite(
            place.row, by=by, email="new@demo.example", role="member", language="en"
        ),
    ),
    Verb(
        "invite again",
        "space_invitation",
        RUN,
        ("slug", "invitation"),
        sends=lambda place: {},
        acts=lambda place, by: actions.invite_again(_invited(place), by=by),
    ),
    Verb(
        "take an invitation back",
        "space_invitation",
        RUN,
        ("slug", "invitation"),
        sends=lambda place: {"revoke": "1"},
        acts=lambda place, by: actions.revoke(_invited(place), by=by),
    ),
    Verb(
        "give somebody a role",
        "space_membership",
        RUN,
        ("slug", "third"),
        sends=lambda place: {"role": "facilitator"},
        acts=lambda place, by: actions.change_role(_third(place), by=by, role="facilitator"),
    ),
    Verb(
        "remove somebody",
        "space_membership",
        RUN,
        ("slug", "third"),
        sends=lambda place: {"remove": "1"},
        acts=lambda place, by: actions.remove(_third(place), by=by),
    ),
    Verb("see the list of links and files", "space_resources", RUN),
    Verb(
        "add a link",
        "space_resources",
        RUN,
        sends=lambda place: LINK,
        acts=lambda place, by: resources.add(place.row, by=by, **LINK),
    ),
    Verb(
        "move a link",
        "space_resource",
        RUN,
        ("slug", "link"),
        sends=lambda place: {"verb": "down"},
        acts=lambda place, by: resources.move(_link(place), by=by, up=False),
    ),
    Verb(
        "take a link away",
        "space_resource",
        RUN,
        ("slug", "link"),
        sends=lambda place: {"verb": "remove"},
        acts=lambda place, by: resources.take_away(_link(place), by=by),
    ),
    Verb(
        "begin a group inside",
        "group_new",
        {
            # Its people alone, whoever else looks after it.
            PUBLIC: "     s n n n   y y   n n n",
            OLD: "        s n n n   n n   n n n",
            HIDDEN: "     s h h h   y y   h n n",
            OLD_HIDDEN: " s h h h   n n   h n n",
        },
        args=(),
        query="space={slug}",
        sends=lambda place: {"name": "Ovens", "purpose": "Bread", "kind": "private"},
        acts=lambda place, by: groups.create(by=by, values=_inside(place)),
    ),
    Verb(
        "archive it",
        "space_archive",
        {
            PUBLIC: "     s n n n   n y   n y y",
            # It is so already.
            OLD: "        s n n n   n .   n . .",
            HIDDEN: "     s h h h   n y   h y y",
            OLD_HIDDEN: " s h h h   n .   h . .",
        },
        sends=lambda place: {},
        acts=lambda place, by: actions.archive(place.row, by=by),
    ),
    Verb(
        "open it again",
        "space_archive",
        {
            PUBLIC: "     s n n n   n .   n . .",
            OLD: "        s n n n   n y   n y y",
            HIDDEN: "     s h h h   n .   h . .",
            OLD_HIDDEN: " s h h h   n y   h y y",
        },
        sends=lambda place: {"reopen": "1"},
        acts=lambda place, by: actions.reopen(place.row, by=by),
    ),
]
