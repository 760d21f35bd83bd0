"""GeoPackage and FlatGeobuf by GDAL, row by row: no more than some hundred rows are in memory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyogrio

from ..tables import Column
from . import arrow

CRS = "EPSG:4326"
# By suffix: what GDAL calls the format.
DRIVERS = {"gpkg": "GPKG", "fgb": "FlatGeobuf"}


def write(
    path: Path,
    parts: Iterable[list[bytes]],
    columns: Sequence[Column],
    *,
    layer: str,
    told: Mapping[str, str],
) -> None:
    """A file of points, EPSG:4326, in the format of its suffix; `told` are title, licence and the like of the layer.

    FlatGeobuf cannot hold rows without a position.
    """
    driver = DRIVERS[path.suffix[1:]]
    schema = pa.schema([*arrow.fields(columns, lists=False), pa.field(arrow.GEOMETRY, pa.binary())])
    schema = schema.with_metadata({})
    reader = pa.RecordBatchReader.from_batches(schema, _batches(parts, columns, schema))
    options = {
        # OGC GeoPackage 1.3, 1.1.3: what the table is called for people.
        "GPKG": {"identifier": told.get("title", layer), "description": _described(told)},
        "FlatGeobuf": {
            "spatial_index": "YES",
            "title": told.get("title", layer),
            "description": _described(told),
        },
    }
    pyogrio.write_arrow(
        reader,
        path,
        layer=layer,
        driver=driver,
        geometry_name=arrow.GEOMETRY,
        geometry_type="Point",
        crs=CRS,
        layer_options=options[driver],
        layer_metadata=dict(told) if driver == "GPKG" else None,
        dataset_metadata=dict(told) if driver == "GPKG" else None,
    )


def _batches(
    parts: Iterable[list[bytes]], columns: Sequence[Column], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    for values, figures in arrow.batches(parts, columns, lists=False):
        yield pa.RecordBatch.from_arrays([*values, arrow.as_wkb(figures)], schema=schema)


def _described(told: Mapping[str, str]) -> str:
    return "\n".join(f"{name}: {text}" for name, text in told.items() if name != "title")
