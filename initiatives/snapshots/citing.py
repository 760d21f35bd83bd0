"""How to cite a snapshot: for people, as BibTeX and as CSL-JSON."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from ..describing_data import texts
from ..models import Snapshot
from . import reading

# What TeX would take for itself.
SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_{}"} | {"~": r"\~{}", "^": r"\^{}", "\\": "/"})


def write(folder: Path, snapshot: Snapshot) -> None:
    """Write `citation.bib` and `citation.json`."""
    (folder / "citation.bib").write_text(bibtex(snapshot), encoding="utf-8")
    csl = json.dumps([as_csl(snapshot)], ensure_ascii=False, indent=1)
    (folder / "citation.json").write_text(csl + "\n", encoding="utf-8")


def as_text(snapshot: Snapshot) -> str:
    """One line to copy."""
    where = reading.address(snapshot.label, reading.PACKAGE)
    said = f"{texts.publisher()} ({snapshot.date.year}). {texts.title()}"
    return f"{said}. {snapshot.label}. {settings.DATA_LICENCE}. {where}"


def as_of_today() -> str:
    """The same for what is taken as it is today."""
    today = timezone.now().date().isoformat()
    return (
        f"{texts.publisher()}. {texts.title()}. {today}. {settings.DATA_LICENCE}. {settings.SITE_URL}/data/"
    )


def as_csl(snapshot: Snapshot) -> dict[str, Any]:
    """As citation managers take it."""
    day = snapshot.date
    return {
        "id": f"social-planet-{snapshot.label}",
        "type": "dataset",
        "title": texts.title(),
        "author": [{"literal": texts.publisher()}],
        "publisher": settings.SITE_NAME,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": snapshot.label,
        "URL": reading.address(snapshot.label, reading.PACKAGE),
        "license": settings.DATA_LICENCE,
    }


def bibtex(snapshot: Snapshot) -> str:
    """As LaTeX takes it."""
    day = snapshot.date
    fields = {
        "author": f"{{{texts.publisher().translate(SPECIAL)}}}",
        "title": f"{{{texts.title().translate(SPECIAL)}}}",
        "year": str(day.year),
        "month": f"{day.month:02}",
        "version": snapshot.label,
        "publisher": settings.SITE_NAME.translate(SPECIAL),
        "url": reading.address(snapshot.label, reading.PACKAGE),
        "note": f"Licence: {settings.DATA_LICENCE}".translate(SPECIAL),
    }
    body = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items())
    return f"@misc{{social-planet-{snapshot.label},\n{body}\n}}\n"
