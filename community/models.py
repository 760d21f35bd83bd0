"""All models of the room, gathered for Django."""

from .members.models import AccessToken, CollectiveMembership, Member

__all__ = ["AccessToken", "CollectiveMembership", "Member"]
