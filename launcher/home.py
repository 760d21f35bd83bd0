"""Where a private cluster lives, and whose it is."""

import os
import pwd
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from launcher.errors import Trouble
from launcher.paths import Checkout
from launcher.processes import as_user
from launcher.questions import is_ok

# A socket's whole path must stay below 108 bytes; some room is left.
LONGEST = 100
SOCKET = ".s.PGSQL.5432"
MAKING = "data.making."
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True)
class Home:
    """The folder of a private cluster and the user that its server runs as."""

    folder: Path
    uid: int

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.folder / "data"

    def fresh(self) -> Path:
        """A new folder for data that are not complete; what was left of others is deleted."""
        for old in self.folder.glob(f"{MAKING}*"):
            # A program that was cut off may be clearing it up at the same time.
            shutil.rmtree(old, ignore_errors=True)
        return self.private(Path(tempfile.mkdtemp(prefix=MAKING, dir=self.folder)))

    def make(self) -> None:
        """The folder itself, which the server's user may enter."""
        for folder in (self.folder.parent, self.folder):
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o755)

    def private(self, folder: Path) -> Path:
        """An empty-or-kept folder that only the server's user may enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.getuid() == 0:
            os.chown(folder, self.uid, pwd.getpwuid(self.uid).pw_gid)
        folder.chmod(0o700)
        return folder

    def socket(self) -> Path:
        """The socket's folder: beside the data if the path is short and plain, else a private one below /tmp."""
        near = self.folder / "run"
        if len(os.fsencode(near / SOCKET)) <= LONGEST and PLAIN.fullmatch(str(near)):
            return self.private(near)
        note = self.folder / "socket-folder"
        if note.exists():
            known = Path(note.read_text(encoding="utf-8").strip())
            if is_private(known, self.uid):
                return known
        made = self.private(Path(tempfile.mkdtemp(prefix="social-planet-", dir="/tmp")))
        note.write_text(f"{made}\n", encoding="utf-8")
        return made


def is_private(folder: Path, uid: int) -> bool:
    """Whether it is a real folder of that user which nobody else may enter."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and stat.S_IMODE(found.st_mode) == 0o700


def choose(checkout: Checkout) -> Home:
    """The home that holds a cluster already; else below var/, or outside if its user cannot come in."""
    inside = checkout.var / "postgres"
    for folder in (inside, checkout.outside):
        if (folder / "data").exists():
            return Home(folder, _owner(folder / "data"))
    if os.getuid() != 0:
        return Home(inside, os.getuid())
    uid = _unprivileged()
    return Home(inside if _can_enter(checkout.var, uid) else checkout.outside, uid)


def _owner(data: Path) -> int:
    uid = data.stat().st_uid
    if os.getuid() not in (0, uid):
        raise Trouble(
            f"The database in {data} belongs to {data.owner()}: run this as root (sudo), who made it, "
            "or delete it with `sudo make reset`."
        )
    if uid == 0:
        raise Trouble(
            f"{data} belongs to root, as whom PostgreSQL does not run: delete it with `make reset`."
        )
    return uid


def _unprivileged() -> int:
    """PostgreSQL refuses to run as root."""
    try:
        return pwd.getpwnam("postgres").pw_uid
    except KeyError:
        raise Trouble(
            "There is no user `postgres` to run the database as: create one, or run this as an ordinary user."
        ) from None


def _can_enter(folder: Path, uid: int) -> bool:
    return is_ok(["test", "-x", folder], **as_user(uid))
