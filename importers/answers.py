"""What the pages of all runs answer with: addresses of a run, and its issues as a file."""

import csv
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.urls import reverse

from geo.cells import Line

from .kept import KeptRun
from .reports import COLUMNS, safe


def doors_of(kind: str, pk: int) -> dict[str, str]:
    """Addresses of a run's page and of what is done there, for the templates that kinds of runs share."""
    return {name: reverse(f"{kind}_{name}", args=[pk]) for name in ("run", "progress", "decide", "issues")}


def issues_as_csv(run: KeptRun, name: str) -> StreamingHttpResponse:
    """Every row and value that was not taken as it came."""
    answer = StreamingHttpResponse(_lines(run), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{run.pk}.csv"'
    return answer


def _lines(run: KeptRun) -> Iterator[str]:
    writer = csv.writer(Line())
    # With a mark, so that spreadsheets read it right.
    yield "\ufeff" + writer.writerow(COLUMNS)
    for issue in run.issues.order_by("row", "pk").iterator(chunk_size=2_000):
        cells = (issue.field, issue.value, issue.said)
        yield writer.writerow([issue.row, issue.level, *(safe(cell) for cell in cells)])
