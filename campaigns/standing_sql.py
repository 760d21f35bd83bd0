"""SQL of what campaigns show on the map: where an initiative stands in those past their preparation, and nothing else.

That the jury selects one, that likes come in or that a phase ends without another standing is no change of anything
that everyone sees: neither the version nor the changes may tell of it. Whoever changes a campaign or a nomination
holds its lock, so that each statement sees what the others did.
"""

from geo.mapindex.source import Links
from initiatives.changes_sql import watched_part

from .enums import SHOWN, NominationState, Phase, Standing

TABLES = ("campaigns_nomination", "campaigns_campaign")


def _texts(values) -> str:
    return ", ".join(f"'{value.value}'" for value in values)


def _is_shown(phases: tuple[Phase, ...]) -> str:
    """Of a campaign `c` in any of some phases with the same states, and a nomination `n`."""
    return f"c.phase IN ({_texts(phases)}) AND n.state IN ({_texts(SHOWN[phases[0]])})"


# Null where everyone is told nothing.
STANDING = f"""CASE
  WHEN {_is_shown((Phase.CALL, Phase.SELECTION))} THEN '{Standing.CANDIDATE}'
  WHEN c.phase = '{Phase.RESULTS}' AND n.state = '{NominationState.LAUREATE}' THEN '{Standing.LAUREATE}'
  WHEN {_is_shown((Phase.LIKES, Phase.COUNTING, Phase.RESULTS))} THEN '{Standing.SELECTED}'
END"""
STANDINGS = f"""
SELECT n.initiative_id, n.campaign_id, c.slug, {STANDING} AS standing
FROM {{nominations}} n JOIN {{campaigns}} c ON c.id = n.campaign_id WHERE {STANDING} IS NOT NULL
"""
NOW = STANDINGS.format(nominations="campaigns_nomination", campaigns="campaigns_campaign")
# Of an initiative `i`, slugs in the order of their bytes.
LAUREATE_OF = f"""ARRAY(
  SELECT slug FROM ({NOW}) AS now
  WHERE now.initiative_id = i.id AND now.standing = '{Standing.LAUREATE}' ORDER BY slug COLLATE "C"
)"""
LINKS = Links(f"({NOW}) AS standings", "initiative_id", "campaign_id")


def _of_nominations(rows: str) -> str:
    return STANDINGS.format(nominations=rows, campaigns="campaigns_campaign")


def _of_campaigns(rows: str) -> str:
    return STANDINGS.format(nominations="campaigns_nomination", campaigns=rows)


def _other(old: str, new: str) -> str:
    return f"(({old} EXCEPT ALL {new}) UNION ALL ({new} EXCEPT ALL {old})) AS other"


IS_KNOWN = f"phase <> '{Phase.DRAFT}'"
# From a row `o` to a row `n`: another slug is known.
TURNED = f"(o.{IS_KNOWN}) <> (n.{IS_KNOWN}) OR (n.{IS_KNOWN} AND o.slug <> n.slug)"
NOTE = f"""
CREATE FUNCTION campaigns_note(these bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE here bigint;
BEGIN
  IF cardinality(these) = 0 THEN RETURN; END IF;
  here := initiatives_changeset_here();
  INSERT INTO initiatives_change SELECT here, id, uuid, status = 'published' FROM initiatives_initiative
  WHERE id = ANY (these) ON CONFLICT DO NOTHING;
  IF geo_is_everything() THEN RETURN; END IF;
  PERFORM geo_note((SELECT array_agg(id) FROM initiatives_initiative WHERE id = ANY (these) AND status = 'published'));
END $$;

CREATE FUNCTION campaigns_note_nominations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM campaigns_note(ARRAY(SELECT initiative_id FROM ({_of_nominations("new_rows")}) AS came));
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM campaigns_note(ARRAY(
      SELECT initiative_id FROM {_other(_of_nominations("old_rows"), _of_nominations("new_rows"))}));
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM campaigns_note(ARRAY(SELECT initiative_id FROM ({_of_nominations("old_rows")}) AS went));
  ELSE
    PERFORM geo_touch(true);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION campaigns_note_campaigns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM new_rows WHERE {IS_KNOWN}) THEN PERFORM geo_touch(false); END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    IF EXISTS (SELECT FROM old_rows o JOIN new_rows n USING (id) WHERE {TURNED}) THEN
      PERFORM geo_touch(false);
    END IF;
    PERFORM campaigns_note(ARRAY(
      SELECT initiative_id FROM {_other(_of_campaigns("old_rows"), _of_campaigns("new_rows"))}));
  ELSIF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT FROM old_rows WHERE {IS_KNOWN}) THEN PERFORM geo_touch(false); END IF;
  ELSE
    PERFORM geo_touch(true);
  END IF;
  RETURN NULL;
END $$;
"""
FUNCTIONS = dict(zip(TABLES, ("campaigns_note_nominations", "campaigns_note_campaigns"), strict=True))
TRUNCATED = """
CREATE TRIGGER map_truncate AFTER TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
# The index has one more list now, and what stands already is told.
AGAIN = "SELECT geo_touch(true);\n"
TOLD = f"SELECT campaigns_note(ARRAY(SELECT initiative_id FROM ({NOW}) AS now));\n"
NOTED = "".join(
    [
        NOTE,
        *(watched_part(table, function) for table, function in FUNCTIONS.items()),
        *(TRUNCATED.format(table=table, function=function) for table, function in FUNCTIONS.items()),
        AGAIN,
        TOLD,
    ]
)
DROP_NOTED = "".join(
    [
        TOLD,
        *(
            f"DROP TRIGGER {name} ON {table};\n"
            for table in TABLES
            for name in (
                "changes_insert",
                "changes_update",
                "changes_delete",
                "changes_truncate",
                "map_truncate",
            )
        ),
        f"DROP FUNCTION {', '.join(f'{function}()' for function in FUNCTIONS.values())}, campaigns_note(bigint[]);\n",
        AGAIN,
    ]
)
