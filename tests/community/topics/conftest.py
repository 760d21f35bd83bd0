"""A group with its people, and a topic."""

from dataclasses import dataclass, field

import pytest

from community.groups.enums import Frequency, GroupKind, GroupRole
from community.members.enums import Role, Visibility
from community.models import Group, GroupMembership, Member, Post
from community.topics import actions
from tests.factories import GroupFactory, GroupMembershipFactory, MemberFactory
from tests.worker import work

TASKS = ("tell_of_post", "send_post", "tell_of_post_report", "send_post_report", "send_group_digest")


def mailed() -> None:
    """Let the worker send what waits."""
    work(*TASKS)


@dataclass
class Circle:
    """A group, who is in it and who is not, and a topic of one post."""

    group: Group
    people: dict[str, Member] = field(default_factory=dict)
    post: Post | None = None

    def __getitem__(self, name: str) -> Member:
        return self.people[name]

    @property
    def topic(self):
        """The topic of the post."""
        return self.post.topic

    @property
    def slug(self) -> str:
        """The address of the group."""
        return self.group.slug

    def join(self, name: str, role=GroupRole.MEMBER, frequency=Frequency.NONE, **fields) -> GroupMembership:
        """Somebody more."""
        fields = {"language": "en", "public_name_seen_by": Visibility.MEMBERS, **fields}
        self.people[name] = MemberFactory(public_name=fields.pop("public_name", name.title()), **fields)
        return GroupMembershipFactory(
            group=self.group, member=self.people[name], role=role, frequency=frequency
        )


def circle_of(kind: GroupKind) -> Circle:
    """A group of a kind; nobody there wants mail yet."""
    circle = Circle(GroupFactory(kind=kind))
    circle.join("animator", GroupRole.ANIMATOR)
    circle.join("author")
    circle.join("member")
    circle.people |= {
        "outsider": MemberFactory(language="en"),
        "moderator": MemberFactory(roles=[Role.MODERATOR], language="en"),
        "manager": MemberFactory(roles=[Role.ANIMATOR], language="en"),
        "admin": MemberFactory(is_superuser=True, language="en"),
    }
    circle.post = actions.begin(circle.group, by=circle["author"], title="Flour for March", text="Who joins?")
    return circle


@pytest.fixture
def files(settings, tmp_path):
    """A folder for attachments that goes with the test."""
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    return settings.ATTACHMENTS_ROOT


@pytest.fixture
def circle(db, files) -> Circle:
    """An open group."""
    made = circle_of(GroupKind.OPEN)
    mailed()
    return made


@pytest.fixture
def private(db, files) -> Circle:
    """A private group."""
    made = circle_of(GroupKind.PRIVATE)
    mailed()
    return made
