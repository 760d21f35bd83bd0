"""A segment as one file, memory-mapped by all processes: whole or not at all."""

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from ..freshness import Version
from .segment import RowLists, Segment

MAGIC = b"SPMAP002"
# Columns begin at whole pages' parts, so that every kind of number is aligned.
ALIGN = 64
PLAIN = ("ids", "by_id", "cells", "xs", "ys", "groups", "bits", "sum_xs", "sum_ys", "sum_groups", "in_block")
# How many files of former versions stay, for processes that are about to open one.
KEPT = 2


class DamagedFileError(Exception):
    """A file that is not what was written, or was written by another version of the program."""


def path_of(folder: Path, version: Version) -> Path:
    """Where the file of a version lies."""
    return folder / f"{version.number:012d}-{version.mark}.map"


def version_of(path: Path) -> Version:
    """The version in a file's name."""
    number, mark = path.stem.split("-", 1)
    return Version(int(number), mark)


def newest_first(folder: Path) -> list[Path]:
    """Files of a folder, the highest version first."""
    return sorted(folder.glob("*-*.map"), reverse=True)


def _arrays(segment: Segment) -> Iterator[tuple[str, np.ndarray]]:
    for name in PLAIN:
        yield name, getattr(segment, name)
    for name, values in segment.numbers.items():
        yield f"number {name}", values
    for name, lists in segment.lists.items():
        yield f"list {name} keys", lists.keys
        yield f"list {name} starts", lists.starts
        yield f"list {name} rows", lists.rows


def write(segment: Segment, folder: Path, version: Version, shape: str) -> Path:
    """Write a segment under the name of its version; OSError leaves nothing behind. `shape` names its columns."""
    folder.mkdir(parents=True, exist_ok=True)
    path = path_of(folder, version)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        # Not forced to the disk: what a power cut leaves half written differs from its checksum, and is made anew.
        with draft.open("wb") as file:
            _write(file, segment, shape)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _forget_old(folder, path)
    return path


def _forget_old(folder: Path, path: Path) -> None:
    """Keep the last files by when they were written: numbers begin anew with another database of the same name."""
    others = []
    for other in newest_first(folder):
        try:
            others.append((other.stat().st_mtime_ns, other))
        except FileNotFoundError:
            continue
    others.sort(reverse=True)
    for _written, other in [pair for pair in others if pair[1] != path][KEPT - 1 :]:
        other.unlink(missing_ok=True)


def _write(file, segment: Segment, shape: str) -> None:
    at, columns = 0, []
    arrays = [(name, np.ascontiguousarray(values)) for name, values in _arrays(segment)]
    for name, values in arrays:
        columns.append([name, values.dtype.str, list(values.shape), at])
        at += _whole(values.nbytes)
    head = {"shape": shape, "labels": segment.labels, "columns": columns, "size": at, "checksum": " " * 10}
    length = _whole(len(MAGIC) + 8 + len(json.dumps(head)))
    with ThreadPoolExecutor(1) as pool:
        # Beside the writing, which waits for the disk.
        checksum = pool.submit(_checksum, (values for _name, values in arrays))
        file.seek(length)
        for _name, values in arrays:
            file.write(values)
            file.write(bytes(-values.nbytes % ALIGN))
        head["checksum"] = f"{checksum.result():10d}"
    told = json.dumps(head).encode()
    file.seek(0)
    file.write((MAGIC + len(told).to_bytes(8, "little") + told).ljust(length, b"\0"))


def _whole(length: int) -> int:
    return -(-length // ALIGN) * ALIGN


def _checksum(arrays: Iterable[np.ndarray]) -> int:
    checksum = 0
    for values in arrays:
        checksum = zlib.crc32(values, checksum)
    return checksum


def load(path: Path, shape: str, *, trusted: bool = False) -> Segment:
    """Map a file; DamagedFileError where it is not whole or holds other columns, OSError where it cannot be read.

    Of one that was written a moment ago and is `trusted` the content is not added up again.
    """
    try:
        # As a plain array: the subclass would cost more at each look than the look.
        data = np.asarray(np.memmap(path, np.uint8, mode="r"))
    except ValueError as error:
        raise DamagedFileError(f"{path.name}: empty") from error
    if bytes(data[: len(MAGIC)]) != MAGIC:
        raise DamagedFileError(f"{path.name}: no map index of this program")
    length = int.from_bytes(bytes(data[len(MAGIC) : len(MAGIC) + 8]), "little")
    try:
        head = json.loads(bytes(data[len(MAGIC) + 8 : len(MAGIC) + 8 + length]))
    except ValueError as error:
        raise DamagedFileError(f"{path.name}: its head cannot be read") from error
    if head["shape"] != shape:
        raise DamagedFileError(f"{path.name}: made by another version of the program")
    start = _whole(len(MAGIC) + 8 + length)
    if len(data) != start + head["size"]:
        raise DamagedFileError(f"{path.name}: {len(data)} bytes, expected {start + head['size']}")
    columns = {}
    for name, kind, dimensions, at in head["columns"]:
        dtype, many = np.dtype(kind), int(np.prod(dimensions))
        part = data[start + at : start + at + many * dtype.itemsize]
        columns[name] = part.view(dtype).reshape(dimensions)
    if not trusted and _checksum(columns.values()) != int(head["checksum"]):
        raise DamagedFileError(f"{path.name}: its content differs from its checksum")
    return _segment(columns, tuple(head["labels"]))


def _segment(columns: dict[str, np.ndarray], labels: tuple[str, ...]) -> Segment:
    numbers = {
        name.removeprefix("number "): values for name, values in columns.items() if name.startswith("number ")
    }
    names = [name[5:-5] for name in columns if name.startswith("list ") and name.endswith(" keys")]
    lists = {
        name: RowLists(*(columns[f"list {name} {part}"] for part in ("keys", "starts", "rows")))
        for name in names
    }
    return Segment(labels=labels, numbers=numbers, lists=lists, **{name: columns[name] for name in PLAIN})
