"""Matching: what fits an offer or need and why, by one vocabulary of ideas in five languages."""

from .indexing import index

__all__ = ["index"]
