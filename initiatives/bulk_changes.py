"""Records that changed at the source: only the fields that the source gave and people did not edit."""

from collections.abc import Callable, Sequence

from . import bulk_sql as sql
from .slugs import base_slug, free_slugs

# Columns by the name that field_sources uses: (column, staged expression).
COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "name": (("name", "s.name"),),
    "summary": (("summary", "s.summary"),),
    "description": (("description", "s.description"),),
    "description_language": (("description_language", "s.description_language"),),
    "themes": (("primary_theme_id", "s.primary_theme"),),
    "legal_form": (("legal_form_id", "s.legal_form"),),
    "founded": (("founded", "s.founded"),),
    "tags": (("tags", "s.tags"),),
    "labels": (("labels", "s.labels"),),
    "languages": (("languages", "s.languages"),),
    "reach": (("reach", "s.reach"),),
    "position": (("position", "s.position"), ("has_no_position", "s.has_no_position")),
    "precision": (("precision", "s.precision"),),
    "street": (("street", "s.street"),),
    "postcode": (("postcode", "s.postcode"),),
    "locality": (("locality", "s.locality"),),
    "country": (("country", "s.country"),),
    "website": (("website", "s.website"),),
    "opening_hours": (("opening_hours", "s.opening_hours"),),
    "licence": (("licence_id", "s.licence"),),
    "parent": (("parent_id", "s.parent_id"),),
}
# Fields that are taken or kept together.
TOGETHER = {"position": ("position", "has_no_position"), "themes": ("themes", "primary_theme")}
# Keys and points say nothing to a person.
UNTOLD = ("themes", "legal_form", "position", "licence", "parent")
# When a field that nobody gave may be filled in.
EMPTY = {
    "legal_form": "i.legal_form_id IS NULL",
    "founded": "i.founded IS NULL",
    "licence": "i.licence_id IS NULL",
    "parent": "i.parent_id IS NULL",
    "tags": "i.tags = '{}'",
    "labels": "i.labels = '{}'",
    "languages": "i.languages = '{}'",
    "position": "i.position IS NULL AND NOT i.has_no_position",
    "precision": "false",
    "themes": "i.primary_theme_id IS NULL",
    "contacts": "NOT EXISTS (SELECT FROM initiatives_contact c WHERE c.initiative_id = i.id)",
    "translations": "NOT EXISTS (SELECT FROM initiatives_translation t WHERE t.initiative_id = i.id)",
    # Looked at only of records that name some.
    "photos": "CASE WHEN 'photos' = ANY(s.fields) "
    "THEN NOT EXISTS (SELECT FROM initiatives_photo p WHERE p.initiative_id = i.id) ELSE false END",
}


def takes_statement() -> str:
    """The statement that notes, for each changed row, which fields it may take."""
    values = []
    for name in (*COLUMNS, "contacts", "translations", "photos"):
        together = ", ".join(f"'{other}'" for other in TOGETHER.get(name, (name,)))
        is_empty = EMPTY.get(name, f"i.{name} = ''")
        values.append(f"('{name}', ARRAY[{together}], {is_empty})")
    return sql.TAKES.replace("{fields}", ", ".join(values))


def kept_statement() -> str:
    """The statement that tells where a record and the house differ, and the house keeps its own."""
    pairs = [
        f"('{name}', {staged}::text, i.{column}::text)"
        for name, columns in COLUMNS.items()
        for column, staged in columns[:1]
        if name not in UNTOLD
    ]
    return sql.KEPT.replace("{pairs}", ", ".join(pairs))


def change_statement() -> str:
    """The statement that takes those fields, on rows where that makes a difference."""
    chosen = [
        (column, f"CASE WHEN '{name}' = ANY(s.takes) THEN {staged} ELSE i.{column} END")
        for name, pairs in COLUMNS.items()
        for column, staged in pairs
    ]
    return sql.CHANGE.format(
        assignments=", ".join(f"{column} = {value}" for column, value in chosen),
        new=", ".join(value for _column, value in chosen),
        old=", ".join(f"i.{column}" for column, _value in chosen),
    )


def change(
    rows: Callable[..., list[tuple]],
    record: Callable[[Sequence[tuple[int, str]]], None],
    open_statuses: list[str],
) -> list[int]:
    """Apply the changed rows; ids of initiatives that are different now. `rows` runs a statement."""
    if not open_statuses or not rows("SELECT 1 FROM staged_record WHERE state = 'changed' LIMIT 1"):
        return []
    rename(rows)
    parts = {pk for statement in sql.PARTS for (pk,) in rows(statement)}
    changed = rows(change_statement(), parts=sorted(parts))
    rows(sql.IDENTITY)
    record(changed)
    return sorted(pk for pk, _status in changed)


def rename(rows: Callable[..., list[tuple]]) -> None:
    """Give a new address where the name changes, and keep the former one as a redirect."""
    renamed = [(pk, new) for pk, new, old, _slug in rows(sql.RENAMED) if base_slug(new) != base_slug(old)]
    if renamed:
        ids = [pk for pk, _name in renamed]
        rows(sql.KEEP_SLUGS, ids=ids)
        rows(sql.GIVE_SLUGS, ids=ids, slugs=free_slugs([name for _pk, name in renamed]))
