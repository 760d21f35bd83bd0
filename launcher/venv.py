""".venv from the hashed lock file: made once, remade when the lock or Python changes or a run was cut off."""

import os
import shutil
import sys
from pathlib import Path

from launcher import leftovers, stamps
from launcher.errors import Trouble
from launcher.paths import Checkout
from launcher.processes import run
from launcher.questions import is_ok

LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
PIP = (
    "--require-hashes",
    "--only-binary=:all:",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar=off",
)


def ensure(checkout: Checkout, *, dev: bool) -> None:
    """The packages of the lock; `dev`: those for tests and style too, which include the others."""
    stamp = checkout.venv / "social-planet.json"
    wanted = {"python": _python(), "place": str(checkout.venv), **_hashes(checkout)}
    found = stamps.read(stamp)
    kinds = ("dev",) if dev else ("run", "dev")
    same_home = all(found.get(key) == wanted[key] for key in ("python", "place"))
    if same_home and checkout.has_python and any(found.get(kind) == wanted[kind] for kind in kinds):
        return
    begun = checkout.venv / "installing"
    if begun.exists() or (found and not same_home) or not _has_pip(checkout):
        # A half-written package looks installed to pip.
        if busy := leftovers.at_work(checkout):
            raise Trouble(
                f"{checkout.venv} has to be made anew, but process {busy[0]} works in it: stop that first."
            )
        _make(checkout)
    begun.touch()
    stamp.unlink(missing_ok=True)
    kind = "dev" if dev or "dev" in found else "run"
    pip = [checkout.python, "-m", "pip", "install", *PIP, "-r", checkout.root / LOCKS[kind]]
    run(pip, checkout.logs / "pip.log", f"pip could not install {LOCKS[kind]}", cwd=checkout.root)
    stamps.write(stamp, {key: wanted[key] for key in ("python", "place", kind)})
    begun.unlink()


def _hashes(checkout: Checkout) -> dict[str, str]:
    return {kind: stamps.digest([checkout.root / name]) for kind, name in LOCKS.items()}


def _python() -> str:
    # Any interpreter of that version runs it: another user's must not make it anew.
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def base_python() -> Path:
    """The interpreter itself, also when it was called from inside a virtual environment."""
    if sys.prefix == sys.base_prefix:
        return Path(sys.executable)
    return Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"


def _has_pip(checkout: Checkout) -> bool:
    return checkout.has_python and is_ok([checkout.python, "-m", "pip", "--version"])


def _make(checkout: Checkout) -> None:
    # The folder itself may be another disk, mounted there.
    for old in checkout.venv.iterdir() if checkout.venv.exists() else ():
        shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHONHOME")}
    run(
        [base_python(), "-m", "venv", checkout.venv],
        checkout.logs / "pip.log",
        f"Python could not make {checkout.venv}",
        cwd=checkout.root,
        env=environment,
    )
