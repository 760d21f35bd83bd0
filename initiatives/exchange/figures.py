"""What comes of offers and needs, in figures: by category and by territory, the one in which the town lies."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from geo.cells import Line, harmless
from geo.errors import InvalidParameterError
from geo.files.csv import MEDIA_TYPE
from geo.parameters import known_parameters
from territories.enums import Scheme
from vocabulary.exchange import CATEGORIES
from vocabulary.names import in_language, in_order

# A need that nobody answered for so long is unanswered.
PATIENCE = timedelta(days=14)
SCHEMES = (Scheme.COUNTRY, Scheme.REGION)
COLUMNS = ("territory", "name", "category", "settled", "unanswered_needs", "median_days_to_first_answer")
# Each town is looked for once: many exchanges lie in the same. A country is told by its code.
TOWNS = {
    Scheme.COUNTRY: """
SELECT DISTINCT ON (country) country, id FROM territories_territory WHERE scheme = 'country' ORDER BY country, code
""",
    Scheme.REGION: """
SELECT p.position, t.id
FROM (SELECT DISTINCT position FROM initiatives_exchange WHERE position IS NOT NULL) p
JOIN LATERAL (SELECT id FROM territories_territory
              WHERE scheme = 'region' AND ST_Covers(boundary, p.position) ORDER BY code LIMIT 1) t ON true
""",
}
JOINED = {Scheme.COUNTRY: "t.country = e.country", Scheme.REGION: "t.position = e.position"}
# All are put in order by the territory: its key is compared ten times as fast as its names.
FIGURES = """
WITH towns AS ({towns}), counted AS (
  SELECT t.id, e.category, grouping(t.id) = 0 AS has_territory, grouping(e.category) = 0 AS has_category,
    count(*) FILTER (WHERE e.status = 'settled') AS settled,
    count(*) FILTER (WHERE e.status = 'open' AND e.kind = 'need'
                       AND e.first_answer_at IS NULL AND e.published_at < %s) AS unanswered,
    percentile_cont(0.5) WITHIN GROUP (
      ORDER BY (extract(epoch FROM e.first_answer_at - e.published_at) / 86400)::float8
    ) FILTER (WHERE e.first_answer_at IS NOT NULL) AS days
  FROM initiatives_exchange e LEFT JOIN towns t ON {joined}
  WHERE e.status <> 'removed'
  GROUP BY GROUPING SETS ((), (e.category), (t.id), (t.id, e.category))
)
SELECT t.code, t.names::text, c.category, c.has_territory, c.has_category, c.settled, c.unanswered, c.days
FROM counted c LEFT JOIN territories_territory t ON t.id = c.id
"""


@dataclass(frozen=True)
class Row:
    """Figures of a territory, a category, or both; empty where it is of all of them."""

    code: str
    name: str
    category: str
    settled: int
    unanswered: int
    days: float | None

    @property
    def category_name(self) -> str:
        """In the language of the page."""
        return CATEGORIES[self.category].name


@dataclass(frozen=True)
class Figures:
    """All of one scheme of territories."""

    total: Row
    by_category: Sequence[Row]
    # Of which at least one figure is not zero; without the part that lies in none.
    by_territory: Sequence[Row]
    by_both: Sequence[Row]


def scheme_of(asked: str) -> Scheme:
    """The nearest to what was asked for that exchanges are counted by."""
    return Scheme.REGION if asked == Scheme.REGION else Scheme.COUNTRY


def figures(scheme: Scheme) -> Figures:
    """All of it, with one statement."""
    sql = FIGURES.format(towns=TOWNS[scheme], joined=JOINED[scheme])
    with connection.cursor() as cursor:
        cursor.execute(sql, [timezone.now() - PATIENCE])
        found = cursor.fetchall()
    rows: dict[tuple[bool, bool], list[Row]] = {(a, b): [] for a in (False, True) for b in (False, True)}
    for code, names, category, has_territory, has_category, *counted in found:
        if has_territory and code is None:
            continue
        name = in_language(json.loads(names)) if names else ""
        rows[has_territory, has_category].append(Row(code or "", name, category or "", *counted))
    places = {slug: place for place, slug in enumerate(CATEGORIES)}

    def ordered(some: list[Row]) -> list[Row]:
        return sorted(some, key=lambda row: (in_order(row.name), row.code, places.get(row.category, -1)))

    return Figures(
        rows[False, False][0],
        ordered(rows[False, True]),
        [row for row in ordered(rows[True, False]) if row.settled or row.unanswered or row.days is not None],
        ordered(rows[True, True]),
    )


def table(request: HttpRequest) -> HttpResponse:
    """By territory and category as CSV, and by each alone; the other column is empty there."""
    known_parameters(request.GET, ("scheme",))
    asked = request.GET.get("scheme", Scheme.COUNTRY)
    if asked not in SCHEMES:
        raise InvalidParameterError("scheme", f"Expected {' or '.join(SCHEMES)}.")
    found = figures(Scheme(asked))
    writer = csv.writer(Line())
    lines = [writer.writerow(COLUMNS)]
    lines += [
        writer.writerow(
            (
                harmless(row.code),
                harmless(row.name),
                row.category,
                row.settled,
                row.unanswered,
                "" if row.days is None else f"{row.days:.2f}",
            )
        )
        for row in (found.total, *found.by_category, *found.by_territory, *found.by_both)
    ]
    answer = HttpResponse("".join(lines), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="social-planet-exchange-{asked}.csv"'
    return answer
