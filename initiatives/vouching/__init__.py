"""Vouching: neighbours say of what waits that it is real, or why not; enough of them publish it."""
