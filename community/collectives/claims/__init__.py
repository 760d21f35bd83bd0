"""Saying that a collective is theirs, and deciding on it."""
