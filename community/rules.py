"""All rights of the room, gathered for django-rules."""

from .members import rules

__all__ = ["rules"]
