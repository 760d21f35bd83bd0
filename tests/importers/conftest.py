"""Files for imports, made where they are needed, and the two commands."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

HEADER = "id;name;lat;lon;theme;website"
ROWS = (
    "1;Le Fournil;45.76;4.83;habitat participatif;https://fournil.example.org",
    "2;La Remise;45.75;4.85;repair café;",
    "3;Le Jardin;45.74;4.86;jardin partagé;",
)


def table(*rows: str) -> str:
    """A small CSV text of initiatives in Lyon."""
    return "\n".join([HEADER, *rows]) + "\n"


BY_ID = (
    '[fields]\nname = "name"\n[position]\nlongitude = "lon"\nlatitude = "lat"\n[themes]\ncolumn = "theme"\n'
    '[identity]\nexternal_id = "id"\n'
)


@pytest.fixture
def write_file(tmp_path):
    """Writes text or bytes to a file of a name and gives its path."""

    def write(content: str | bytes, name: str = "initiatives.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def run(db):
    """Runs import_initiatives and gives its JSON summary."""

    def command(path: Path, network: str = "demo", **options) -> dict:
        out = io.StringIO()
        call_command("import_initiatives", str(path), network=network, json=True, stdout=out, **options)
        return json.loads(out.getvalue().splitlines()[-1])

    return command


@pytest.fixture
def three(write_file) -> Path:
    """A file of three good rows."""
    return write_file(table(*ROWS))


def counts(summary: dict) -> tuple[int, ...]:
    """(added, changed, unchanged, duplicates, refused), after checking that they add up."""
    names = ("added", "changed", "unchanged", "duplicates", "refused")
    numbers = tuple(summary[name] for name in names)
    assert summary["read"] == sum(numbers)
    return numbers
