"""All models of the room, gathered for Django."""

from .activity.models import Activity
from .collectives.models import CollectiveClaim, Invitation
from .groups.models import Group, GroupInvitation, GroupMembership, GroupRequest
from .ledger.models import Contribution
from .letters.models import Letterbox
from .members.models import AccessToken, CollectiveMembership, Member
from .privacy.models import ConsentChange, RetentionRun
from .relay.models import Block, MemberReport, RelayedMessage
from .spaces.models import Space, SpaceInvitation, SpaceMembership
from .spaces.resources.models import SpaceResource
from .topics.models import Attachment, Mention, Post, PostReport, Topic

__all__ = [
    "AccessToken",
    "Activity",
    "Attachment",
    "Block",
    "CollectiveClaim",
    "CollectiveMembership",
    "ConsentChange",
    "Contribution",
    "Group",
    "GroupInvitation",
    "GroupMembership",
    "GroupRequest",
    "Invitation",
    "Letterbox",
    "Member",
    "MemberReport",
    "Mention",
    "Post",
    "PostReport",
    "RelayedMessage",
    "RetentionRun",
    "Space",
    "SpaceInvitation",
    "SpaceMembership",
    "SpaceResource",
    "Topic",
]
