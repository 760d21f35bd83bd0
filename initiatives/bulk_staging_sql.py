"""Statements of bulk.py that fill the table in which the records of an import wait."""

# Keys of so many new rows and of their records, which have them at once: to write a row of so many texts again would
# cost as much as the first time. The sequences are looked up once, which takes longer than the rest of a row.
KEYS = """
SELECT nextval(s.identities), nextval(s.initiatives)
FROM (SELECT pg_get_serial_sequence('initiatives_identity', 'id')::regclass AS identities,
        pg_get_serial_sequence('initiatives_initiative', 'id')::regclass AS initiatives OFFSET 0) AS s,
  generate_series(1, %(number)s)
"""
# What is staged is new unless it is said otherwise. Of what is new the record is not kept here: it is written at once.
STAGE = """
DROP TABLE IF EXISTS pg_temp.staged_record, pg_temp.staged_new, pg_temp.staged_pair, pg_temp.staged_gone;
CREATE TEMPORARY TABLE staged_record (
  number int, external_id text, checksum text, raw jsonb, url text, refused boolean,
  name text, summary text, description text, description_language text, primary_theme bigint, themes bigint[],
  legal_form bigint, founded int, tags varchar[], labels varchar[], languages varchar[], reach text,
  lon float8, lat float8, precision text,
  has_no_position boolean, street text, postcode text, locality text, country text, website text,
    opening_hours text,
  licence bigint, email text, phone text, translations jsonb, parent text, fields text[],
  state text DEFAULT 'added', doubt bigint,
  identity_id bigint, initiative_id bigint, parent_id bigint,
  takes text[] NOT NULL DEFAULT '{}', slug text,
  position geometry(Point, 4326) GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED
) ON COMMIT DROP
"""
# What is found out of the rows: who they may be, of which many are looked for while more is staged, and who is gone.
FOUND = """
CREATE INDEX ON staged_record (number);
CREATE TEMPORARY TABLE staged_new (
  number int PRIMARY KEY, name text, folded text, position geometry(Point, 4326), email text, phone text,
  external_id text, website text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_pair (number int, id bigint) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_gone (id bigint, initiative_id bigint) ON COMMIT DROP
"""
COPY = "COPY staged_record ({columns}) FROM STDIN"
COPY_RECORDS = "COPY initiatives_identity ({columns}) FROM STDIN"

# One array: thousands of parameters would take longer to read than to answer. A record that named a parent whom nobody
# knew is looked at again, as who came since may be it.
CHECKSUMS = """
SELECT external_id, checksum FROM initiatives_identity d
WHERE network_id = %(network)s AND gone_at IS NULL AND external_id = ANY(%(keys)s)
  AND NOT ('parent' = ANY(fields) AND EXISTS (
    SELECT FROM initiatives_initiative i
    WHERE i.id = d.initiative_id AND i.parent_id IS NULL AND i.field_sources->>'parent' = d.id::text))
"""
IDENTITIES = """
SELECT external_id, id, initiative_id FROM initiatives_identity
WHERE network_id = %(network)s AND external_id = ANY(%(keys)s)
"""
