"""Figures by territory: how many initiatives, for how many people, of which themes, and where there are none."""
