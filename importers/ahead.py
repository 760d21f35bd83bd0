"""A process of its own that cleans the next records of a large file while the former ones are staged.

Cleaning asks the database nothing once its words are read, so the process has no connection: it is given the cleaner,
then one list of records after the other, and gives back what became of each. It ends with whoever started it: the pipe
that it reads from ends with that process, however it ends. docs/decisions/0038-cleaning-ahead.md says why.
"""

import gc
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from select import select
from types import TracebackType
from typing import Any, BinaryIO

import msgspec
from django.conf import settings

from initiatives.bulk_rows import said, source

from .cleaning import Cleaner
from .records import Draft, Issue, Place, Raw, name_fields

# Bytes of a file, and records of one list that are new or changed, from which on a process is worth its start.
LARGE, MANY = 1_500_000, 500
# What a record says, as COPY reads it, and what of it its source keeps; where it is; what was wrong; whether it is
# refused.
Cleaned = tuple[bytes, bytes, Place | None, list[Issue], bool]
ENCODER, DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(list[Cleaned])


class Ahead:
    """At most one list is under way. A context; within it call `take` after each `give`, before the next one.

    A list that the process died of is cleaned here, and so are all after it: what is wrong with a record fails here.
    """

    def __init__(self, cleaner: Cleaner, size: int) -> None:
        """`size`: of the file, in bytes."""
        self._cleaner = cleaner
        self._is_large = size >= LARGE
        self._process: subprocess.Popen[bytes] | None = None
        self._starts = self._is_there = False

    def __enter__(self) -> "Ahead":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            self._process.kill()
            # Waits for its end, and closes the pipes.
            self._process.communicate()

    def clean(self, drafts: Sequence[Draft]) -> None:
        """Here and now; of a large file in which much is new, a process is started for those to come."""
        if self._is_large and len(drafts) >= MANY and not self._process:
            # Of its own session: Ctrl-C is for us, and we end it.
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                cwd=settings.BASE_DIR,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # A list fits, so that whoever says it need not wait until it is heard.
                pipesize=1 << 20,
                start_new_session=True,
            )
            self._starts = True
        for draft in drafts:
            clean(draft, self._cleaner)

    def is_ready(self) -> bool:
        """Whether it takes records; nobody waits for it to start."""
        if self._starts and select([self._process.stdout], [], [], 0)[0]:
            self._starts = False
            self._is_there = heard(self._process.stdout) is not None
            self._say(self._cleaner)
        return self._is_there

    def give(self, drafts: Sequence[Draft]) -> None:
        """Have them cleaned."""
        self._say([(one.raw.number, one.raw.values, one.raw.precision, one.texts) for one in drafts])

    def take(self, drafts: Sequence[Draft]) -> None:
        """Wait until what was given is cleaned."""
        found: bytes | None = heard(self._process.stdout)
        if found is None:
            self._is_there = False
            self.clean(drafts)
            return
        for draft, cleaned in zip(drafts, DECODER.decode(found), strict=True):
            draft.said, draft.told, draft.place, issues, draft.refused = cleaned
            draft.issues += issues

    def _say(self, what: object) -> None:
        # Who does not listen will not answer either.
        with suppress(BrokenPipeError):
            say(self._process.stdin, what)


def clean(draft: Draft, cleaner: Cleaner) -> None:
    """Read the texts of a draft, where nobody did, and clean it; what it says names the fields that it gives."""
    draft.texts = draft.texts or cleaner.texts.of(draft.raw.values)
    cleaner.clean(draft)
    if not draft.refused:
        row = draft.row
        name_fields(row, draft.beside)
        draft.said, draft.told = said(row), source(row)
        draft.place = Place(row.country, row.postcode, row.locality, row.precision, read_as=draft.read_as)


def say(pipe: BinaryIO, what: object) -> None:
    """Write it whole."""
    pickle.dump(what, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def heard(pipe: BinaryIO) -> Any:
    """What was said next; None where nothing whole comes any more."""
    try:
        return pickle.load(pipe)
    except (EOFError, pickle.UnpicklingError):
        return None


def cleaned(given: list[tuple], cleaner: Cleaner) -> bytes:
    """What becomes of each (number, values, precision, texts), as a list of Cleaned."""
    found: list[Cleaned] = []
    for number, values, precision, texts in given:
        draft = Draft(Raw(number, values, precision=precision), texts)
        clean(draft, cleaner)
        found.append((draft.said, draft.told, draft.place, draft.issues, draft.refused))
    return ENCODER.encode(found)


def main() -> None:
    """Say that all is loaded, hear the cleaner, then answer each list until there is none."""
    # Who asked is gone: so are we.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    say(answers, True)
    cleaner = heard(asked)
    # What was loaded stays, and what is cleaned is gone as soon as it was told.
    gc.freeze()
    gc.disable()
    while (given := heard(asked)) is not None:
        say(answers, cleaned(given, cleaner))


if __name__ == "__main__":
    main()
