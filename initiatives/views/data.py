"""The page of researchers: choose a selection, see how much it is, take it away; and what each column holds."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vocabulary.models import Licence, Theme

from ..describing_data import page as described
from ..describing_data import texts
from ..dictionary import entries, table_entries
from ..exporting.formats import FORMATS, Format
from ..models import Snapshot
from ..selection import Selection
from ..snapshots import citing, reading
from .public import selected

USES: dict[str, str | Promise] = {
    "geojson": _("Maps on the web, QGIS, programs"),
    "geojsonl": _("Large sets, line by line"),
    "csv": _("Spreadsheets, statistics"),
    "gpkg": _("QGIS and other GIS"),
    "fgb": _("Large maps; positions only"),
    "parquet": _("Python, R, DuckDB; the smallest"),
}
# Bytes of a file without rows, and of each row, as long as there is no snapshot to go by.
EMPTY = {"gpkg": 106_496, "parquet": 20_000, "fgb": 2_000}
EACH = {"geojson": 1500, "geojsonl": 1500, "csv": 700, "gpkg": 900, "fgb": 900, "parquet": 250}
# Fewer rows say little of what a row takes.
TELLING = 200


@dataclass(frozen=True)
class Offer:
    """A format that a selection can be taken in, and about how large it would be; no address where it cannot."""

    format: Format
    use: str | Promise
    address: str
    about: int


def offers(selection: Selection, matched: int, newest: Snapshot | None) -> list[Offer]:
    """All formats."""
    query = f"?{selection.query}" if selection.query else ""
    found = []
    for suffix, format in FORMATS.items():
        fits = format.holds_unlocated or selection.located == "yes"
        address = reverse(f"export_{suffix}") + query if fits else ""
        found.append(Offer(format, USES[suffix], address, _about(suffix, matched, newest)))
    return found


def _about(suffix: str, matched: int, newest: Snapshot | None) -> int:
    """Bytes, to two figures: from what a row took in the newest snapshot."""
    empty, each = EMPTY.get(suffix, 0), float(EACH[suffix])
    file = newest.file(f"initiatives.{suffix}") if newest else None
    rows = newest.counts["located" if suffix == "fgb" else "initiatives"] if newest else 0
    if file and rows >= TELLING:
        each = max(0, file["bytes"] - empty) / rows
    guess = empty + each * matched
    figures = max(0, len(str(int(guess))) - 2)
    return int(round(guess, -figures))


@dataclass(frozen=True)
class Code:
    """Some lines to copy."""

    name: str
    title: str
    text: str


def codes(selection: Selection) -> list[Code]:
    """The same selection from a terminal, Python and R."""
    query = f"?{selection.query}" if selection.query else ""
    more = f"&{selection.query}" if selection.query else ""
    file = f"{settings.SITE_URL}{reverse('export_geojson')}{query}"
    pages = f"{settings.SITE_URL}{reverse('api_initiatives')}?limit=1000{more}"
    return [
        Code(
            "curl",
            "curl",
            f'curl -L -o initiatives.geojson \\\n  "{file}"\n# In pages; "next" leads on:\ncurl "{pages}"',
        ),
        Code(
            "python",
            "Python (GeoPandas)",
            f'import geopandas\n\ninitiatives = geopandas.read_file(\n    "{file}"\n)',
        ),
        Code("r", "R (sf)", f'library(sf)\n\ninitiatives <- st_read(\n  "{file}"\n)'),
    ]


@login_not_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """A selection to take away; 400 where a value could not be used."""
    context, status = selected(request, reverse("data"))
    selection, counts = context["selection"], context["counts"]
    newest = reading.latest()
    context |= {
        "offers": offers(selection, counts["matched"], newest),
        "codes": codes(selection),
        "newest": newest,
        "citation": citing.as_text(newest) if newest else "",
        "today": citing.as_of_today(),
        "licence": Licence.objects.filter(code=settings.DATA_LICENCE).first(),
        "licence_code": settings.DATA_LICENCE,
        "feed": reverse("feed") + (f"?{selection.query}" if selection.query else ""),
        "json_ld_script": described.script(newest),
        "described": texts.description(),
    }
    return render(request, "initiatives/data/data.html", context, status=status)


@login_not_required
@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """What each property and column holds."""
    themes = Theme.objects.roots().prefetch_related("subthemes")
    context = {"entries": [*entries(), *table_entries()], "themes": themes}
    return render(request, "initiatives/data/dictionary.html", context)
