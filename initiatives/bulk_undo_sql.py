"""Statements of bulk_undo.py, made of the columns that history keeps.

Of what the import added and somebody worked on since, nothing is touched.
"""

from django.db.models import Model

from .models import Initiative, Link

# They follow from the rest.
FOLLOWS = ("id", "territory_id", "updated_at", "created_at", "added_in")

DROP = "DROP TABLE IF EXISTS pg_temp.undo_added, pg_temp.undo_before, pg_temp.undo_removed"
ADDED = """
CREATE TEMPORARY TABLE undo_added ON COMMIT DROP AS
SELECT initiative_id AS id FROM initiatives_statuschange WHERE added_in = %(context)s AND from_status = ''
"""
# Whoever stays keeps what it is a site of.
WITH_HEADS = """
WITH RECURSIVE staying AS (
  SELECT unnest(%(touched)s::bigint[]) AS id
  UNION SELECT a.id FROM staying JOIN initiatives_initiative i USING (id) JOIN undo_added a ON a.id = i.parent_id)
SELECT id FROM staying
"""
STAYING = """
SELECT i.id, i.name FROM undo_added a JOIN initiatives_initiative i USING (id)
WHERE i.id = ANY(%(touched)s::bigint[]) ORDER BY i.id
"""
REMOVED = """
CREATE TEMPORARY TABLE undo_removed ON COMMIT DROP AS
SELECT id FROM undo_added WHERE id <> ALL(%(touched)s::bigint[])
"""
REMOVE = "DELETE FROM initiatives_initiative i USING undo_removed r WHERE i.id = r.id RETURNING i.id"
# A step back in the workflow is recorded like any step.
STEPS = """
INSERT INTO initiatives_statuschange (initiative_id, verb, from_status, to_status, by_id, at, reason)
SELECT i.id, CASE WHEN t.status = i.status THEN %(revise)s WHEN t.status = 'archived' THEN %(archive)s
                  ELSE %(restore)s END, i.status, t.status, %(by)s, %(now)s, %(reason)s
FROM undo_before b JOIN initiatives_initiative i ON i.id = b.id,
  LATERAL (SELECT CASE WHEN i.status = b.after->>'status' THEN b.status ELSE i.status END AS status) AS t
"""
# An address that is in use again leads nowhere else.
FREE_SLUGS = """
DELETE FROM initiatives_oldslug o USING undo_before b, initiatives_initiative i WHERE i.id = b.id AND o.slug = i.slug
"""
# Fields no longer come from a record that is gone.
FORGET_SOURCES = """
UPDATE initiatives_initiative i SET field_sources = kept.sources
FROM (SELECT x.id, coalesce(jsonb_object_agg(f.name, f.source)
                            FILTER (WHERE d.id IS NOT NULL OR jsonb_typeof(f.source) <> 'number'), '{}') AS sources
      FROM initiatives_initiative x CROSS JOIN LATERAL jsonb_each(x.field_sources) AS f(name, source)
      LEFT JOIN initiatives_identity d
        ON d.id = CASE WHEN jsonb_typeof(f.source) = 'number' THEN (f.source #>> '{}')::bigint END
      WHERE x.id = ANY(%(ids)s::bigint[]) GROUP BY x.id) AS kept
WHERE i.id = kept.id AND kept.sources <> i.field_sources
"""


def _event(model: type[Model]) -> type[Model]:
    return model._meta.get_field("versions").related_model


def _columns(model: type[Model]) -> list[str]:
    """Columns of a model that its history keeps."""
    kept = {field.column for field in _event(model)._meta.concrete_fields}
    return [field.column for field in model._meta.concrete_fields if field.column in kept]


def _own(model: type[Model]) -> list[str]:
    return [f'"{name}"' for name in _columns(model) if name not in FOLLOWS]


def before(model: type[Model]) -> str:
    """Rows as they were before the context, with what they were after it as JSON, the table's own if it is so still."""
    events, table = _event(model)._meta.db_table, model._meta.db_table
    return f"""
CREATE TEMPORARY TABLE undo_before ON COMMIT DROP AS
SELECT b.*, coalesce(to_jsonb(a), to_jsonb(t)) AS after
FROM (SELECT DISTINCT ON (pgh_obj_id) *, max(pgh_id) OVER (PARTITION BY pgh_obj_id) AS last
      FROM {events} WHERE pgh_context_id = %(context)s ORDER BY pgh_obj_id, pgh_id) AS b
JOIN {table} t ON t.id = b.pgh_obj_id
LEFT JOIN LATERAL (SELECT * FROM {events} x WHERE x.pgh_obj_id = b.pgh_obj_id AND x.pgh_id > b.last
                   ORDER BY x.pgh_id LIMIT 1) AS a ON true
"""


def _is(row: str, name: str, negated: str = "NOT ") -> str:
    """Whether a column of a row is still what the import made of it."""
    return (
        f"coalesce(to_jsonb({row}.{name}), 'null') IS {negated}DISTINCT FROM b.after->'{name.strip(chr(34))}'"
    )


def left_columns() -> str:
    """(id, name, columns) of initiatives where the import changed what somebody changed since."""
    cases = ", ".join(
        f"CASE WHEN {_is('b', name, '')} AND {_is('i', name, '')} AND i.{name} IS DISTINCT FROM b.{name} "
        f"THEN '{name.strip(chr(34))}' END"
        for name in _own(Initiative)
        if name != '"field_sources"'
    )
    return f"""
SELECT * FROM (
  SELECT i.id, i.name, array_remove(ARRAY[{cases}], NULL) AS fields
  FROM undo_before b JOIN initiatives_initiative i ON i.id = b.id) AS found
WHERE fields <> '{{}}' ORDER BY id
"""


def leave_parents() -> str:
    """Sites that the import gave a parent which it added are as before, so that they do not hold it."""
    return f"""
UPDATE initiatives_initiative i SET parent_id = b.parent_id FROM undo_before b, undo_added a
WHERE i.id = b.id AND a.id = i.parent_id AND i.id NOT IN (SELECT id FROM undo_added) AND {_is("i", '"parent_id"')}
"""


def restore_columns() -> str:
    """Put back each column that is still what the import made of it; the keys of the initiatives."""
    news = ", ".join(
        f"{name} = CASE WHEN {_is('i', name)} THEN b.{name} ELSE i.{name} END" for name in _own(Initiative)
    )
    return f"""
UPDATE initiatives_initiative i SET {news}, updated_at = %(now)s
FROM undo_before b WHERE i.id = b.id RETURNING i.id
"""


def changed_since() -> str:
    """Keys of added initiatives that are no longer what the import made: their next version differs from them."""
    columns = [name for name in _own(Initiative) if name != '"field_sources"']
    events = _event(Initiative)._meta.db_table
    differ = " OR ".join(f"e.{name} IS DISTINCT FROM i.{name}" for name in columns)
    return f"""
SELECT DISTINCT i.id FROM undo_added a JOIN initiatives_initiative i USING (id)
JOIN LATERAL (SELECT * FROM {events} x WHERE x.pgh_obj_id = i.id AND x.pgh_context_id IS DISTINCT FROM %(context)s
  ORDER BY x.pgh_id LIMIT 1) AS e ON true WHERE {differ}
"""


def attached_since(model: type[Model], column: str) -> str:
    """Keys of added initiatives that rows of a model belong to which the import did not add itself."""
    table = model._meta.db_table
    others = "true"
    if model is Initiative:
        others = "t.id NOT IN (SELECT id FROM undo_added)"
    elif model is Link:
        # One from a list of links comes again with the list.
        others = "t.source = ''"
    elif any(field.name == "added_in" for field in model._meta.concrete_fields):
        others = "t.added_in IS DISTINCT FROM %(context)s"
    return f"SELECT DISTINCT t.{column} FROM {table} t JOIN undo_added a ON a.id = t.{column} WHERE {others}"


def remove_rows(model: type[Model], column: str) -> str:
    """Take away what belongs to the initiatives that go."""
    return f"DELETE FROM {model._meta.db_table} t USING undo_removed r WHERE t.{column} = r.id"


def rows_changed_since(model: type[Model]) -> str:
    """Keys of added initiatives of which rows that came along are gone, or no longer what they were.

    Others that came and went since left nothing of an initiative that would be lost.
    """
    events, table = _event(model)._meta.db_table, model._meta.db_table
    differ = " OR ".join(f"e.{name} IS DISTINCT FROM t.{name}" for name in _own(model))
    return f"""
SELECT DISTINCT e.initiative_id
FROM (SELECT DISTINCT ON (x.pgh_obj_id) x.* FROM {events} x JOIN undo_added a ON a.id = x.initiative_id
      WHERE x.added_in = %(context)s ORDER BY x.pgh_obj_id, x.pgh_id) AS e
LEFT JOIN {table} t ON t.id = e.pgh_obj_id WHERE t.id IS NULL OR {differ}
"""


def restore_rows(model: type[Model]) -> tuple[str, ...]:
    """Take away rows of the import, put back those it changed or took away; the keys of their initiatives."""
    table, events = model._meta.db_table, _event(model)._meta.db_table
    columns = [f'"{name}"' for name in _columns(model)]
    own = [name for name in columns if name not in ('"id"',)]
    later = f"""EXISTS (SELECT FROM {events} x WHERE x.pgh_obj_id = {{row}}
  AND x.pgh_context_id IS DISTINCT FROM %(context)s AND x.pgh_id > {{since}})"""
    first = f"""(SELECT DISTINCT ON (pgh_obj_id) * FROM {events} WHERE pgh_context_id = %(context)s
  ORDER BY pgh_obj_id, pgh_id)"""
    return (
        f"""DELETE FROM {table} t WHERE t.added_in = %(context)s
  AND t.initiative_id NOT IN (SELECT id FROM undo_added) AND NOT {later.format(row="t.id", since="0")}
RETURNING t.initiative_id""",
        f"""UPDATE {table} t SET {", ".join(f"{name} = b.{name}" for name in own)} FROM {first} AS b
WHERE t.id = b.pgh_obj_id AND NOT {later.format(row="t.id", since="b.pgh_id")} RETURNING t.initiative_id""",
        f"""INSERT INTO {table} ({", ".join(columns)})
SELECT {", ".join(f"b.{name}" for name in columns)} FROM {first} AS b
JOIN initiatives_initiative i ON i.id = b.initiative_id
WHERE NOT EXISTS (SELECT FROM {table} t WHERE t.id = b.pgh_obj_id)
ON CONFLICT DO NOTHING RETURNING initiative_id""",
    )
