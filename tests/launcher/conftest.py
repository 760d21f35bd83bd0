"""A checkout of its own for each test of the launcher."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import signals
from launcher.paths import Checkout


@pytest.fixture
def checkout() -> Iterator[Checkout]:
    """An empty one that the server's unprivileged user may enter, with a path short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="sp-test-", dir="/tmp"))
    folder.chmod(0o755)
    made = Checkout(folder)
    made.make_var()
    yield made
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def quiet_signals() -> Iterator[None]:
    """No test leaves the signals taken over."""
    yield
    signals.settle()
