"""Filters in CQL2 (OGC 21-065r2): text or JSON, bounded, then conditions on the queryables of a layer."""

from .reading import LANGUAGES, tree_of
from .translating import condition

__all__ = ["LANGUAGES", "condition", "tree_of"]
