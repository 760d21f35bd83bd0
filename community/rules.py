"""All rights of the room, gathered for django-rules."""

from .collectives import rules as collectives
from .groups import rules as groups
from .members import rules
from .relay import rules as relay
from .spaces import rules as spaces
from .topics import rules as topics

__all__ = ["collectives", "groups", "relay", "rules", "spaces", "topics"]
