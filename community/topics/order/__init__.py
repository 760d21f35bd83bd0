"""Keeping order in topics: what animators do, and what readers report to them."""
