"""Someone of every role, and a group and a space of every kind; a cell of the table leaves all as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace

from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from community.groups import links as group_links
from community.groups.enums import GroupRole
from community.members.enums import CollectiveRole, Role, Visibility
from community.models import CollectiveMembership
from community.spaces import links as space_links
from community.spaces.enums import SpaceRole
from community.topics import links as topic_links
from tests.factories import (
    CollectiveFactory,
    GroupFactory,
    InitiativeFactory,
    MemberFactory,
    PostFactory,
    SpaceFactory,
    TopicFactory,
)

from .matrix import GROUP_ROLES, HIDDEN, OLD, OLD_HIDDEN, PUBLIC, SHOWN, SPACE_ROLES

SITE = {
    "moderator": {"roles": [Role.MODERATOR]},
    "manager": {"roles": [Role.ANIMATOR]},
    "admin": {"is_superuser": True, "is_staff": True},
}
# Whose rows a verb may change.
WATCHED = (
    "community_group",
    "community_groupmembership",
    "community_grouprequest",
    "community_groupinvitation",
    "community_topic",
    "community_post",
    "community_attachment",
    "community_mention",
    "community_postreport",
    "community_space",
    "community_spacemembership",
    "community_spaceinvitation",
    "community_spaceresource",
    "initiatives_initiativegroup",
)
STATE = " UNION ALL ".join(
    f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} t" for name in WATCHED
)


class World:
    """The people, each with a browser of their own, and the places."""

    def __init__(self) -> None:
        roles = dict.fromkeys([*GROUP_ROLES, *SPACE_ROLES, "third", "second"])
        self.people = {name: MemberFactory(**SITE.get(name, {})) for name in roles if name != "nobody"}
        self.clients = {"nobody": Client()}
        for name, member in self.people.items():
            self.clients[name] = Client()
            self.clients[name].force_login(member)
        hidden = self.people["third"]
        hidden.public_name, hidden.public_name_seen_by = "Quiet Third", Visibility.NOBODY
        hidden.save()
        self.initiative = self._initiative()
        self.groups = {kind: self._group(kind) for kind in (*SHOWN, *OLD, *HIDDEN, *OLD_HIDDEN)}
        self.spaces = {kind: self._space(kind) for kind in (*PUBLIC, *OLD, *HIDDEN, *OLD_HIDDEN)}
        self.state = state()

    def _initiative(self):
        """Everyone may edit it, so that only the group decides who says that it belongs to one."""
        collective = CollectiveFactory()
        for member in self.people.values():
            CollectiveMembership.objects.create(
                member=member, collective=collective, role=CollectiveRole.FACILITATOR
            )
        return InitiativeFactory(name="The bakery", collective=collective, published=True)

    def _group(self, name: str) -> SimpleNamespace:
        kind, at = name.split()[-1], _put_away(name)
        group = GroupFactory(name=f"Group that is {name}", kind=kind, archived_at=at)
        for role in ("animator", "second"):
            group.memberships.create(member=self.people[role], role=GroupRole.ANIMATOR)
        own = group.memberships.create(member=self.people["member"])
        third = group.memberships.create(member=self.people["third"])
        asked = group.requests.create(member=self.people["asking"])
        invited = group.invitations.create(email=self.people["invited"].email, language="en")
        elsewhere = GroupFactory(kind=kind, animators=[self.people["animator"]])
        topic = TopicFactory(group=group, author=self.people["third"], title=f"Flour {name}")
        meeting = TopicFactory(
            group=group,
            author=self.people["member"],
            title=f"Supper {name}",
            starts_at=timezone.now() + timedelta(days=3),
        )
        PostFactory(topic=meeting)
        post = PostFactory(topic=topic)
        kept = post.attachments.create(name="Plan.txt", size=3, kind="txt")
        kept.file.save("Plan.txt", ContentFile(b"abc"))
        return SimpleNamespace(
            row=group,
            slug=group.slug,
            name=group.name,
            kind=kind,
            people=self.people,
            hidden="Quiet Third",
            third=third.pk,
            request=asked.pk,
            invitation=invited.pk,
            token=group_links.invitation_token(invited),
            letter=topic_links.way_out(own).rstrip("/").rsplit("/", 1)[1],
            elsewhere=elsewhere,
            topic=topic.pk,
            title=topic.title,
            meeting=meeting.pk,
            supper=meeting.title,
            post=post.pk,
            own=PostFactory(topic=topic, author=self.people["member"]).pk,
            left=PostFactory(topic=topic, author=self.people["former"]).pk,
            file=kept.pk,
            report=post.reports.create(by=self.people["second"], reason="Rude").pk,
            initiative=self.initiative.slug,
        )

    def _space(self, name: str) -> SimpleNamespace:
        is_private, at = name in (*HIDDEN, *OLD_HIDDEN), _put_away(name)
        space = SpaceFactory(name=f"Space that is {name}", is_private=is_private, archived_at=at)
        for role in ("facilitator", "second"):
            space.memberships.create(member=self.people[role], role=SpaceRole.FACILITATOR)
        space.memberships.create(member=self.people["member"])
        third = space.memberships.create(member=self.people["third"])
        invited = space.invitations.create(email=self.people["invited"].email, language="en")
        space.logo.save("logo.png", ContentFile(b"\x89PNG"))
        link = space.resources.create(title="Charter", url="https://example.org/", position=1)
        plan = space.resources.create(
            title="Plan", position=2, name="Plan.txt", size=3, kind="txt", url="https://x.y/"
        )
        plan.file.save("Plan.txt", ContentFile(b"abc"), save=False)
        plan.url = ""
        plan.save()
        inside = GroupFactory(
            name=f"Inside of {name}", kind="private", space=space, animators=[self.people["third"]]
        )
        asked = inside.invitations.create(email=self.people["invited"].email, language="en")
        return SimpleNamespace(
            row=space,
            slug=space.slug,
            name=space.name,
            people=self.people,
            hidden="Quiet Third",
            third=third.pk,
            invitation=invited.pk,
            token=space_links.invitation_token(invited),
            link=link.pk,
            file=plan.pk,
            inside=inside.name,
            inside_row=inside,
            inside_token=group_links.invitation_token(asked),
        )


def _put_away(kind: str) -> datetime | None:
    return timezone.now() if kind.startswith("archived") else None


def state() -> tuple:
    """All that a verb may change, in short."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return tuple(cursor.fetchall())


@contextmanager
def untouched() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards; nor is anybody slower for what they did before."""
    for name in caches.settings:
        caches[name].clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
