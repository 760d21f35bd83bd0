"""A Chromium that tests can drive."""

import os
import shutil
import subprocess
from pathlib import Path

from launcher.errors import Trouble
from launcher.questions import ask

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find() -> str | None:
    """$CHROMIUM, else a Chromium or Chrome on PATH that answers; None if there is none."""
    asked = os.environ.get("CHROMIUM")
    if asked:
        found = shutil.which(asked)
        if not found or not _answers(found):
            raise Trouble(
                f"CHROMIUM={asked} does not answer to --version: give the path of a Chromium or Chrome."
            )
        # The tests run in another folder.
        return str(Path(found).absolute())
    for name in NAMES:
        found = shutil.which(name)
        if found and not _is_snap(found) and _answers(found):
            return found
    return None


def _is_snap(path: str) -> bool:
    """Ubuntu's package is a snap or a script that asks for it; a snap cannot see the tests' temporary folders."""
    if "/snap/" in str(Path(path).resolve()) or path.startswith("/snap/"):
        return True
    with Path(path).open("rb") as program:
        return b"/snap/bin/" in program.read(4096)


def _answers(path: str) -> bool:
    try:
        said = ask([path, "--version"], timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and any(word[0].isdigit() for word in said.stdout.split())
