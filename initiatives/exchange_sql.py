"""SQL of what offers and needs show on the map: categories of which an initiative has an open one.

Nothing else of them is in a Feature, in the map index or in a row of a list, so nothing else moves the version.
"""

from geo.mapindex.source import Links
from vocabulary.exchange import CATEGORIES, Kind

from .changes_sql import watched_part
from .enums import ExchangeStatus

TABLE = "initiatives_exchange"
# Parameter and property, by what they tell of.
NAMES = {Kind.OFFER: "offers", Kind.NEED: "needs"}
# The map index knows numbers alone.
NUMBERS = {slug: number for number, slug in enumerate(CATEGORIES, 1)}
NUMBER = f"array_position('{{{','.join(NUMBERS)}}}'::text[], category::text)::bigint"
OPEN = f"status = '{ExchangeStatus.OPEN}' AND initiative_id IS NOT NULL"
# What is shown of some rows, for the triggers.
SHOWN = f"SELECT initiative_id, kind, category FROM {{rows}} WHERE {OPEN}"
DIFFERENT = "({old} EXCEPT ALL {new}) UNION ALL ({new} EXCEPT ALL {old})".format(
    old=SHOWN.format(rows="old_rows"), new=SHOWN.format(rows="new_rows")
)


def links(kind: Kind) -> Links:
    """Categories of which initiatives have an open one, each once."""
    rows = (
        f"SELECT DISTINCT initiative_id, {NUMBER} AS category FROM {TABLE} WHERE {OPEN} AND kind = '{kind}'"
    )
    return Links(f"({rows}) AS {NAMES[kind]}", "initiative_id", "category")


NOTE = f"""
CREATE FUNCTION initiatives_note_exchange() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE these bigint[]; here bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    these := ARRAY(SELECT initiative_id FROM ({SHOWN.format(rows="new_rows")}) AS shown);
  ELSIF TG_OP = 'UPDATE' THEN
    these := ARRAY(SELECT initiative_id FROM ({DIFFERENT}) AS changed);
  ELSE
    these := ARRAY(SELECT initiative_id FROM ({SHOWN.format(rows="old_rows")}) AS shown);
  END IF;
  IF cardinality(these) > 0 THEN
    here := initiatives_changeset_here();
    INSERT INTO initiatives_change SELECT here, id, uuid, status = 'published' FROM initiatives_initiative
    WHERE id = ANY (these) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
"""
# The index has two more lists now.
AGAIN = "SELECT geo_touch(true);\n"
EXCHANGES = "".join([NOTE, watched_part(TABLE, "initiatives_note_exchange"), AGAIN])
DROP_EXCHANGES = "".join(
    [
        *(
            f"DROP TRIGGER changes_{operation} ON {TABLE};\n"
            for operation in ("insert", "update", "delete", "truncate")
        ),
        "DROP FUNCTION initiatives_note_exchange();\n",
        AGAIN,
    ]
)
