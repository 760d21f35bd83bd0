"""The formats that a selection can be taken away in, and what writes each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from geo import features
from geo.errors import InvalidParameterError
from geo.files import csv, parquet, spatial

from ..columns import COLUMNS, SELECTION
from ..layers import INITIATIVES, KEYED
from ..selection import Selection

BY_KEY = "pk"
# Along the map, so that readers of a part of it read a part of the file.
ALONG_THE_MAP = "cell"
Told = Mapping[str, str]
# Features as text, some at a time.
Parts = Iterator[list[bytes]]


@dataclass(frozen=True)
class Format:
    """A format by its suffix: text that is streamed, or a file that is written as a whole."""

    suffix: str
    media_type: str
    title: str
    stream: Callable[[Parts, Told], Iterator[bytes]] | None = None
    write: Callable[[Path, Parts, Told], None] | None = None
    order: str = BY_KEY
    # Whether it holds initiatives that have no position.
    holds_unlocated: bool = True

    @property
    def filename(self) -> str:
        """What the file is called where it is taken."""
        return f"social-planet-{INITIATIVES.id}.{self.suffix}"

    def check(self, selection: Selection) -> None:
        """InvalidParameterError where the format cannot hold what is selected."""
        if not self.holds_unlocated and selection.located != "yes":
            raise InvalidParameterError(
                "located", f"{self.title} holds positions only. Expected located=yes, or another format."
            )

    def told(self, selection: Selection) -> dict[str, str]:
        """What told() says, and where the same is asked for again."""
        return {**told(selection), SELECTION: self.address(selection.query)}

    def address(self, query: str) -> str:
        """Where a selection is taken in this format, with the site before it."""
        door = f"{settings.SITE_URL}{reverse(f'export_{self.suffix}')}"
        return f"{door}?{query}" if query else door


def told(selection: Selection) -> dict[str, str]:
    """Licence, attribution and query, to travel inside every file."""
    return {
        "title": f"{settings.SITE_NAME}: {INITIATIVES.title.lower()}",
        "licence": settings.DATA_LICENCE,
        "attribution": f"© {settings.SITE_NAME} and the sources named in each record",
        "source": f"{settings.SITE_URL}/",
        "query": selection.query,
        "generated": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _geojson(parts: Parts, said: Told) -> Iterator[bytes]:
    return features.collection(parts, dict(said))


def _lines(parts: Parts, said: Told) -> Iterator[bytes]:
    return features.lines(parts, dict(said))


def _csv(parts: Parts, said: Told) -> Iterator[bytes]:
    # In each row, as a table has no other place, and rows are cut out of their files.
    return csv.rows(parts, COLUMNS, {SELECTION: said[SELECTION]})


def _spatial(path: Path, parts: Parts, said: Told) -> None:
    spatial.write(path, parts, COLUMNS, layer=INITIATIVES.id, told=said)


def _parquet(path: Path, parts: Parts, said: Told) -> None:
    parquet.write(path, parts, COLUMNS, told=said)


_ALL: Sequence[Format] = (
    Format("geojson", "application/geo+json", "GeoJSON", stream=_geojson),
    Format("geojsonl", "application/x-ndjson", "GeoJSON lines", stream=_lines),
    Format("csv", csv.MEDIA_TYPE, "CSV", stream=_csv),
    Format("gpkg", "application/geopackage+sqlite3", "GeoPackage", write=_spatial),
    Format("fgb", "application/vnd.flatgeobuf", "FlatGeobuf", write=_spatial, holds_unlocated=False),
    Format("parquet", "application/vnd.apache.parquet", "GeoParquet", write=_parquet, order=ALONG_THE_MAP),
)
FORMATS = {format.suffix: format for format in _ALL}


def stream(format: Format, selection: Selection) -> Iterator[bytes]:
    """The text of a selection, piece by piece; of formats that are streamed."""
    return format.stream(_parts(format, selection), format.told(selection))


def write(
    path: Path,
    format: Format,
    selection: Selection,
    said: Told | None = None,
    *,
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """A whole file of a selection; InvalidParameterError where the format cannot hold it, OSError.

    `said` travels inside instead of what Format.told() says; `progress` hears how many Features were read so far.
    """
    format.check(selection)
    said = format.told(selection) if said is None else said
    parts = _counted(_parts(format, selection), progress)
    if format.write is not None:
        format.write(path, parts, said)
        return
    with path.open("wb") as file:
        file.writelines(format.stream(parts, said))


def _parts(format: Format, selection: Selection) -> Parts:
    return KEYED.stream(selection.initiatives(), format.order)


def _counted(parts: Parts, progress: Callable[[int], None]) -> Parts:
    done = 0
    for some in parts:
        yield some
        done += len(some)
        progress(done)
