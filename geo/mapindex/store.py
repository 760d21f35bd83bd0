"""The view of a process: loaded, patched or built anew, so that it is never older than the version asked for."""

import fcntl
import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread
from time import monotonic

import numpy as np
import psycopg
from django.db import DatabaseError, connection

from .. import freshness
from ..freshness import FRESHNESS, Version
from ..statements import snapshot
from . import files
from .segment import Segment
from .source import Rows, Source, read, read_groups
from .view import View

log = logging.getLogger(__name__)

# So many rows beside the file: then a new file is made, while this view goes on answering.
TAIL_MOST = 4_000
# Beyond it changes are no longer followed one by one.
PATCH_MOST = 20_000
# Seconds that a reader waits for a build, and that a view may stay behind the version while one goes on.
PATIENCE = 0.5
BEHIND = 1.0
# Seconds until a build that failed is tried again.
AGAIN = 15.0

CHANGED = """
SELECT c.row_id FROM geo_version v JOIN geo_change c USING (mark) WHERE v.number > %s GROUP BY c.row_id LIMIT %s
"""
# Whether the log reaches back to a version, and whether something since then changed everything.
LOGGED = """
SELECT count(*) FILTER (WHERE number = %s AND mark = %s::uuid), bool_or(everything AND number > %s) FROM geo_version
WHERE number >= %s
"""
# Nobody's file is older than a day, but for one who then reads everything anew.
FORGET = "DELETE FROM geo_version WHERE number < %s AND at < now() - interval '1 day'"


@contextmanager
def versioned() -> Iterator[Version | None]:
    """A transaction whose queries all see the same rows; gives the version that they are of."""
    with snapshot():
        yield freshness.latest()


def is_logged(version: Version) -> bool:
    """Whether all changes since a version are known row by row."""
    with connection.cursor() as cursor:
        cursor.execute(LOGGED, [version.number, version.mark, version.number, version.number])
        known, everything = cursor.fetchone()
    return bool(known) and not everything


class Store:
    """The map index of one layer in this process; `folder` is asked for when needed."""

    def __init__(self, source: Source, folder: Callable[[], Path]) -> None:
        self.source = source
        self._folder = folder
        self._view: View | None = None
        self._refreshing = Lock()
        self._builder: Thread | None = None
        self._failed_at: float | None = None
        self._behind_since: float | None = None

    @cached_property
    def shape(self) -> str:
        """What the files hold; asked for after all rooms have added their lists."""
        return hashlib.blake2b(f"{files.MAGIC}{self.source}".encode(), digest_size=8).hexdigest()

    @property
    def folder(self) -> Path:
        """Where the files of this layer and database lie."""
        settings = connection.settings_dict
        place = f"{settings.get('HOST')}:{settings.get('PORT')}/{settings['NAME']}"
        database = hashlib.blake2b(place.encode(), digest_size=6).hexdigest()
        return self._folder() / f"{self.source.name}-{database}-{self.shape}"

    def file_of(self, view: View) -> Path:
        """Where the file under a view lies, if it could be written."""
        return files.path_of(self.folder, view.born)

    # ── Asking ──────────────────────────────────────────────────────────────────────────────────
    def view(self, *, at_once: bool = False) -> View | None:
        """The view of the latest version, with `at_once` of this very moment; None where SQL has to answer.

        Inside a transaction it is always None: only the database knows what is not committed yet.
        """
        if connection.in_atomic_block:
            return None
        version = FRESHNESS.version(at_once=at_once)
        view = self._view
        if version is None:
            return None
        if view is not None and view.version == version:
            return view
        return self._fresh(version, at_once=at_once)

    def at_hand(self) -> View | None:
        """The view that view() would give, if that costs nothing: the version is trusted, and the view is of it.

        Not for within a transaction.
        """
        version, view = FRESHNESS.at_hand(), self._view
        return view if version is not None and view is not None and view.version == version else None

    def _fresh(self, version: Version, *, at_once: bool) -> View | None:
        with self._refreshing:
            view = self._view
            if view is not None and view.version.number >= version.number and is_logged(view.version):
                return view
            for step in (self._patched, self._loaded):
                found = step()
                if found is not None and found.version.number >= version.number:
                    self._accept(found)
                    return found
            return self._built(version, at_once=at_once)

    def _accept(self, view: View) -> None:
        self._view = view
        self._behind_since = None
        FRESHNESS.learn(view.version)
        if len(view.tail) > TAIL_MOST:
            self._start_build()

    def _patched(self) -> View | None:
        return None if self._view is None else self.patch(self._view)

    def patch(self, view: View) -> View | None:
        """A view with what changed since; None where that is unknown, too much, or everything."""
        with versioned() as version:
            if version is None or not is_logged(view.version):
                return None
            with connection.cursor() as cursor:
                cursor.execute(CHANGED, [view.version.number, PATCH_MOST])
                changed = np.array([pk for (pk,) in cursor.fetchall()], np.int64)
            if len(changed) == PATCH_MOST or len(changed) + len(view.tail) >= PATCH_MOST:
                return None
            if not len(changed):
                return View(version, view.born, view.base, view.dead, view.tail, view.fresh, view.lasting)
            fresh = view.fresh.without(changed).joined(read(self.source, changed.tolist()))
            tail = Segment.of(fresh, read_groups(self.source), self.source.grouped_by)
        dead = np.union1d(view.dead, view.base.rows_of(changed).astype(np.int64))
        return View(version, view.born, view.base, dead, tail, fresh, view.lasting)

    # ── Files ───────────────────────────────────────────────────────────────────────────────────
    def _loaded(self) -> View | None:
        """The newest file that is whole and from which the log leads on, patched."""
        for path in files.newest_first(self.folder):
            if self._view is not None and files.version_of(path).number <= self._view.born.number:
                break
            try:
                base = files.load(path, self.shape)
            except FileNotFoundError:
                continue
            except (files.DamagedFileError, OSError) as error:
                log.warning("map index %s is left aside: %s", path.name, error)
                path.unlink(missing_ok=True)
                continue
            version = files.version_of(path)
            view = self.patch(self._bare(version, base))
            if view is not None:
                return view
        return None

    def _bare(self, version: Version, base: Segment) -> View:
        nothing = _no_rows(self.source)
        tail = Segment.of(nothing, (np.empty(0, np.int64), []), self.source.grouped_by)
        return View(version, version, base, np.empty(0, np.int64), tail, nothing)

    # ── Building ────────────────────────────────────────────────────────────────────────────────
    def build(self, *, anew: bool = False) -> View | None:
        """Read everything and write a new file; None in a database without a version.

        One builder at a time on a machine: who waited for another takes what that one made, unless `anew`.
        """
        with self._alone():
            found = None if anew else self._loaded()
            if (
                found is not None
                and found.version == freshness.latest()
                and len(found.tail) <= TAIL_MOST // 2
            ):
                return found
            return self._build()

    def _build(self) -> View | None:
        with versioned() as version:
            if version is None:
                return None
            rows, groups = read(self.source), read_groups(self.source)
        base = Segment.of(rows, groups, self.source.grouped_by)
        try:
            # From the file, so that this process shares it with the others.
            path = files.write(base, self.folder, version, self.shape)
            base = files.load(path, self.shape, trusted=True)
        except OSError as error:
            log.warning("the map index stays in memory, its file could not be written: %s", error)
        with connection.cursor() as cursor:
            cursor.execute(FORGET, [version.number])
        return self._bare(version, base)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One builder at a time; the lock ends with the process."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / "build.lock").open("w")
        except OSError as error:
            log.warning("map index: its folder cannot be written: %s", error)
            yield
            return
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _built(self, version: Version, *, at_once: bool) -> View | None:
        """Have everything read by a thread; until then the former view for a moment, or None."""
        if self._start_build():
            # A small layer is there in no time; others shall not wait behind this one for a large one.
            self._builder.join(PATIENCE)
            if self._view is not None and self._view.version.number >= version.number:
                return self._view
        now = monotonic()
        # The builder may reset it at any moment.
        since = self._behind_since
        if since is None:
            since = self._behind_since = now
            log.info("map index: everything is read anew")
        if self._view is not None and not at_once and now - since < BEHIND:
            return self._view
        return None

    def _start_build(self) -> bool:
        """Whether a build was begun: none is under way, and none failed a moment ago."""
        if self._builder is not None and self._builder.is_alive():
            return False
        failed_at = self._failed_at
        if failed_at is not None and monotonic() - failed_at < AGAIN:
            return False
        self._builder = Thread(target=self._build_apart, name="map index", daemon=True)
        self._builder.start()
        return True

    def _build_apart(self) -> None:
        try:
            built = self.build()
            if built is not None:
                self._view = built
                self._behind_since = None
                FRESHNESS.learn(built.version)
            self._failed_at = None
        except (DatabaseError, psycopg.Error, OSError, ValueError):
            self._failed_at = monotonic()
            log.exception("the map index could not be built; SQL answers meanwhile")
        finally:
            connection.close()


def _no_rows(source: Source) -> Rows:
    none = np.empty(0, np.int64)
    small = np.empty(0, np.int32)
    return Rows(
        none,
        none,
        small,
        small,
        none,
        dict.fromkeys(source.numbers, none),
        dict.fromkeys((*source.lists, source.words), (none, none)),
    )
