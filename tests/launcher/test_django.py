"""manage.py before the set-up, and which commands start a database."""

import shutil
import subprocess
import sys

import pytest

from launcher import django
from launcher.paths import HERE


@pytest.mark.parametrize("broken", [False, True])
def test_without_venv_it_says_what_to_do(checkout, broken):
    shutil.copy(HERE.root / "manage.py", checkout.root)
    shutil.copytree(HERE.root / "launcher", checkout.root / "launcher")
    if broken:
        (checkout.venv / "bin").mkdir(parents=True)
        checkout.python.symlink_to(sys.executable)
    said = subprocess.run(
        [sys.executable, checkout.root / "manage.py", "check"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 1
    assert said.stderr == f"{checkout.venv} is missing: run `make run` first, it makes it.\n"
    assert said.stdout == ""


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        ([], False),
        (["help"], False),
        (["migrate", "--help"], False),
        (["makemessages"], False),
        (["migrate"], True),
        (["import_initiatives", "a.csv", "--network", "x"], True),
    ],
)
def test_only_commands_that_may_ask_start_the_database(words, needed):
    assert django.needs_database(["manage.py", *words]) is needed
