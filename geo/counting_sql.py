"""SQL of counters that all processes share: how often something was taken in a span of time.

Not logged: after a crash of the database they begin at nought, and no commit waits for the disk.
"""

COUNTING = """
CREATE UNLOGGED TABLE geo_taken (key bytea PRIMARY KEY, until timestamptz NOT NULL, number bigint NOT NULL);
CREATE INDEX geo_taken_until ON geo_taken (until);

-- Take one of a key: how many were taken in its span, this one included, and the seconds until the span is over.
CREATE FUNCTION geo_take(what bytea, span int) RETURNS TABLE (number bigint, rest int) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  INSERT INTO geo_taken AS t (key, until, number)
  VALUES (what, clock_timestamp() + make_interval(secs => span), 1)
  ON CONFLICT (key) DO UPDATE SET
    number = CASE WHEN t.until <= clock_timestamp() THEN 1 ELSE t.number + 1 END,
    until = CASE WHEN t.until <= clock_timestamp() THEN excluded.until ELSE t.until END
  RETURNING t.number, greatest(1, ceil(extract(epoch FROM t.until - clock_timestamp())))::int;
END $$;

-- Forget keys whose span is over; what somebody takes at this moment is left to the next time.
CREATE FUNCTION geo_forget_taken() RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo_taken WHERE key IN (
    SELECT key FROM geo_taken WHERE until < clock_timestamp() ORDER BY until LIMIT 1000 FOR UPDATE SKIP LOCKED)
$$;
"""
DROP_COUNTING = """
DROP FUNCTION geo_take(bytea, int), geo_forget_taken();
DROP TABLE geo_taken;
"""
