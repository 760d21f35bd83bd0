"""All models of the room, gathered for Django."""

from .members.models import CollectiveMembership, Member

__all__ = ["CollectiveMembership", "Member"]
