"""A small good file of each format, to be spoilt."""

import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import geopandas
import openpyxl
from shapely.geometry import Point

NAMES = ("Le Fournil", "La Remise", "Škola za život")
HEADER = ("id", "name", "lat", "lon", "theme", "website")
ROWS = [
    (str(number), name, 45.7 + number / 100, 4.8, "repair café", "https://fournil.example/")
    for number, name in enumerate(NAMES, start=1)
]
OBJECTS = [dict(zip(HEADER, row)) for row in ROWS]
CATEGORY = "2cd00bebec0c48ba9db761da48678134"
DRIVERS = {"gpkg": "GPKG", "shp": "ESRI Shapefile", "fgb": "FlatGeobuf"}
SUFFIXES = {
    "csv": "csv",
    "dc-csv": "csv",
    "xlsx": "xlsx",
    "gpkg": "gpkg",
    "shp": "zip",
    "fgb": "fgb",
    "kml": "kml",
}


def suffix(format: str) -> str:
    """What files of a format are called by."""
    return SUFFIXES.get(format, "json")


@cache
def good(format: str) -> bytes:
    """A file of the format with three records."""
    if format in DRIVERS:
        return _spatial(format)
    if format == "xlsx":
        return workbook([HEADER, *ROWS])
    text = _texts()[format]
    return (text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)).encode()


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table(rows: Sequence[Sequence[object]]) -> str:
    """Comma-separated rows of cells that hold no commas."""
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


def archive(**files: bytes) -> bytes:
    """A packed zip archive; of the names the last `_` stands for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(".".join(name.rsplit("_", 1)), content)
    return file.getvalue()


def _spatial(format: str) -> bytes:
    frame = geopandas.GeoDataFrame(
        {"nom": list(NAMES), "thème": ["repair café"] * 3},
        geometry=[Point(row[3], row[2]) for row in ROWS],
        crs="EPSG:4326",
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"places.{format}"
        frame.to_file(file, driver=DRIVERS[format], engine="pyogrio")
        if format != "shp":
            return file.read_bytes()
        return archive(**{one.name.replace(".", "_"): one.read_bytes() for one in Path(folder).iterdir()})


def _texts() -> dict[str, object]:
    points = [{"type": "Point", "coordinates": [row[3], row[2]]} for row in ROWS]
    features = [{"type": "Feature", "properties": p, "geometry": g} for p, g in zip(OBJECTS, points)]
    marks = "".join(
        f"<Placemark><name>{r[1]}</name><description>{r[4]}</description>"
        f"<Point><coordinates>{r[3]},{r[2]}</coordinates></Point></Placemark>"
        for r in ROWS
    )
    places = [{"lat": row[2], "lng": row[3], "title": row[1], "categories": [CATEGORY]} for row in ROWS]
    tags = {"social_facility": "food_bank"}
    digital = ("Organization Name", "Latitude", "Longitude", "Primary Activity")
    return {
        "csv": table([HEADER, *ROWS]),
        "dc-csv": table([digital, *((r[1], r[2], r[3], r[4]) for r in ROWS)]),
        "json": {"places": OBJECTS},
        "geojson": {"type": "FeatureCollection", "features": features},
        "kml": f'<?xml version="1.0"?><kml><Document><Folder><name>x</name>{marks}</Folder></Document></kml>',
        "gogocarto": {
            "ontology": "gogofull",
            "data": [
                {"id": r[0], "name": r[1], "geo": {"latitude": r[2], "longitude": r[3]}, "status": 1}
                for r in ROWS
            ],
        },
        "openfairdb": {"visible": [{"id": r[0] * 32, **p} for r, p in zip(ROWS, places)], "invisible": []},
        "murmurations": {
            "data": [
                {
                    "linked_schemas": ["organizations_schema-v1.0.0"],
                    "name": r[1],
                    "profile_url": f"https://a.example/{r[0]}.json",
                    "geolocation": {"lat": r[2], "lon": r[3]},
                }
                for r in ROWS
            ]
        },
        "yeswiki": {
            f"f{r[0]}": {
                "id_fiche": f"f{r[0]}",
                "bf_titre": r[1],
                "geo": {"bf_latitude": str(r[2]), "bf_longitude": str(r[3])},
            }
            for r in ROWS
        },
        "osm": {
            "elements": [
                {"type": "node", "id": int(r[0]), "lat": r[2], "lon": r[3], "tags": {**tags, "name": r[1]}}
                for r in ROWS
            ]
        },
    }
