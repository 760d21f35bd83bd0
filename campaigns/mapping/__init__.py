"""Campaigns on the map: what rooms below show of them, through the doors that these keep open."""
