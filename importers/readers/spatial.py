"""GeoPackage, Shapefile and FlatGeobuf through GDAL, in heaps of rows; other geometries as a point within them."""

import codecs
import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataSourceError

from ..errors import BadFileError
from ..mapping import FileOptions
from ..records import Raw, Source
from . import archives

HEAP = 8_192
BLOCK = 1 << 20
EXPECTED = "a layer with at least one feature"


def read_gpkg(path: Path, options: FileOptions) -> Source:
    """Open a GeoPackage."""
    return _read(path, path, options, "gpkg")


def read_fgb(path: Path, options: FileOptions) -> Source:
    """Open a FlatGeobuf."""
    return _read(path, path, options, "fgb")


def read_shp(path: Path, options: FileOptions) -> Source:
    """Open a Shapefile: the .shp beside its other parts, or all of them in a zip archive."""
    if path.suffix.lower() == ".shp":
        return _read(path, path, _with_encoding(path, options), "shp")
    place = archives.folder()
    shapes = [one for one in archives.unpacked(path, place) if one.suffix.lower() == ".shp"]
    if len(shapes) != 1:
        raise BadFileError(path, f"{len(shapes)} Shapefiles in one archive", "one")
    source = _read(path, shapes[0], _with_encoding(shapes[0], options), "shp")
    source.keeps = place
    return source


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


def _read(path: Path, opened: Path, options: FileOptions, format: str) -> Source:
    try:
        layers = [name for name, kind in pyogrio.list_layers(opened) if kind is not None]
        if not layers or (options.sheet and options.sheet not in layers):
            raise BadFileError(path, "no layer of that name", f"one of {', '.join(layers)[:200] or 'none'}")
        infos = {
            name: _info(opened, name, options) for name in ([options.sheet] if options.sheet else layers)
        }
        layer = max(infos, key=lambda name: infos[name]["features"])
    except DataSourceError as error:
        raise BadFileError(path, f"a file that GDAL cannot open ({error})"[:200], EXPECTED) from error
    info = infos[layer]
    if not info["features"]:
        raise BadFileError(path, f"the layer {layer} without features", EXPECTED)
    crs = info["crs"]
    notes = [
        f"layer {layer}, {info['features']} features, {crs or 'no reference system: taken for EPSG:4326'}"
    ]
    if len(layers) > 1:
        notes.append(f"layers: {', '.join(layers)[:200]} (file.sheet of a mapping chooses)")
    columns = [str(name) for name in info["fields"]]
    records = _records(path, opened, layer, columns, options)
    return Source(path, format, columns, records, crs=crs or "EPSG:4326", notes=notes)


def _info(opened: Path, layer: str, options: FileOptions) -> dict[str, Any]:
    return pyogrio.read_info(opened, layer=layer, encoding=options.encoding or None, force_feature_count=True)


def _records(path: Path, opened: Path, layer: str, columns: list[str], options: FileOptions) -> Iterator[Raw]:
    number = 0
    try:
        for start in _heaps(opened, layer, options):
            values, points, kinds = start
            for place in range(len(points)):
                number += 1
                record = Raw(number, {name: _plain(values[name][place]) for name in columns})
                _locate(record, points[place], kinds[place])
                yield record
    except DataSourceError as error:
        raise BadFileError(path, f"row {number + 1} cannot be read ({error})"[:200], EXPECTED) from error


def _heaps(opened: Path, layer: str, options: FileOptions) -> Iterator[tuple[dict, np.ndarray, np.ndarray]]:
    """Values by column, a point within each geometry, and the geometries' kinds, heap by heap."""
    settings = {"layer": layer, "encoding": options.encoding or None, "batch_size": HEAP}
    with pyogrio.open_arrow(opened, use_pyarrow=True, **settings) as (meta, reader):
        name = meta["geometry_name"] or "wkb_geometry"
        for heap in reader:
            columns = heap.to_pydict()
            figures = shapely.from_wkb(np.array(columns[name], dtype=object), on_invalid="ignore")
            kinds = shapely.get_type_id(figures)
            points = np.where(kinds == shapely.GeometryType.POINT, figures, shapely.point_on_surface(figures))
            yield columns, points, kinds


def _locate(record: Raw, point: shapely.Point | None, kind: int) -> None:
    if point is None or point.is_empty:
        return
    record.point = (point.x, point.y)
    if kind != shapely.GeometryType.POINT:
        record.warnings.append(f"a {shapely.GeometryType(kind).name}: a point within it was taken")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return None if isinstance(value, bytes) else value
