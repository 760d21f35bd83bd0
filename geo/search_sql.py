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

-- Words of the search vectors that a statement gives, and in how many of them each is. Numbers, single letters and
-- what is longer than so many letters are nothing to complete or to correct.
CREATE OR REPLACE FUNCTION geo_words(vectors text, longest int) RETURNS TABLE (word text, uses int)
LANGUAGE sql STABLE STRICT AS $$
  SELECT word, ndoc FROM ts_stat(vectors)
  WHERE char_length(word) BETWEEN 2 AND longest AND word ~ '[[:alpha:]]'
$$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION IF EXISTS geo_words(text, int);
DROP FUNCTION IF EXISTS geo_spelling(text, text);
"""
