"""Pages of groups and their people."""
