"""Pages of collectives and their people."""
