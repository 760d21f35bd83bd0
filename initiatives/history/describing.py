"""A version in words, as far as a reader may see it.

The public reads neither a former position nor a former contact, only that they changed, and of a former address no more
than every precision since then allowed: whoever hides where they are hides where they were.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import date
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from community.models import Group
from territories.models import Collective
from vocabulary.models import LegalForm, Licence, Theme

from ..content import FIELDS
from ..enums import ContactKind, Precision, Reach, Status, Visibility
from ..models import Initiative, Network, Photo, Translation
from .reading import Version, current_networks

# From the finest to the coarsest.
COARSENESS = list(Precision)
STREET_ALLOWED = (Precision.EXACT, Precision.STREET)
TOWN_ALLOWED = (*STREET_ALLOWED, Precision.LOCALITY)
TEXTS = ("name", "summary", "description")
LISTS = ("tags", "labels", "languages")
CHOICES = {"status": Status, "precision": Precision, "reach": Reach}
ROWS = {
    "primary_theme": Theme,
    "legal_form": LegalForm,
    "licence": Licence,
    "collective": Collective,
    "parent": Initiative,
}


@dataclass(frozen=True)
class Told:
    """One value of a version: `kind` is text, list, plain or hidden, whose value is compared and never shown."""

    label: str
    kind: str
    value: Any
    language: str = ""


@dataclass(frozen=True)
class Seen:
    """A version that a reader may see, and its values by name."""

    version: Version
    told: Mapping[str, Told]


class Names:
    """What rows that versions point to are called, asked for once for each table."""

    def __init__(self, versions: Iterable[Version], *, everything: bool) -> None:
        versions = list(versions)

        def among(model: type, keys: Iterable[int | None]) -> dict[int, Any]:
            hides = not everything and hasattr(model.objects, "published")
            rows = model.objects.published() if hides else model.objects.all()
            return rows.in_bulk({key for key in keys if key})

        self.rows = {
            name: among(model, (version.row[f"{name}_id"] for version in versions))
            for name, model in ROWS.items()
        }
        self.rows["themes"] = among(
            Theme, (row["theme_id"] for version in versions for row in version.parts["themes"])
        )
        self.rows["networks"] = among(
            Network, (key for version in versions for key in current_networks(version))
        )
        self.rows["groups"] = among(
            Group, (row["group_id"] for version in versions for row in version.parts["groups"])
        )
        self.rows["licences"] = among(
            Licence, (row["licence_id"] for version in versions for row in version.parts["photos"])
        )

    def of(self, name: str, key: int | None) -> str:
        """The name of a row; nothing where there is none or where the reader may not know of it."""
        row = self.rows[name].get(key)
        return str(row) if row else ""


def visible(found: list[Version], *, everything: bool) -> list[Version]:
    """Versions that a reader may see: the public those in which it was published."""
    return [version for version in found if everything or version.is_published]


def coarsest(found: list[Version]) -> dict[int, Precision]:
    """By number, the coarsest precision that a version or a later one has."""
    worst, by_number = 0, {}
    for version in found:
        worst = max(worst, COARSENESS.index(version.row["precision"]))
        by_number[version.number] = COARSENESS[worst]
    return by_number


def described(chosen: Iterable[Version], found: list[Version], *, everything: bool) -> dict[int, Seen]:
    """Some of all versions, by number, in the language of the page."""
    chosen = list(chosen)
    names = Names(chosen, everything=everything)
    allowed = coarsest(found)
    return {
        version.number: Seen(version, _told(version, names, None if everything else allowed[version.number]))
        for version in chosen
    }


def _told(version: Version, names: Names, allowed: Precision | None) -> dict[str, Told]:
    """Every value that is not empty; `allowed` is how finely a place may be told, None for those who may see all."""
    told = {"status": _own(version.row, "status", names)}
    for name in ("slug", *FIELDS):
        told[name] = _own(version.row, name, names)
    if allowed is not None:
        told |= _public_place(version.row, told, allowed)
    told |= _parts(version, names, everything=allowed is None)
    return {name: one for name, one in told.items() if one.value not in ("", (), None)}


def _own(row: Mapping[str, Any], name: str, names: Names) -> Told:
    label = str(Initiative._meta.get_field(name).verbose_name)
    if name in ROWS:
        return Told(label, "plain", names.of(name, row[f"{name}_id"]))
    value = row[name]
    if name in TEXTS:
        return Told(label, "text", value, row["description_language"])
    if name in LISTS:
        return Told(label, "list", tuple(value))
    if name == "description_language":
        value = language(value)
    elif name in CHOICES:
        value = str(CHOICES[name](value).label) if value else ""
    elif name == "position":
        value = f"{value.y:.6f}, {value.x:.6f}" if value else ""
    elif name == "has_no_position":
        value = _("yes") if value else ""
    elif name == "confirmed_at":
        value = date(value, "DATETIME_FORMAT") if value else ""
    return Told(label, "plain", "" if value is None else str(value))


def _public_place(row: Mapping[str, Any], told: Mapping[str, Told], allowed: Precision) -> dict[str, Told]:
    """What the public may read of a place."""
    place = row["position"]
    seen = {"position": Told(_("position"), "hidden", place.coords if place else None)}
    if allowed not in STREET_ALLOWED:
        seen["street"] = Told("", "plain", "")
    if allowed not in TOWN_ALLOWED:
        seen |= {name: Told("", "plain", "") for name in ("postcode", "locality")}
    return {name: told[name] if name not in seen else one for name, one in seen.items()}


def language(code: str) -> str:
    """A language in the language of the page, its code where Django knows no name."""
    try:
        return get_language_info(code)["name_translated"] if code else ""
    except KeyError:
        return code


def _parts(version: Version, names: Names, *, everything: bool) -> dict[str, Told]:
    """Themes, networks, groups, contacts and photos as lists; each text of a translation by itself."""
    parts = version.parts
    themes = sorted(filter(None, (names.of("themes", row["theme_id"]) for row in parts["themes"])))
    networks = sorted(filter(None, (names.of("networks", key) for key in current_networks(version))))
    groups = sorted(filter(None, (names.of("groups", row["group_id"]) for row in parts["groups"])))
    told = {
        "themes": Told(_("themes"), "list", tuple(themes)),
        "networks": Told(_("networks"), "list", tuple(networks)),
        "groups": Told(_("groups"), "list", tuple(groups)),
        "contacts": _contacts(parts["contacts"], everything=everything),
        "photos": Told(
            str(Photo._meta.verbose_name_plural),
            "list",
            tuple(
                ", ".join(filter(None, (row["alt"], row["credit"], names.of("licences", row["licence_id"]))))
                for row in sorted(parts["photos"], key=lambda row: (row["order"], row["id"]))
            ),
        ),
    }
    for row in sorted(parts["translations"], key=lambda row: row["language"]):
        for name in TEXTS:
            label = f"{Translation._meta.get_field(name).verbose_name} ({language(row['language'])})"
            told[f"{name}:{row['language']}"] = Told(label, "text", row[name], row["language"])
    return told


def _contacts(rows: Iterable[Mapping[str, Any]], *, everything: bool) -> Told:
    """Ways to reach it; the public learns of those that were public only whether they changed."""
    if everything:
        shown = (
            f"{ContactKind(row['kind']).label}: {row['value']} ({Visibility(row['visibility']).label})"
            for row in rows
        )
        return Told(_("contacts"), "list", tuple(sorted(shown)))
    public = sorted((row["kind"], row["value"]) for row in rows if row["visibility"] == Visibility.EVERYONE)
    return Told(_("contacts"), "hidden", tuple(public))
