"""Spaces seen from the map: their page, and the form that chooses their part of it."""
