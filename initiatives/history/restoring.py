"""The values of a former version, as actions.revise() takes them."""

from collections.abc import Callable, Mapping
from typing import Any

from territories.models import Collective
from vocabulary.models import LegalForm, Licence, Theme

from ..content import FIELDS
from ..models import Initiative, Photo
from .reading import Version

# That it was confirmed is said of the present, and to belong to a network is the network's word.
FIELDS_BACK = tuple(name for name in FIELDS if name != "confirmed_at")
# Rows that a column points to, as far as it may point there today.
POINTS_TO: dict[str, Callable[[], Any]] = {
    "primary_theme": Theme.objects.all,
    "legal_form": LegalForm.objects.all,
    "licence": Licence.objects.all,
    "collective": Collective.objects.published,
    "parent": Initiative.objects.published,
}


def values_of(version: Version, present: Version) -> dict[str, Any]:
    """What is different today; what pointed to something that is gone stays as it is today."""
    return _fields(version.row, present.row) | _parts(version, present)


def _fields(former: Mapping[str, Any], today: Mapping[str, Any]) -> dict[str, Any]:
    values = {}
    for name in FIELDS_BACK:
        column = f"{name}_id" if name in POINTS_TO else name
        value = former[column]
        if value == today[column]:
            continue
        if name in POINTS_TO and value is not None:
            value = POINTS_TO[name]().filter(pk=value).first()
            if value is None:
                continue
        values[name] = value
    return values


def _parts(version: Version, present: Version) -> dict[str, Any]:
    return {
        name: read(version)
        for name, read in {
            "themes": _themes,
            "contacts": _contacts,
            "translations": _translations,
            "photos": _photos,
        }.items()
        if _bare(version, name) != _bare(present, name)
    }


def _bare(version: Version, name: str) -> list[tuple]:
    """What the rows of a part say, without keys and what history adds to them."""
    said = {
        "themes": ("theme_id",),
        "contacts": ("kind", "value", "visibility"),
        "translations": ("language", "name", "summary", "description"),
        "photos": ("order", "image", "alt", "credit", "licence_id"),
    }[name]
    return sorted(tuple(row[column] for column in said) for row in version.parts[name])


def _themes(version: Version) -> list[Theme]:
    return list(Theme.objects.filter(pk__in=[row["theme_id"] for row in version.parts["themes"]]))


def _contacts(version: Version) -> dict[str, tuple[str, str]]:
    return {row["kind"]: (row["value"], row["visibility"]) for row in version.parts["contacts"]}


def _translations(version: Version) -> list[dict[str, str]]:
    said = ("language", "name", "summary", "description")
    return [{column: row[column] for column in said} for row in version.parts["translations"]]


def _photos(version: Version) -> list[dict[str, Any]]:
    """Pictures whose file and licence are still there."""
    rows = sorted(version.parts["photos"], key=lambda row: (row["order"], row["id"]))
    licences = Licence.objects.in_bulk({row["licence_id"] for row in rows})
    storage = Photo._meta.get_field("image").storage
    return [
        {
            "image": row["image"],
            "alt": row["alt"],
            "credit": row["credit"],
            "licence": licences[row["licence_id"]],
        }
        for row in rows
        if row["licence_id"] in licences and storage.exists(row["image"])
    ]
