"""`make bench`: every figure beside its reference, in one run, on one machine, with the same data."""
