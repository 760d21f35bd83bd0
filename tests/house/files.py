"""What belongs to the house: its files, their text, and the functions inside."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = (
    "geo",
    "vocabulary",
    "territories",
    "community",
    "initiatives",
    "campaigns",
    "importers",
    "geoportal",
)
# Written by tools or translated by hand: no rule of ours on their shape.
MADE = re.compile(r"(^|/)(migrations|locale|vendor)/|^requirements[\w-]*\.txt$")
TEXT = {".py", ".js", ".css", ".html", ".txt", ".md", ".toml", ".json", ".svg", ".sql", ".po", ".csv", ""}


@cache
def paths() -> tuple[str, ...]:
    """Files that are committed, or would be by `git add .`; all of them where there is no git."""
    said = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode == 0:
        names = set(said.stdout.split("\0")) - {""}
    else:
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
        names = {str(path) for path in found if not set(path.parts) & {"var", ".venv", "__pycache__"}}
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


def ours(*suffixes: str) -> list[str]:
    """Paths with one of the endings, without what tools write."""
    return [path for path in paths() if path.endswith(suffixes) and not MADE.search(path)]


@cache
def text(path: str) -> str:
    """A file's text."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: str) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(text(path))


def functions(path: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def none(offenders: list[str]) -> None:
    """Fail and print each offender on its line."""
    assert not offenders, "\n" + "\n".join(offenders)
