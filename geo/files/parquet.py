"""GeoParquet 1.1: points as WKB with a box for each row, packed by zstd, in groups along the map."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from ..tables import Column
from . import arrow

VERSION = "1.1.0"
BOX = "bbox"
SIDES = ("xmin", "ymin", "xmax", "ymax")
# Rows of a group; the specification's guide to distribution asks for 50,000 to 150,000.
GROUP = 65_536


def write(
    path: Path, parts: Iterable[list[bytes]], columns: Sequence[Column], *, told: Mapping[str, str]
) -> None:
    """A file of points in longitude and latitude (OGC:CRS84); `told` are title, licence and the like."""
    box = pa.struct([pa.field(side, pa.float64()) for side in SIDES])
    schema = pa.schema(
        [
            *arrow.fields(columns, lists=True),
            pa.field(arrow.GEOMETRY, pa.binary()),
            pa.field(BOX, box),
        ],
        metadata=dict(told),
    )
    around = np.array([np.inf, np.inf, -np.inf, -np.inf])
    waiting: list[pa.RecordBatch] = []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for values, figures in arrow.batches(parts, columns, lists=True):
            bounds = shapely.bounds(figures)
            boxes = _boxes(bounds, box)
            if np.isfinite(bounds).any():
                around[:2] = np.fmin(around[:2], np.nanmin(bounds[:, :2], axis=0))
                around[2:] = np.fmax(around[2:], np.nanmax(bounds[:, 2:], axis=0))
            waiting.append(pa.RecordBatch.from_arrays([*values, arrow.as_wkb(figures), boxes], schema=schema))
            if sum(batch.num_rows for batch in waiting) >= GROUP:
                writer.write_table(pa.Table.from_batches(waiting, schema))
                waiting = []
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting, schema))
        writer.add_key_value_metadata({"geo": json.dumps(_geo(around))})


def _boxes(bounds: np.ndarray, box: pa.StructType) -> pa.StructArray:
    """The box of each point; null where there is none."""
    missing = pa.array(np.isnan(bounds[:, 0]))
    sides = [pa.array(bounds[:, place], pa.float64()) for place in range(len(SIDES))]
    return pa.StructArray.from_arrays(sides, fields=list(box), mask=missing)


def _geo(around: np.ndarray) -> dict:
    """The file's `geo` (GeoParquet 1.1.0); without `crs` it is OGC:CRS84."""
    column: dict = {
        "encoding": "WKB",
        "geometry_types": ["Point"],
        "covering": {BOX: {side: [BOX, side] for side in SIDES}},
    }
    if np.isfinite(around).all():
        column["bbox"] = [float(side) for side in around]
    return {"version": VERSION, "primary_column": arrow.GEOMETRY, "columns": {arrow.GEOMETRY: column}}
