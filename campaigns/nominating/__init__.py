"""Putting initiatives forward, and what their people say to that."""
