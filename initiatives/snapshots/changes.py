"""What differs between two snapshots: each initiative that came, went or changed, and in what."""

import csv
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import numpy as np

from geo.cells import Line
from geo.tables import SEPARATOR

HEADER = ("id", "change", "fields")
ADDED, CHANGED, REMOVED = "added", "changed", "removed"
UUID_BYTES = 16


class _Properties(msgspec.Struct):
    networks: list[str] = []


class _Feature(msgspec.Struct):
    """What is looked at of each line."""

    id: str
    geometry: msgspec.Raw = msgspec.Raw(b"null")
    properties: _Properties = msgspec.field(default_factory=_Properties)


@dataclass
class Numbers:
    """How many there are, and how many came, changed and went."""

    initiatives: int = 0
    located: int = 0
    changes: Counter = field(default_factory=Counter)
    networks: Counter = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "initiatives": self.initiatives,
            "located": self.located,
            "unlocated": self.initiatives - self.located,
            **{kind: self.changes[kind] for kind in (ADDED, CHANGED, REMOVED)},
            "networks": dict(sorted(self.networks.items())),
        }


class _Former:
    """Lines of a former file by identifier; a few bytes of each are in memory, however many there are."""

    def __init__(self, path: Path | None) -> None:
        ids, places = bytearray(), array("q")
        self.file = path.open("rb") if path else None
        decoder, place = msgspec.json.Decoder(_Feature), 0
        for line in self.file or ():
            ids += UUID(decoder.decode(line).id).bytes
            places.append(place)
            place += len(line)
        # In order of identifiers, to be found by halving.
        found = np.frombuffer(bytes(ids), dtype=f"S{UUID_BYTES}")
        order = np.argsort(found, kind="stable")
        self.ids, self.places = found[order], np.frombuffer(places, dtype=np.int64)[order]
        self.seen = np.zeros(len(self.ids), dtype=bool)

    def take(self, key: str) -> bytes | None:
        """The line of an identifier, which is seen then; None where there was none."""
        wanted = np.array(UUID(key).bytes, dtype=f"S{UUID_BYTES}")
        at = int(np.searchsorted(self.ids, wanted))
        if at >= len(self.ids) or self.ids[at] != wanted:
            return None
        self.seen[at] = True
        return self._line(at)

    def left(self) -> Iterator[str]:
        """Identifiers that nobody asked for, in their order."""
        for key in self.ids[~self.seen]:
            # numpy leaves out zeros at the end.
            yield str(UUID(bytes=bytes(key).ljust(UUID_BYTES, b"\0")))

    def close(self) -> None:
        """No line is asked for any more."""
        if self.file:
            self.file.close()

    def _line(self, at: int) -> bytes:
        assert self.file is not None
        self.file.seek(int(self.places[at]))
        return self.file.readline()


def compare(lines: Path, former: Path | None, target: Path) -> Numbers:
    """Write the changes from a former file of lines to this one; without a former one all are new."""
    numbers, past = Numbers(), _Former(former)
    decoder, writer = msgspec.json.Decoder(_Feature), csv.writer(Line())
    try:
        with lines.open("rb") as file, target.open("w", encoding="utf-8", newline="") as out:
            out.write(writer.writerow(HEADER))
            for line in file:
                one = decoder.decode(line)
                _count(numbers, one)
                before = past.take(one.id)
                if before is None:
                    numbers.changes[ADDED] += 1
                    out.write(writer.writerow((one.id, ADDED, "")))
                elif before.rstrip() != line.rstrip() and (names := _differing(before, line)):
                    numbers.changes[CHANGED] += 1
                    out.write(writer.writerow((one.id, CHANGED, SEPARATOR.join(names))))
            for key in past.left():
                numbers.changes[REMOVED] += 1
                out.write(writer.writerow((key, REMOVED, "")))
    finally:
        past.close()
    return numbers


def _count(numbers: Numbers, one: _Feature) -> None:
    numbers.initiatives += 1
    numbers.located += bytes(one.geometry) != b"null"
    numbers.networks.update(one.properties.networks)


def _differing(before: bytes, after: bytes) -> list[str]:
    old, new = (msgspec.json.decode(line) for line in (before, after))
    names = ["geometry"] if old["geometry"] != new["geometry"] else []
    every = {**old["properties"], **new["properties"]}
    return names + [name for name in every if old["properties"].get(name) != new["properties"].get(name)]
