"""Debian's and Ubuntu's packages, installed as root or through sudo."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from launcher import distribution
from launcher.errors import Trouble
from launcher.needs import Need
from launcher.paths import Checkout
from launcher.processes import run
from launcher.questions import ask, is_ok
from launcher.steps import say

# Read by the server package when it is configured; without it a cluster `main` is made and started.
NO_MAIN_CLUSTER = Path("/etc/postgresql-common/createcluster.d/social-planet.conf")
QUIET = {
    "DEBIAN_FRONTEND": "noninteractive",
    "APT_LISTCHANGES_FRONTEND": "none",
    "NEEDRESTART_SUSPEND": "1",
    "LC_ALL": "C.UTF-8",
}
OPTIONS = (
    "-y",
    "-q",
    "--no-install-recommends",
    "-o",
    "DPkg::Lock::Timeout=600",
    "-o",
    "Dpkg::Options::=--force-confdef",
    "-o",
    "Dpkg::Options::=--force-confold",
)
PATIENCE = 600


class Apt:
    """One installation, from repair to clean-up."""

    def __init__(self, checkout: Checkout) -> None:
        self.log = checkout.logs / "apt.log"
        self.begun = checkout.var / "apt-begun"
        self.prefix: list[str] = []

    @property
    def was_interrupted(self) -> bool:
        """Whether an installation of ours was cut off."""
        return self.begun.exists()

    def install(self, needs: list[Need]) -> None:
        """Repair what an interruption left, then install; a private cluster needs no other beside it."""
        self._become_root(needs)
        self.begun.touch()
        self._put_no_main_cluster()
        self._repair()
        self._apt("update", trouble=None)
        packages = self._packages(needs)
        if packages:
            self._apt("install", *packages, trouble=f"Could not install {' '.join(packages)}")
        self._as_root("rm", "-f", str(NO_MAIN_CLUSTER), trouble=f"Could not remove {NO_MAIN_CLUSTER}")
        self.begun.unlink()

    def _become_root(self, needs: list[Need]) -> None:
        """Root needs nothing; else sudo, asking for a password where somebody can type it."""
        if not shutil.which("apt-get"):
            raise Trouble(f"Missing: {names(needs)}. Install them with this system's package manager.")
        if os.getuid() == 0:
            return
        if shutil.which("sudo"):
            self.prefix = ["sudo", "-n", "env", *(f"{name}={value}" for name, value in QUIET.items())]
            if is_ok(["sudo", "-n", "true"]):
                return
            if sys.stdin.isatty():
                say(f"\nsudo is needed to install: {names(needs)}")
                if subprocess.run(["sudo", "-v"], check=False).returncode == 0:
                    return
        packages = " ".join(self._packages(needs))
        raise Trouble(
            f"Missing: {names(needs)}. Type: sudo apt-get install --no-install-recommends {packages}"
        )

    def _as_root(self, *words: str, trouble: str, show: bool = True) -> None:
        run([*self.prefix, *words], self.log, trouble, env=os.environ | QUIET, orphan=True, show=show)

    def _apt(self, verb: str, *words: str, trouble: str | None) -> None:
        try:
            self._as_root("apt-get", *OPTIONS, verb, *words, trouble=trouble or f"apt-get {verb} failed")
        except Trouble:
            # An unreachable third-party source must not stop us: what we need may be known already.
            if trouble:
                raise

    def _put_no_main_cluster(self) -> None:
        line = "create_main_cluster = false"
        script = f'mkdir -p "$(dirname "$1")" && printf "%s\\n" "{line}" > "$1"'
        self._as_root(
            "sh", "-c", script, "sh", str(NO_MAIN_CLUSTER), trouble=f"Could not write {NO_MAIN_CLUSTER}"
        )

    def _repair(self) -> None:
        """Finish what was cut off; dpkg itself does not wait for its lock."""
        if not ask(["dpkg", "--audit"]).stdout.strip() and not any(Path("/var/lib/dpkg/updates").iterdir()):
            return
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                words = ("--force-confdef", "--force-confold", "--configure", "-a")
                self._as_root("dpkg", *words, trouble="dpkg is locked", show=False)
                break
            except Trouble:
                # Also when a package waits for another one that the next command brings.
                if time.monotonic() > deadline or not _is_locked(self.log):
                    break
                time.sleep(2)
        self._apt("install", "-f", trouble="An interrupted installation could not be repaired")

    def _packages(self, needs: list[Need]) -> list[str]:
        found: list[str] = []
        for need in needs:
            found += distribution.server_packages() if need.server else need.packages
        return found


def names(needs: list[Need]) -> str:
    """The missing things, for a person."""
    return ", ".join(need.thing for need in needs)


def _is_locked(log: Path) -> bool:
    with log.open("rb") as said:
        said.seek(max(0, log.stat().st_size - 600))
        return b"lock" in said.read()
