"""An exchange of each holder, and somebody in each role."""

import pytest

from .talking import Square, square


@pytest.fixture
def around(db) -> Square:
    """People and what they offer."""
    return square()
