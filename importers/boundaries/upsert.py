"""Puts boundaries into the table in one transaction: by code, touching only what differs.

A second source for the same code and scheme replaces boundary, source, licence and year, and the name in its
language; names in other languages, population and the box to show stay.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _
from msgspec import json

from initiatives.placement import place
from territories.enums import FAMILIES, Scheme
from territories.shapes import FINENESS, USUAL
from vocabulary.models import Licence

from ..enums import Level
from ..phrases import phrase
from ..records import Issue
from . import sql
from .how import How
from .models import BoundaryRun
from .reports import BoundaryReport
from .rows import Boundary

# Outlines and lines on the page of a run; the numbers are of all.
MOST_SHOWN = 400


def larger_schemes(scheme: Scheme) -> list[str]:
    """Schemes of the same family that may hold a parent, largest first."""
    larger: list[str] = []
    for family in FAMILIES:
        if scheme in family:
            larger += [str(other) for other in family[: family.index(scheme)] if str(other) not in larger]
    return larger


@transaction.atomic
def upsert(
    rows: Sequence[Boundary],
    how: How,
    report: BoundaryReport,
    *,
    named: Sequence[str],
    run: BoundaryRun | None = None,
) -> None:
    """Report what is added, changed, unchanged and gone of all codes that the file names; with a run, write it."""
    licence = Licence.objects.filter(code=how.licence).first() if how.licence else None
    parameters = {
        "scheme": how.scheme.value,
        "source": how.source,
        "licence": licence and licence.pk,
        "year": how.year,
        "larger": larger_schemes(how.scheme),
        "prefix": how.prefix,
        "country": how.country,
        "named": list(named),
        "fineness": FINENESS.get(how.scheme, USUAL),
        "most": MOST_SHOWN,
        "run": run and run.pk,
    }
    with connection.cursor() as cursor:
        if run:
            # Another import or undo waits until this one is through.
            cursor.execute("LOCK TABLE territories_territory IN SHARE ROW EXCLUSIVE MODE")
        _stage(cursor, rows)
        _compare(cursor, how, report, parameters)
        if run:
            cursor.execute(sql.KEEP, parameters)
            cursor.execute(sql.UPSERT, parameters)
            cursor.execute(sql.MOVED)
            place(territories=[pk for (pk,) in cursor.fetchall()])
        cursor.execute("DROP TABLE staged_boundary, gone_boundary")


def _stage(cursor, rows: Sequence[Boundary]) -> None:
    cursor.execute(sql.STAGE)
    columns = "number, code, name, language, country, parent, wkb"
    with cursor.copy(f"COPY staged_boundary ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(
                (row.number, row.code, row.name, row.language, row.country, row.parent, row.boundary)
            )
    cursor.execute(sql.SHAPE)
    cursor.execute("ANALYZE staged_boundary")


def _compare(cursor, how: How, report: BoundaryReport, parameters: dict[str, Any]) -> None:
    cursor.execute(sql.REFUSE, parameters)
    report.note(_taken(*row) for row in cursor.fetchall())
    cursor.execute(sql.NAMED_PARENTS if how.parent else sql.AROUND, parameters)
    if how.parent:
        report.note(_without_parent(cursor))
    cursor.execute(sql.DIFFERENCES, parameters)
    cursor.execute(sql.STATE)
    cursor.execute(sql.GONE, parameters)
    cursor.execute(sql.COUNTS)
    counts = dict(cursor.fetchall())
    report.added, report.changed = counts.get("added", 0), counts.get("changed", 0)
    report.unchanged = counts.get("unchanged", 0)
    cursor.execute(sql.FIELDS)
    report.fields = dict(sorted(cursor.fetchall()))
    cursor.execute("SELECT count(*) FROM gone_boundary")
    report.gone = cursor.fetchone()[0]
    cursor.execute(sql.SHOWN, parameters)
    report.shown = [
        {"state": state, "code": code, "name": name, "fields": fields, "shape": json.decode(shape)}
        for state, code, name, fields, shape in cursor.fetchall()
    ]


def _taken(number: int, code: str, scheme: str, country: str) -> Issue:
    whose = f"{scheme} {country}".strip()
    return Issue(
        Level.REFUSED,
        number,
        "code",
        code,
        phrase(_("this code belongs to another territory (%(whose)s)"), whose=whose),
    )


def _without_parent(cursor) -> list[Issue]:
    cursor.execute(sql.WITHOUT_PARENT)
    why = phrase(_("no territory of a larger scheme has this code: left without parent"))
    return [Issue(Level.WARNING, number, "parent", parent, why) for number, parent in cursor.fetchall()]
