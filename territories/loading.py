"""Open boundaries and the gazetteer of fixtures/, put into the tables set by set."""

import csv
import gzip
import json
from pathlib import Path

from django.db import connection, transaction

from vocabulary.models import Licence

SOURCE = "Natural Earth"

# Rows of this source only: what a finer import brought stays.
UPSERT = """
INSERT INTO territories_territory (code, scheme, names, country, population, year, view, source, licence_id, boundary)
SELECT f->'properties'->>'code', f->'properties'->>'scheme', f->'properties'->'names',
       coalesce(f->'properties'->>'country', ''), (f->'properties'->>'population')::bigint,
       (f->'properties'->>'year')::smallint,
       (SELECT array_agg(v::float8 ORDER BY n)
          FROM jsonb_array_elements_text(f->'properties'->'view') WITH ORDINALITY AS w(v, n)),
       %(source)s, %(licence)s,
       ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(f->>'geometry'), 4326)), 3))
FROM jsonb_array_elements(%(features)s::jsonb) AS f
ON CONFLICT (code) DO UPDATE SET names = excluded.names, population = excluded.population, year = excluded.year,
  view = excluded.view, boundary = excluded.boundary
WHERE territories_territory.source = excluded.source
  AND (territories_territory.names, territories_territory.population, territories_territory.year,
       territories_territory.view, territories_territory.boundary::bytea)
      IS DISTINCT FROM
      (excluded.names, excluded.population, excluded.year, excluded.view, excluded.boundary::bytea)
RETURNING id
"""
PARENTS = """
UPDATE territories_territory t SET parent_id = p.id
FROM jsonb_array_elements(%(features)s::jsonb) AS f
JOIN territories_territory p ON p.code = f->'properties'->>'parent'
WHERE t.code = f->'properties'->>'code' AND t.source = %(source)s AND t.parent_id IS DISTINCT FROM p.id
"""


@transaction.atomic
def load_territories(paths: list[Path]) -> list[int]:
    """Add or refresh territories from gzipped GeoJSON, largest scheme first; primary keys of those that changed."""
    licence = Licence.objects.get(code="CC0-1.0").pk
    changed: list[int] = []
    with connection.cursor() as cursor:
        for path in paths:
            features = json.dumps(json.loads(gzip.decompress(path.read_bytes()))["features"])
            parameters = {"features": features, "source": SOURCE, "licence": licence}
            cursor.execute(UPSERT, parameters)
            changed += [pk for (pk,) in cursor.fetchall()]
            cursor.execute(PARENTS, parameters)
    return changed


STAGE = """
CREATE TEMPORARY TABLE staged_place (geonameid bigint, name text, country text, admin1 text,
  lon float8, lat float8, population int, names text) ON COMMIT DROP
"""
PLACES = """
INSERT INTO territories_place (geonameid, name, country, admin1, population, position, search_names)
SELECT geonameid, name, country, admin1, population, ST_SetSRID(ST_MakePoint(lon, lat), 4326),
       (SELECT string_agg(DISTINCT '|' || geo_fold(part), '') FROM unnest(string_to_array(names, '|')) AS part
        WHERE geo_fold(part) <> '')
FROM staged_place
ON CONFLICT (geonameid) DO UPDATE SET name = excluded.name, admin1 = excluded.admin1,
  population = excluded.population, position = excluded.position, search_names = excluded.search_names
WHERE (territories_place.name, territories_place.admin1, territories_place.population,
       territories_place.position::bytea, territories_place.search_names)
      IS DISTINCT FROM
      (excluded.name, excluded.admin1, excluded.population, excluded.position::bytea, excluded.search_names)
"""


@transaction.atomic
def load_gazetteer(path: Path) -> int:
    """Add or refresh the towns of a gzipped CSV; the number of rows read."""
    read = 0
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with (
            gzip.open(path, "rt", encoding="utf-8", newline="") as file,
            cursor.copy("COPY staged_place FROM STDIN") as copy,
        ):
            for row in csv.DictReader(file):
                names = "|".join([row["name"], row["alternates"]])
                columns = ("geonameid", "name", "country", "admin1", "lon", "lat", "population")
                copy.write_row([*(row[column] for column in columns), names])
                read += 1
        cursor.execute(PLACES)
        # Whoever loads twice within one transaction meets no table of the first time.
        cursor.execute("DROP TABLE staged_place")
    return read
