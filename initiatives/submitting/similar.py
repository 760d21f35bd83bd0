"""Published initiatives that may be the one that somebody is about to hand in."""

from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.contrib.gis.measure import Distance

from geo.statements import prepared

from ..enums import Status
from ..models import Initiative
from ..searching.suggesting import suggested

MOST = 5
# Metres around the place, and how alike two names are (pg_trgm, 0 to 1) to be worth a question.
AROUND = 5_000
ALIKE = 0.35
# Of so many in the box around the place, along the index, names are compared.
WEIGHED = 20_000

# The box first, by its index; then names. A box in degrees is a little wider than the circle, never narrower.
NEAR = f"""
WITH here AS MATERIALIZED (
  SELECT ST_SetSRID(ST_Point(%(lon)s::float8, %(lat)s::float8), 4326) AS point, geo_fold(%(name)s::text) AS name),
box AS MATERIALIZED (
  SELECT ST_Expand(point, {AROUND} / 111320.0 / greatest(cos(radians(ST_Y(point))), 0.08), {AROUND} / 110574.0) AS shape
  FROM here),
around AS MATERIALIZED (
  SELECT id, search_name, public_position, website FROM initiatives_initiative
  WHERE status = '{Status.PUBLISHED}' AND public_position && (SELECT shape FROM box) LIMIT {WEIGHED})
SELECT a.id, ST_DistanceSphere(a.public_position, h.point)
FROM around a, here h
WHERE similarity(a.search_name, h.name) > {ALIKE}
   OR (%(host)s::text <> '' AND lower(a.website) ~ ('^https?://(www\\.)?' || %(host)s::text || '(/|$)'))
ORDER BY similarity(a.search_name, h.name) DESC, a.id LIMIT {MOST}
"""


@dataclass(frozen=True)
class Similar:
    """An initiative, and how far it is from the place that was named; None where none was."""

    initiative: Initiative
    distance: Distance | None


def similar(name: str, place: Point | None = None, host: str = "") -> list[Similar]:
    """Up to five, the most alike first: by name near a place (EPSG:4326), else by the words of the name.

    `host` is the plain name of a web site, which counts like a name.
    """
    name = name.strip()[:200]
    if len(name) < 3:
        return []
    if place is None:
        slugs = [row["slug"] for row in suggested(name[:80]).initiatives]
        found = {row.slug: row for row in Initiative.objects.published().filter(slug__in=slugs).for_lists()}
        return [Similar(found[slug], None) for slug in slugs if slug in found][:MOST]
    # The host goes into a pattern.
    plain = host if all(part.isalnum() or part in ".-" for part in host) else ""
    rows = prepared(NEAR, lon=place.x, lat=place.y, name=name, host=plain.lower().replace(".", "\\."))
    found = {row.pk: row for row in Initiative.objects.filter(pk__in=[pk for pk, _m in rows]).for_lists()}
    return [Similar(found[pk], Distance(m=metres)) for pk, metres in rows if pk in found]
