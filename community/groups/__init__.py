"""Working groups and their people."""
