"""Topics of working groups."""
