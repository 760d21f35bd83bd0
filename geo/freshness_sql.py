"""SQL of the version: a number that moves when something published changed, at the end of the changing transaction.

Triggers note which rows a statement touched. The first note of a transaction adds its row to `geo_version`; a
deferred trigger gives that row its number at commit, under a lock that is held until the commit is seen. So numbers
follow the order of commits, and who sees a number sees all smaller ones. A number that a rollback took is missing.
"""

# A statement that touches more rows counts as a change of everything: noting each would cost more than reading all.
MOST_NOTED = 5000
# Any number, the same for all who count versions.
LOCK = 7_302_201_914

FRESHNESS = f"""
CREATE SEQUENCE geo_version_number;
CREATE TABLE geo_version (
  mark uuid PRIMARY KEY,
  number bigint UNIQUE,
  everything boolean NOT NULL DEFAULT false,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE geo_change (
  mark uuid NOT NULL REFERENCES geo_version ON DELETE CASCADE,
  row_id bigint NOT NULL,
  PRIMARY KEY (mark, row_id)
);

-- The version that this transaction makes. The setting ends with the transaction, or with a savepoint rolled back.
CREATE FUNCTION geo_mark() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE found uuid := nullif(current_setting('geo.mark', true), '')::uuid;
BEGIN
  IF found IS NULL THEN
    found := gen_random_uuid();
    PERFORM set_config('geo.mark', found::text, true);
    INSERT INTO geo_version (mark) VALUES (found);
  END IF;
  RETURN found;
END $$;

-- Note that something changed that no single row stands for; `all_rows`: every row may be another one.
CREATE FUNCTION geo_touch(all_rows boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE here uuid := geo_mark();
BEGIN
  IF all_rows THEN
    UPDATE geo_version SET everything = true WHERE mark = here;
    PERFORM set_config('geo.everything', 'on', true);
  END IF;
END $$;

-- Whether this transaction has changed everything already, so that nothing more need be noted.
CREATE FUNCTION geo_is_everything() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_setting('geo.everything', true) = 'on'
$$;

-- Note rows that changed; null notes nothing.
CREATE FUNCTION geo_note(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF ids IS NULL THEN RETURN; END IF;
  IF cardinality(ids) > {MOST_NOTED} THEN PERFORM geo_touch(true); RETURN; END IF;
  INSERT INTO geo_change SELECT geo_mark(), unnest(ids) ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION geo_number_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock({LOCK});
  UPDATE geo_version SET number = nextval('geo_version_number') WHERE mark = NEW.mark AND number IS NULL;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER geo_number_version AFTER INSERT ON geo_version
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION geo_number_version();

SELECT geo_touch(true);
"""

DROP_FRESHNESS = """
DROP TABLE geo_change, geo_version;
DROP SEQUENCE geo_version_number;
DROP FUNCTION geo_note(bigint[]), geo_touch(boolean), geo_mark(), geo_number_version(), geo_is_everything();
"""
