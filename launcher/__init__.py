"""Everything behind `make run`, `make test`, `make lint` and `make reset`; standard library only."""
