"""Part 2: other coordinate systems, with the axes as their authorities order them."""

import json
from math import isfinite

import pyproj
import pytest
from django.contrib.gis.geos import GEOSGeometry

from tests.conftest import square
from tests.factories import TerritoryFactory

from .asking import features, names, refused

pytestmark = pytest.mark.django_db
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
SYSTEMS = [4326, 3857, 3035]


def turned(srid: int, lon: float, lat: float) -> list[float]:
    """As the authority says it: pyproj keeps its order of axes."""
    transformer = pyproj.Transformer.from_crs("OGC:CRS84", f"EPSG:{srid}")
    return list(transformer.transform(lon, lat))


@pytest.mark.parametrize("srid", SYSTEMS)
def test_crs_action_features_come_in_the_system_that_was_asked_for(client, rows, srid):
    plain = features(client)
    for more in ({}, {"filter": "founded > 1"}, {"theme": "repair-cafes"}):
        for one in features(client, crs=f"{EPSG}{srid}", **more):
            own = next(other for other in plain if other["id"] == one["id"])
            near = 1e-6 if srid == 4326 else 0.02
            expected = turned(srid, *own["geometry"]["coordinates"])
            assert one["geometry"]["coordinates"] == pytest.approx(expected, abs=near)
            assert set(one["geometry"]) == {"type", "coordinates"}
            assert one["properties"] == own["properties"]


@pytest.mark.parametrize("srid", SYSTEMS)
def test_crs_header_says_in_which_system(client, rows, groups, bakery, srid):
    for collection, one in (("initiatives", bakery.uuid), ("collectives", "own"), ("territories", "FR")):
        for path in ("items", f"items/{one}"):
            address = f"/ogc/collections/{collection}/{path}"
            assert client.get(address)["Content-Crs"] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
            answer = client.get(address, {"crs": f"{EPSG}{srid}"})
            assert answer["Content-Crs"] == f"<{EPSG}{srid}>"


def test_crs_outlines_are_turned_too(client, groups):
    own = features(client, "collectives", crs=f"{EPSG}4326")[0]
    assert own["geometry"]["coordinates"][0][0][0] == [45.6, 4.7]


@pytest.mark.parametrize("srid", SYSTEMS)
def test_crs_what_reaches_a_pole_is_cut_off_where_the_system_ends(client, db, srid):
    TerritoryFactory(code="WW", names={"en": "Everywhere"}, boundary=square(-180, -90, 180, 90))
    (found,) = features(client, "territories", crs=f"{EPSG}{srid}")
    west, south, east, north = GEOSGeometry(json.dumps(found["geometry"])).extent
    assert all(map(isfinite, (west, south, east, north)))
    assert west < east
    assert south < north


@pytest.mark.parametrize("srid", SYSTEMS)
@pytest.mark.parametrize("collection", ["initiatives", "collectives"])
def test_bbox_crs_action_a_box_is_read_in_its_system(client, rows, groups, srid, collection):
    low, high = turned(srid, 4.79, 45.65), turned(srid, 4.96, 45.9)
    box = ",".join(map(str, [*low, *high]))
    found = names(client, collection, **{"bbox": box, "bbox-crs": f"{EPSG}{srid}"})
    assert found == names(client, collection, bbox="4.79,45.65,4.96,45.9")
    assert found


@pytest.mark.parametrize("name", ["crs", "bbox-crs", "filter-crs"])
def test_crs_bad_another_system_is_refused(client, name):
    for uri in ("", "EPSG:4326", f"{EPSG}2154", "x" * 900):
        said = refused(client, "collections/initiatives/items", **{name: uri})
        assert said["parameter"] == name
        assert "EPSG/0/3035" in said["detail"]


@pytest.mark.parametrize("box", ["1e300,1,2,3", "1,2,inf,4", "9,9,1,1", "1,2,3", "a,b,c,d"])
@pytest.mark.parametrize("srid", [3857, 3035])
def test_bbox_crs_bad_what_is_no_box_is_refused(client, box, srid):
    parameters = {"bbox": box, "bbox-crs": f"{EPSG}{srid}"}
    assert refused(client, "collections/initiatives/items", **parameters)["parameter"] == "bbox"


@pytest.mark.parametrize("srid", SYSTEMS)
def test_filter_crs_geometries_of_a_filter_are_read_in_their_system(client, rows, srid):
    (a, b), (c, d) = turned(srid, 4.79, 45.65), turned(srid, 4.96, 45.9)
    asked = {"filter-crs": f"{EPSG}{srid}"}
    plain = names(client, bbox="4.79,45.65,4.96,45.9")
    assert names(client, filter=f"S_INTERSECTS(geometry, BBOX({a},{b},{c},{d}))", **asked) == plain
    ring = f"{a} {b}, {c} {b}, {c} {d}, {a} {d}, {a} {b}"
    assert names(client, filter=f"S_INTERSECTS(geometry, POLYGON(({ring})))", **asked) == plain
