"""All models of the room, gathered for Django."""

from .collectives.models import CollectiveClaim, Invitation
from .groups.models import Group, GroupInvitation, GroupMembership, GroupRequest
from .letters.models import Letterbox
from .members.models import AccessToken, CollectiveMembership, Member
from .topics.models import Attachment, Mention, Post, PostReport, Topic

__all__ = [
    "AccessToken",
    "Attachment",
    "CollectiveClaim",
    "CollectiveMembership",
    "Group",
    "GroupInvitation",
    "GroupMembership",
    "GroupRequest",
    "Invitation",
    "Letterbox",
    "Member",
    "Mention",
    "Post",
    "PostReport",
    "Topic",
]
