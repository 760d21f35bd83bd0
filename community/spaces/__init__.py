"""Dedicated spaces: the place of a network or a company, with its people, its groups and its part of the map."""
