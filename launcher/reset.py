"""make reset: delete var/ and what lies outside for it, after asking."""

import contextlib
import os
import shutil
import sys
import time
from pathlib import Path

from launcher import leftovers, signals
from launcher.errors import Trouble
from launcher.home import is_private
from launcher.locks import Lock
from launcher.paths import HERE, Checkout
from launcher.steps import say, step

STOPS_WITHIN = 60


def run(arguments: list[str], checkout: Checkout = HERE) -> int:
    """Everything that running has made is gone; .venv stays."""
    if arguments:
        raise Trouble(f"make reset takes no arguments (got: {' '.join(arguments)})")
    leftovers.clear(checkout)
    if busy := leftovers.launchers(checkout):
        raise Trouble(f"This checkout is at work (process {busy[0]}): stop that first, then reset.")
    places = _places(checkout)
    if not places:
        say("Nothing to delete.")
        return 0
    for place in places:
        _check(place)
    _confirm(places)
    homes = [home for home in (checkout.var / "postgres", checkout.outside) if (home / "data").exists()]
    locks = [lock for home in homes for lock in _close(home)]
    with step("Deleting"):
        for home in homes:
            _delete_socket_folder(home)
        for place in places:
            _delete(place)
    for lock in locks:
        lock.drop()
    return 0


def _places(checkout: Checkout) -> list[Path]:
    """What there is to delete, with what an interrupted reset left."""
    known = [checkout.var, _doomed(checkout.var), checkout.outside, _doomed(checkout.outside)]
    return [place for place in known if os.path.lexists(place)]


def _doomed(place: Path) -> Path:
    """Its name while it is being deleted: half a database must not be taken for a whole one."""
    return place.with_name(f"{place.name}.deleting")


def _check(place: Path) -> None:
    if place.is_symlink():
        raise Trouble(f"{place} is a symbolic link: delete by hand what it leads to, then the link.")
    for path in (place, place / "data", place / "postgres" / "data"):
        if os.getuid() != 0 and path.exists() and path.stat().st_uid != os.getuid():
            raise Trouble(f"{path} belongs to {path.owner()}: type `sudo make reset`.")


def _confirm(places: list[Path]) -> None:
    names = ", ".join(map(str, places))
    if os.environ.get("YES") == "1":
        return
    if not sys.stdin.isatty():
        raise Trouble(f"This deletes {names} with the database: type `make reset YES=1` if you mean it.")
    with signals.waiting():
        said = input(f"This deletes {names} with the database. Type yes to go on: ")
    if said.strip().lower() not in ("yes", "y"):
        raise Trouble("Nothing was deleted.")


def _close(home: Path) -> list[Lock]:
    """Keep others away from a database and see that its server has stopped."""
    guard, users, keeper = (Lock(home / f"{name}.lock") for name in ("guard", "users", "keeper"))
    deadline = time.monotonic() + STOPS_WITHIN
    # A keeper at the end of its work has them for a moment; whoever uses the database has `users`.
    while not (guard.take() and keeper.is_free and users.take()):
        guard.drop()
        if time.monotonic() > deadline or _is_used(home):
            raise Trouble(f"A command of this checkout uses the database in {home}: let it end, then reset.")
        with signals.waiting():
            time.sleep(0.1)
    if not leftovers.quit_orphans(home / "data", (home / "data").stat().st_uid):
        raise Trouble(f"A server at work in {home / 'data'} does not stop: end it, then reset.")
    return [guard, users]


def _is_used(home: Path) -> bool:
    """Whether somebody shares the lock of users; the keeper takes it alone."""
    users = Lock(home / "users.lock")
    shared = users.is_free and not users.take()
    users.drop()
    return shared


def _delete_socket_folder(home: Path) -> None:
    note = home / "socket-folder"
    if not note.is_file():
        return
    folder = Path(note.read_text(encoding="utf-8").strip())
    ours = folder.parent == Path("/tmp") and folder.name.startswith("social-planet-")
    if ours and is_private(folder, (home / "data").stat().st_uid):
        shutil.rmtree(folder)


def _delete(place: Path) -> None:
    """Nothing behind a symbolic link is touched: rmtree removes the link."""
    doomed = place if place.name.endswith(".deleting") else _doomed(place)
    if doomed != place and place.exists():
        if doomed.exists():
            shutil.rmtree(doomed)
        place.rename(doomed)
    if doomed.exists():
        shutil.rmtree(doomed)
    with contextlib.suppress(OSError):
        # The folder that all checkouts share goes with the last of them.
        if doomed.parent.name == "social-planet" and doomed.parent.parent == Path("/var/lib"):
            doomed.parent.rmdir()
