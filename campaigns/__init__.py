"""Campaigns: from a call for remarkable initiatives to the ones that are liked most, theme by theme."""
