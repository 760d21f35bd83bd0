"""Liking what was selected."""
