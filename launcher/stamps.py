"""Small files that remember what has been done, so that a second start is quick."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *words: str) -> str:
    """One hash over files (folders: all below, caches aside) and words; a change of a name counts too."""
    total = hashlib.sha256()
    for path in paths:
        for file in _files(path):
            total.update(f"{file.relative_to(path.parent)}\0{file.stat().st_size}\0".encode())
            total.update(file.read_bytes())
    for word in words:
        total.update(f"\0{word}".encode())
    return total.hexdigest()


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path] if path.exists() else []
    return sorted(f for f in path.rglob("*") if f.is_file() and "__pycache__" not in f.parts)


def read(path: Path) -> dict[str, str]:
    """What the stamp says; empty when there is none or it was cut short."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def write(path: Path, said: dict[str, str]) -> None:
    """Put the stamp in place at once, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)
