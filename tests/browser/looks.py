"""The two looks that between them show both sizes and both schemes: whole ways are gone once in each."""

import pytest

both_looks = pytest.mark.parametrize(
    ("size", "scheme"), [("phone", "light"), ("desk", "dark")], indirect=["size"]
)
