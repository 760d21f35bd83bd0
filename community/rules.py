"""All rights of the room, gathered for django-rules."""

from .collectives import rules as collectives
from .members import rules

__all__ = ["collectives", "rules"]
