"""Fairness: the sealed log, what looks odd and who decides on it, and the tally that everyone can recompute."""
