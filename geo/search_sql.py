"""SQL that search needs beyond the meaning of a query; created by geo's migration 0003."""

# Counts the letters by which two words differ.
EXTENSION = "fuzzystrmatch"

FUNCTIONS = r"""
-- How a folded word is written in a text, in lower case; null where the text does not have it.
CREATE OR REPLACE FUNCTION geo_spelling(word text, value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT lower(written) FROM regexp_split_to_table(value, '[^[:alnum:]]+') WITH ORDINALITY AS parts(written, place)
  WHERE public.geo_fold(written) = word ORDER BY place LIMIT 1
$$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION IF EXISTS geo_spelling(text, text);
"""
