"""What tests of conversations share: people around an initiative, a collective and nobody, and the worker."""

from dataclasses import dataclass, field

from community.members.enums import CollectiveRole, Role, Visibility
from community.models import CollectiveMembership, Member
from initiatives.models import Exchange, NetworkMembership
from tests.factories import (
    CollectiveFactory,
    ExchangeFactory,
    InitiativeFactory,
    MemberFactory,
    NetworkFactory,
    TerritoryFactory,
)
from tests.worker import work

TASKS = (
    "tell_of_exchange_message",
    "send_exchange_message",
    "tell_of_exchange_removal",
    "send_exchange_removal",
)
HOLDERS = ("own", "initiative", "collective")
# Who answers for one of each.
RUNNING = {
    "own": {"author"},
    "initiative": {"facilitator", "steward"},
    "collective": {"facilitator"},
}
ROLES = ("author", "facilitator", "member", "steward", "stranger", "moderator", "admin")


def someone(name: str, **more) -> Member:
    """A member who shows their name to members."""
    values = {"language": "en", "public_name": name.title(), "public_name_seen_by": Visibility.MEMBERS}
    return MemberFactory(**values | {"email": f"{name}@hidden.example"} | more)


@dataclass
class Square:
    """An exchange of each holder, and somebody in each role."""

    people: dict[str, Member] = field(default_factory=dict)
    exchanges: dict[str, Exchange] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Member:
        return self.people[name]

    @property
    def own(self) -> Exchange:
        """Of nobody but its author."""
        return self.exchanges["own"]


def square() -> Square:
    """The author of all three runs but their own."""
    made = Square({name: someone(name) for name in ROLES})
    made["moderator"].roles = [Role.MODERATOR]
    made["admin"].is_superuser = True
    for name in ("moderator", "admin"):
        made[name].save()
    collective = CollectiveFactory(name="Les Tables", territory=TerritoryFactory(code="FR-42"))
    network = NetworkFactory()
    initiative = InitiativeFactory(name="Le Fournil", published=True, collective=collective)
    NetworkMembership.objects.create(initiative=initiative, network=network)
    network.stewards.add(made["steward"])
    for name, role in (("facilitator", CollectiveRole.FACILITATOR), ("member", CollectiveRole.MEMBER)):
        CollectiveMembership.objects.create(collective=collective, member=made[name], role=role)
    holders = {"own": {}, "initiative": {"initiative": initiative}, "collective": {"collective": collective}}
    for name, holder in holders.items():
        made.exchanges[name] = ExchangeFactory(author=made["author"], title=f"A press ({name})", **holder)
    return made


def mailed() -> None:
    """Let the worker send what waits."""
    work(*TASKS)
