"""SQL of the narrow table that the map index is read from: a row for each published initiative, kept by triggers.

The columns of the index stand in one value, as numbers of fixed size, so that a million rows are a hundred megabytes
that need not be taken apart. Reading the initiatives themselves takes as long as all the rest of a rebuild.
"""

from geo.mapindex.source import NOWHERE

TABLE = "initiatives_packed"
# Each eight bytes; instants as PostgreSQL sends them: microseconds since 2000.
NUMBERS = {
    "collective": "int8send(coalesce(collective_id, 0))",
    "legal_form": "int8send(coalesce(legal_form_id, 0))",
    "founded": "int8send(coalesce(founded, -1))",
    "updated": "timestamptz_send(updated_at)",
}
WORDS = "convert_to(array_to_string(languages, ','), 'UTF8')"
FIXED = [
    "int8send(id)",
    f"int8send(coalesce(cell, {NOWHERE}))",
    "int4send(coalesce(round(ST_X(public_position) * 1e7), -2e9)::int)",
    "int4send(coalesce(round(ST_Y(public_position) * 1e7), 0)::int)",
    "int8send(primary_theme_id)",
    *NUMBERS.values(),
    f"int4send(octet_length({WORDS}))",
]
FRESH = f"SELECT id, {' || '.join(FIXED)} AS fixed, {WORDS} AS words FROM {{rows}} WHERE status = 'published'"

PACKED = f"""
CREATE TABLE {TABLE} (id bigint PRIMARY KEY, fixed bytea NOT NULL, words bytea NOT NULL);
ALTER TABLE {TABLE} ALTER fixed SET STORAGE PLAIN;

CREATE FUNCTION {TABLE}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO {TABLE} {FRESH.format(rows="new_rows")};
  ELSIF TG_OP = 'UPDATE' THEN
    DELETE FROM {TABLE} p USING old_rows o WHERE p.id = o.id
      AND NOT EXISTS (SELECT FROM new_rows n WHERE n.id = o.id AND n.status = 'published');
    INSERT INTO {TABLE} AS p {FRESH.format(rows="new_rows")}
    ON CONFLICT (id) DO UPDATE SET fixed = excluded.fixed, words = excluded.words
    WHERE p.fixed <> excluded.fixed OR p.words <> excluded.words;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM {TABLE} p USING old_rows o WHERE p.id = o.id;
  ELSE
    TRUNCATE {TABLE};
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER packed_insert AFTER INSERT ON initiatives_initiative
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_keep();
CREATE TRIGGER packed_update AFTER UPDATE ON initiatives_initiative
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_keep();
CREATE TRIGGER packed_delete AFTER DELETE ON initiatives_initiative
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_keep();
CREATE TRIGGER packed_truncate AFTER TRUNCATE ON initiatives_initiative
  FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_keep();

-- Initiatives that were there before.
INSERT INTO {TABLE} {FRESH.format(rows="initiatives_initiative")} ORDER BY cell, id;
"""
DROP_PACKED = f"""
DROP TRIGGER packed_insert ON initiatives_initiative;
DROP TRIGGER packed_update ON initiatives_initiative;
DROP TRIGGER packed_delete ON initiatives_initiative;
DROP TRIGGER packed_truncate ON initiatives_initiative;
DROP FUNCTION {TABLE}_keep();
DROP TABLE {TABLE};
"""
