"""What the tables know of words: read once for a run, so that who reads records needs no database."""

from territories.enums import Scheme
from territories.models import Territory
from vocabulary.models import LegalForm, Licence, Theme

from . import themes as plain
from .cleaning import Words
from .text import fold


def words(read_as: str = "") -> Words:
    """All of it, with the outline of the country by which rows are read that name none."""
    return Words(countries(), themes(), legal_forms(), licences(), outline(read_as) if read_as else b"")


def countries() -> list[tuple[str, dict[str, str]]]:
    """Code and names of each that has a territory."""
    return list(Territory.objects.filter(scheme=Scheme.COUNTRY).values_list("code", "names"))


def outline(country: str) -> bytes:
    """Of a country by its code: WKB, in degrees; empty where none is known."""
    found = Territory.objects.filter(scheme=Scheme.COUNTRY, code=country).first()
    return bytes(found.boundary.wkb) if found else b""


def themes() -> list[plain.Theme]:
    """All; where several know a word, the last one of them has it."""
    rows = Theme.objects.order_by("parent_id", "order", "slug")
    return [plain.Theme(*row) for row in rows.values_list(*plain.Theme.__dataclass_fields__)]


def licences() -> list[tuple[str, str, int]]:
    """Code, address and key of each."""
    return list(Licence.objects.values_list("code", "url", "pk"))


def legal_forms() -> dict[tuple[str, str], int]:
    """Legal forms by (country, folded name), by slug in any; what means two things in one is left out."""
    found: dict[tuple[str, str], set[int]] = {}
    for form in LegalForm.objects.all():
        names = [*form.names.values(), *form.local_names, *form.abbreviations]
        for name in names:
            found.setdefault((form.country, fold(name)), set()).add(form.pk)
        found.setdefault(("", fold(form.slug)), set()).add(form.pk)
    return {key: pks.pop() for key, pks in found.items() if len(pks) == 1}
