"""The same initiatives as those of the doors that the API describes."""

from tests.initiatives.conftest import collective, full, network

__all__ = ["collective", "full", "network"]
