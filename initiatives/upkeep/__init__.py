"""Data that does not go stale: asking its people once a year, and looking whether its website answers."""
