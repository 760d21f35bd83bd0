"""Results: counted from the sealed log, theme by theme."""
