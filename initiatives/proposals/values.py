"""Values of an initiative as JSON and back: the one place that knows how a proposal stores them.

Rows are named by their slug, a position is [longitude, latitude] in EPSG:4326 to the sixth decimal, contacts are
{kind: [value, visibility]}, null where one is taken away; kinds that are not named stay as they are.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from vocabulary.models import LegalForm, Theme

from ..models import Initiative, Translation
from ..submitting.translating import TEXTS

ROWS = {"primary_theme": Theme, "legal_form": LegalForm}
# One without the other leaves an initiative in two places, or in none.
PLACE = {"position", "has_no_position"}
TRANSLATIONS = "translations"
Texts = Mapping[str, str]


def written(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as actions.revise() takes them, as JSON."""
    return {name: _written(name, value) for name, value in values.items()}


def _written(name: str, value: Any) -> Any:
    if name in ROWS:
        return value.slug if value else None
    if name == "themes":
        return sorted(theme.slug for theme in value)
    if name == "position":
        return [round(value.x, 6), round(value.y, 6)] if value else None
    if name == "contacts":
        return {str(kind): list(map(str, row)) for kind, row in value.items()}
    if name == "translations":
        rows = ({key: _plain(text) for key, text in row.items()} for row in value)
        return sorted(rows, key=lambda row: row["language"])
    return _plain(value) if isinstance(value, str) else value


def _plain(text: str) -> str:
    """Browsers send other ends of lines than those that are stored."""
    return str(text).replace("\r\n", "\n").strip()


def read(stored: Mapping[str, Any], initiative: Initiative) -> dict[str, Any]:
    """What written() made, as actions.revise() takes it; what named a row that is gone is left out."""
    values = {}
    for name, value in stored.items():
        if name in ROWS and value is not None:
            row = ROWS[name].objects.filter(slug=value).first()
            if row is not None:
                values[name] = row
        elif name == "themes":
            values[name] = list(Theme.objects.filter(slug__in=value))
        elif name == "position":
            values[name] = Point(*value, srid=4326) if value else None
        elif name == "contacts":
            values[name] = _contacts(value, initiative)
        else:
            values[name] = value
    return values


def _contacts(changed: Mapping[str, Any], initiative: Initiative) -> dict[str, tuple[str, str]]:
    """All contacts: the others, which the one who proposes may not even see, stay."""
    present = {row.kind: (row.value, row.visibility) for row in initiative.contacts.all()}
    merged = {**present, **changed}
    return {kind: tuple(row) for kind, row in merged.items() if row}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What is different in `after`, both as JSON; of contacts the kinds that are."""
    found = {name: value for name, value in after.items() if value != before.get(name)}
    if "contacts" in found:
        old, new = before.get("contacts") or {}, after["contacts"]
        found["contacts"] = {
            kind: new.get(kind) for kind in sorted({*old, *new}) if old.get(kind) != new.get(kind)
        }
    return found


def label(name: str) -> str:
    """What a value is called."""
    if name == "translations":
        return str(Translation._meta.verbose_name_plural)
    return _("contacts") if name == "contacts" else str(Initiative._meta.get_field(name).verbose_name)


def row_name(name: str) -> str:
    """What is chosen with a difference: the texts of one further language are one."""
    _text, colon, language = name.partition(":")
    return language_name(language) if colon else name


def language_name(language: str) -> str:
    """What is chosen with the texts of a language."""
    return f"{TRANSLATIONS}:{language}"


def together(
    names: Iterable[str], stored: Mapping[str, Any], languages: Mapping[str, Texts | None]
) -> set[str]:
    """The chosen names, with what cannot be taken without them; `translations` where all `languages` are."""
    each = set(map(language_name, languages)) if TRANSLATIONS in stored else set()
    chosen = set(map(row_name, names)) & (set(stored) | each)
    if TRANSLATIONS in chosen:
        chosen |= each
    elif each and each <= chosen:
        chosen.add(TRANSLATIONS)
    return chosen | (PLACE & set(stored) if chosen & PLACE else set())


def taken(chosen: set[str]) -> list[str]:
    """As a proposal keeps them: languages by name where not all were taken."""
    named = TRANSLATIONS in chosen
    return sorted(name for name in chosen if not (named and name.startswith(f"{TRANSLATIONS}:")))


def by_language(rows: Iterable[Mapping[str, Any]]) -> dict[str, Texts]:
    """The texts of each language, whatever else the rows hold."""
    return {
        row["language"]: {"language": row["language"]} | {name: row.get(name, "") for name in TEXTS}
        for row in rows
    }


def differing_languages(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> dict[str, Texts | None]:
    """By language, the texts that are others in `after`; None where there are none any more."""
    old, new = by_language(before), by_language(after)
    return {
        language: new.get(language)
        for language in sorted({*old, *new})
        if _plainly(old.get(language)) != _plainly(new.get(language))
    }


def _plainly(texts: Texts | None) -> Texts | None:
    return texts and {name: _plain(text) for name, text in texts.items()}


def with_languages(
    rows: Iterable[Mapping[str, Any]], changed: Mapping[str, Texts | None]
) -> list[dict[str, str]]:
    """Translations as actions.revise() takes them: the rows with other texts in some languages."""
    merged = {**by_language(rows), **changed}
    return [dict(texts) for _language, texts in sorted(merged.items()) if texts]
