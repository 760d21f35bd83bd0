"""Archives: how large they are unpacked is asked before anything is unpacked, and nothing leaves its folder."""

import gzip
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext_noop as _

from ..errors import BadFileError
from ..phrases import AT_MOST, phrase

# Of all that is in an archive, unpacked; and how many times larger than packed: text packs by ten, not by hundreds.
LARGEST = 2 * 1024**3
MOST_TIMES = 200
SMALL = 16 * 1024**2
MOST_FILES = 10_000
BLOCK = 1 << 20
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
# What an archive may be about, the surer sign first; the other parts of a Shapefile lie beside it.
SUFFIXES = (
    *(".shp", ".kml", ".gpkg", ".fgb", ".geojson", ".osm", ".xlsx"),
    *(".json", ".jsonld", ".csv", ".tsv", ".xml", ".txt"),
)
ARCHIVE = _("a zip archive")
EXPECTED = _("a workbook, or an archive of one table, document or Shapefile")


def plain_file(path: Path, folder: Path) -> Path:
    """The file that an archive is about, unpacked into the folder; any other file as it is. BadFileError."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(GZIP):
        return _ungzipped(path, folder)
    if not head.startswith(ZIP):
        return path
    names = check_archive(path)
    if "xl/workbook.xml" in names:
        return path
    suffixes = {Path(name).suffix.lower() for name in names}
    chosen = next((suffix for suffix in SUFFIXES if suffix in suffixes), None)
    if chosen is None:
        raise BadFileError(
            path,
            phrase(_("an archive of %(kinds)s"), kinds=", ".join(sorted(suffixes))[:80] or "–"),
            EXPECTED,
        )
    found = [one for one in _unpacked(path, names, folder) if one.suffix.lower() == chosen]
    # A KMZ begins with its main document (OGC 12-007r2, 7.2); of other files one has to be meant.
    if len(found) > 1 and chosen != ".kml":
        raise BadFileError(
            path,
            phrase(_("%(number)s files %(kind)s in one archive"), number=len(found), kind=chosen),
            _("exactly one"),
        )
    return found[0]


def check_archive(path: Path) -> list[str]:
    """The names in a zip archive; BadFileError where it is none, is a bomb, or names a place outside of itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise BadFileError(
            path, phrase(_("an archive that cannot be opened (%(error)s)"), error=str(error)), ARCHIVE
        ) from error
    if len(entries) > MOST_FILES:
        raise BadFileError(
            path,
            phrase(_("%(number)s files in one archive"), number=len(entries)),
            phrase(AT_MOST, most=MOST_FILES),
        )
    size, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if size > LARGEST or size > max(SMALL, MOST_TIMES * packed):
        raise BadFileError(
            path,
            phrase(_("%(size)s MB once unpacked"), size=round(size / 1024**2)),
            _("at most 2 GB, and no bomb"),
        )
    for entry in entries:
        place = PurePosixPath(entry.filename.replace("\\", "/"))
        # Of a damaged archive a name may be empty.
        if not entry.filename or place.is_absolute() or ".." in place.parts or ":" in entry.filename[:2]:
            raise BadFileError(
                path,
                phrase(_("the name “%(name)s” in an archive"), name=entry.filename[:60]),
                _("names within it"),
            )
        if entry.flag_bits & 1:
            raise BadFileError(path, _("an archive with a password"), _("one without"))
    return [entry.filename for entry in entries if not entry.is_dir()]


def _unpacked(path: Path, names: list[str], folder: Path) -> list[Path]:
    """All files of a zip archive; what an entry says of its own size is not believed."""
    found, room = [], LARGEST
    with zipfile.ZipFile(path) as archive:
        for number, name in enumerate(names):
            # Under a name of ours, but for what GDAL goes by: parts of a Shapefile have one name.
            target = folder / own_name(name)
            if target.exists():
                target = target.with_name(f"{number}-{target.name}")
            try:
                with archive.open(name) as packed, target.open("wb") as plain:
                    room -= _copied(packed, plain, room, path)
            except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
                raise BadFileError(
                    path,
                    phrase(_("an archive that cannot be unpacked (%(error)s)"), error=str(error)),
                    ARCHIVE,
                ) from error
            found.append(target)
    return found


def own_name(name: str) -> str:
    """A name for a file that came with one: its last part, of letters, digits and ._- only."""
    plain = PurePosixPath(name.replace("\\", "/")).name
    return "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in plain)[:120] or "file"


def _ungzipped(path: Path, folder: Path) -> Path:
    """What a gzip file holds, under its name without the suffix."""
    target = folder / own_name(path.name.removesuffix(".gz"))
    try:
        with gzip.open(path) as packed, target.open("wb") as plain:
            _copied(packed, plain, LARGEST, path)
    except (OSError, EOFError, zlib.error) as error:
        raise BadFileError(
            path, phrase(_("a damaged gzip file (%(error)s)"), error=str(error)), _("a gzip file")
        ) from error
    return target


def _copied(packed, plain, room: int, path: Path) -> int:
    size = 0
    while block := packed.read(BLOCK):
        size += len(block)
        if size > room:
            raise BadFileError(path, _("more than 2 GB once unpacked"), _("at most 2 GB"))
        plain.write(block)
    return size
