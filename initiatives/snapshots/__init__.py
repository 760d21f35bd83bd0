"""Frozen files of all that is public: made once a month, kept for good, found by their date."""

# The task that makes one.
MAKE = "make_snapshot"
