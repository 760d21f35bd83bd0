"""All models of the room, gathered for Django."""

from .letters.models import Letterbox
from .members.models import AccessToken, CollectiveMembership, Member

__all__ = ["AccessToken", "CollectiveMembership", "Letterbox", "Member"]
