"""GeoPackage, Shapefile and FlatGeobuf through GDAL, in heaps of rows; other geometries as a point within them."""

import codecs
import datetime
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from django.utils.translation import gettext_noop as _
from pyogrio.errors import DataLayerError, DataSourceError

from ..errors import BadFileError
from ..mapping import FileOptions
from ..phrases import ONE_OF, POINT_WITHIN, Phrase, phrase
from ..records import Raw, Source

HEAP = 8_192
BLOCK = 1 << 20
EXPECTED = _("a layer with at least one feature")
# Damage that GDAL finds, that Arrow finds, and text that is none.
UNREADABLE = (DataSourceError, DataLayerError, OSError, ValueError, shapely.errors.GEOSException)


def read_gpkg(path: Path, options: FileOptions) -> Source:
    """Open a GeoPackage."""
    return _read(path, options, "gpkg")


def read_fgb(path: Path, options: FileOptions) -> Source:
    """Open a FlatGeobuf."""
    return _read(path, options, "fgb")


def read_shp(path: Path, options: FileOptions) -> Source:
    """Open a Shapefile: the .shp beside its other parts."""
    return _read(path, _with_encoding(path, options), "shp")


def _with_encoding(shapes: Path, options: FileOptions) -> FileOptions:
    """Where no .cpg declares it, the encoding of the .dbf beside: UTF-8 if all its rows are, else cp1252."""
    parts = {one.suffix.lower(): one for one in shapes.parent.glob(f"{shapes.stem}.*")}
    if options.encoding or ".cpg" in parts or ".dbf" not in parts:
        return options
    decoder = codecs.getincrementaldecoder("utf-8")()
    with parts[".dbf"].open("rb") as table:
        # Rows begin where the header says (dBASE III, bytes 8 and 9).
        begins = table.read(10)[8:]
        table.seek(int.from_bytes(begins, "little"))
        try:
            while block := table.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return replace(options, encoding="cp1252")
    return replace(options, encoding="utf-8")


def _read(path: Path, options: FileOptions, format: str) -> Source:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        source = _opened(path, options, format)
    murmurs = sorted({str(one.message).replace(str(path), path.name)[:200] for one in told})
    source.notes += [phrase("GDAL: %(murmur)s", murmur=murmur) for murmur in murmurs]
    return source


def _opened(path: Path, options: FileOptions, format: str) -> Source:
    try:
        layers = [name for name, kind in pyogrio.list_layers(path) if kind is not None]
        if not layers or (options.sheet and options.sheet not in layers):
            raise BadFileError(
                path, _("no layer of that name"), phrase(ONE_OF, known=", ".join(layers)[:200] or "–")
            )
        infos = {name: _info(path, name, options) for name in ([options.sheet] if options.sheet else layers)}
        layer = max(infos, key=lambda name: infos[name]["features"])
    except UNREADABLE as error:
        raise BadFileError(
            path, phrase(_("a file that GDAL cannot open (%(error)s)"), error=str(error)), EXPECTED
        ) from error
    info = infos[layer]
    if not info["features"]:
        raise BadFileError(path, phrase(_("the layer %(layer)s without features"), layer=layer), EXPECTED)
    crs = info["crs"]
    notes = [
        phrase(
            _("layer %(layer)s, %(number)s features, %(crs)s"),
            layer=layer,
            number=info["features"],
            crs=crs or Phrase(_("no reference system: taken for EPSG:4326")),
        )
    ]
    if len(layers) > 1:
        notes.append(
            phrase(_("layers: %(layers)s (file.sheet of a mapping chooses)"), layers=", ".join(layers)[:200])
        )
    columns = [str(name) for name in info["fields"]]
    records = _records(path, layer, columns, options)
    return Source(path, format, columns, records, crs=crs or "EPSG:4326", notes=notes, title=layer)


def _info(path: Path, layer: str, options: FileOptions) -> dict[str, Any]:
    return pyogrio.read_info(path, layer=layer, encoding=options.encoding or None, force_feature_count=True)


def _records(path: Path, layer: str, columns: list[str], options: FileOptions) -> Iterator[Raw]:
    number = 0
    try:
        for start in _heaps(path, layer, options):
            values, points, kinds = start
            for place in range(len(points)):
                number += 1
                record = Raw(number, {name: _plain(values[name][place]) for name in columns})
                _locate(record, points[place], kinds[place])
                yield record
    except UNREADABLE as error:
        raise BadFileError(
            path,
            phrase(_("row %(row)s cannot be read (%(error)s)"), row=number + 1, error=str(error)),
            EXPECTED,
        ) from error


def _heaps(path: Path, layer: str, options: FileOptions) -> Iterator[tuple[dict, np.ndarray, np.ndarray]]:
    """Values by column, a point within each geometry, and the geometries' kinds, heap by heap."""
    settings = {"layer": layer, "encoding": options.encoding or None, "batch_size": HEAP}
    with ExitStack() as stack:
        opening = pyogrio.open_arrow(path, use_pyarrow=True, **settings)
        meta, reader = _once_told(lambda: stack.enter_context(opening))
        name = meta["geometry_name"] or "wkb_geometry"
        while (heap := _once_told(lambda: next(reader, None))) is not None:
            columns = heap.to_pydict()
            figures = shapely.from_wkb(np.array(columns[name], dtype=object), on_invalid="ignore")
            kinds = shapely.get_type_id(figures)
            points = np.where(kinds == shapely.GeometryType.POINT, figures, shapely.point_on_surface(figures))
            yield columns, points, kinds


def _once_told(read: Callable[[], Any]) -> Any:
    """What GDAL warns of was noted when the file was opened."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return read()


def _locate(record: Raw, point: shapely.Point | None, kind: int) -> None:
    if point is None or point.is_empty:
        return
    record.point = (point.x, point.y)
    if kind != shapely.GeometryType.POINT:
        record.warnings.append(phrase(POINT_WITHIN, kind=shapely.GeometryType(kind).name))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return None if isinstance(value, bytes) else value
