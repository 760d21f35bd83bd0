"""The folder of a snapshot: six formats, the vocabularies, what changed, sums, a description and how to cite it."""

import csv
import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from geo.cells import Line, harmless
from geo.freshness import latest as latest_version
from geo.tables import SEPARATOR
from vocabulary.models import LegalForm, Theme

from ..columns import SELECTION
from ..describing_data import themes
from ..exporting.formats import FORMATS, write
from ..models import Snapshot
from ..selection import Selection
from . import citing, package, reading
from .changes import compare

LINES = "initiatives.geojsonl"
SUMS = "SHA256SUMS"
BLOCK = 1 << 20
# Media types of files that are no format of exports.
OTHERS = {
    ".csv": "text/csv; charset=utf-8; header=present",
    ".ttl": "text/turtle",
    ".json": "application/json",
    ".bib": "application/x-bibtex",
}


def write_all(folder: Path, now: datetime) -> Snapshot:
    """Write every file of a moment to an empty folder; the snapshot, not saved yet."""
    former = reading.latest()
    snapshot = Snapshot(date=now.date(), made_at=now, version=_version())
    _write_formats(folder, snapshot)
    _write_words(folder)
    before = reading.folder(former.label) / LINES if former else None
    numbers = compare(folder / LINES, before if before and before.is_file() else None, folder / "changes.csv")
    snapshot.counts = {**numbers.as_dict(), "previous": former.label if former else None}
    citing.write(folder, snapshot)
    # The description names sizes and sums of the data; the list of sums names the description too.
    described = [_described(path) for path in sorted(folder.iterdir())]
    package.write(folder / reading.PACKAGE, snapshot, described)
    summed = sorted([*described, _described(folder / reading.PACKAGE)], key=lambda file: file["name"])
    sums = folder / SUMS
    sums.write_text("".join(f"{file['sha256']}  {file['name']}\n" for file in summed), encoding="ascii")
    snapshot.files = [*summed, _described(sums)]
    snapshot.size = sum(file["bytes"] for file in snapshot.files)
    return snapshot


def _version() -> str:
    version = latest_version()
    return f"{version.number}.{version.mark[:8]}" if version else ""


def _write_formats(folder: Path, snapshot: Snapshot) -> None:
    for format in FORMATS.values():
        selection = Selection({"located": ("any",)} if format.holds_unlocated else {"located": ("yes",)})
        name = f"initiatives.{format.suffix}"
        said = {
            **format.told(selection),
            "generated": snapshot.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "snapshot": reading.address(snapshot.label, reading.PACKAGE),
            # Asked again elsewhere there would be something else.
            SELECTION: reading.address(snapshot.label, name),
        }
        write(folder / name, format, selection, said)


def _write_words(folder: Path) -> None:
    """The words that columns name by their slugs."""
    _write_table(folder / "themes.csv", package.THEME_COLUMNS, _themes())
    _write_table(folder / "legal-forms.csv", package.FORM_COLUMNS, _forms())
    (folder / "themes.ttl").write_bytes(themes.turtle())


def _themes() -> Iterator[list[Any]]:
    for theme in Theme.objects.select_related("parent"):
        names = [theme.names.get(code, "") for code, _name in settings.LANGUAGES]
        lists = [SEPARATOR.join(codes) for codes in (theme.essglobal, theme.osm, theme.nace)]
        yield [theme.slug, theme.parent.slug if theme.parent else "", *names, *lists]


def _forms() -> Iterator[list[Any]]:
    for form in LegalForm.objects.select_related("parent"):
        names = [form.names.get(code, "") for code, _name in settings.LANGUAGES]
        yield [form.slug, form.parent.slug if form.parent else "", form.country, *names]


def _write_table(path: Path, columns: list[str], rows: Iterator[list[Any]]) -> None:
    writer = csv.writer(Line())
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(writer.writerow(columns))
        for row in rows:
            out.write(writer.writerow([harmless(cell) for cell in row]))


def _described(path: Path) -> dict[str, Any]:
    """Name, size, media type and SHA-256 of a file, which is on the disk for good then."""
    summed = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            summed.update(block)
        os.fsync(file.fileno())
    media = next(
        (format.media_type for format in FORMATS.values() if path.name == f"initiatives.{format.suffix}"),
        OTHERS.get(path.suffix, "text/plain; charset=utf-8"),
    )
    return {
        "name": path.name,
        "bytes": path.stat().st_size,
        "sha256": summed.hexdigest(),
        "media_type": media,
    }
