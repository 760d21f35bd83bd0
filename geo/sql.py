"""SQL functions that generated columns, indexes and filters share; created by geo's migrations.

What uses a value twice is PL/pgSQL: PostgreSQL writes out the argument of an SQL function at each of its uses, and
nested ones grow without bound (a Morton code took half a millisecond that way). So is what each search calls:
PostgreSQL reads an SQL function that it cannot write out anew in each statement, for most of a millisecond.
"""

EXTENSIONS = ("postgis", "unaccent", "pg_trgm", "btree_gist")

FUNCTIONS = r"""
-- One spelling for search: lower case, no accents, words parted by one space.
CREATE OR REPLACE FUNCTION geo_fold(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
BEGIN
  RETURN trim(regexp_replace(lower(public.unaccent('public.unaccent', value)), '[^[:alnum:]]+', ' ', 'g'));
END $$;

-- Every name of an object of language code to name in its folded spelling, each after a bar.
CREATE OR REPLACE FUNCTION geo_folded_names(names jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT coalesce(string_agg('|' || public.geo_fold(value), '' ORDER BY key), '')
  FROM jsonb_each_text(CASE jsonb_typeof(names) WHEN 'object' THEN names ELSE '{}' END)
$$;

-- Weighted words of an initiative: A name, B place, C tags, D summary.
CREATE OR REPLACE FUNCTION geo_search_vector(name text, locality text, tags text[], summary text)
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN setweight(to_tsvector('pg_catalog.simple'::regconfig, coalesce(public.geo_fold(name), '')), 'A')
      || setweight(to_tsvector('pg_catalog.simple'::regconfig, coalesce(public.geo_fold(locality), '')), 'B')
      || setweight(to_tsvector('pg_catalog.simple'::regconfig,
                               coalesce(public.geo_fold(array_to_string(tags, ' ')), '')), 'C')
      || setweight(to_tsvector('pg_catalog.simple'::regconfig, coalesce(public.geo_fold(summary), '')), 'D');
END $$;

-- All words must be there, the last one may be a beginning; a query without any word matches nothing.
CREATE OR REPLACE FUNCTION geo_search_query(value text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  folded text := public.geo_fold(value);
BEGIN
  RETURN CASE WHEN folded <> '' THEN to_tsquery('pg_catalog.simple', replace(folded, ' ', ' & ') || ':*') END;
END $$;

-- The point that may be shown: rounded to 1e-7 degrees when exact, else the centre of a grid cell of
-- about 200 m (street), 4 km (locality) or 40 km (region). All points of a cell give the same centre,
-- so neither repetition nor distances tell more than the cell.
CREATE OR REPLACE FUNCTION geo_blur(pos geometry, prec text) RETURNS geometry
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  step float8 := CASE prec WHEN 'street' THEN 0.002 WHEN 'locality' THEN 0.04 WHEN 'region' THEN 0.4 END;
  lon float8 := public.ST_X(pos);
  lat float8 := public.ST_Y(pos);
  wide float8;
BEGIN
  IF step IS NOT NULL THEN
    lat := (floor(lat / step) + 0.5) * step;
    wide := step / greatest(cos(radians(lat)), 0.05);
    lon := (floor(lon / wide) + 0.5) * wide;
    lon := lon - CASE WHEN lon > 180 THEN 360 ELSE 0 END;
  END IF;
  RETURN public.ST_SetSRID(
    public.ST_MakePoint(round(lon::numeric, 7)::float8, round(lat::numeric, 7)::float8), 4326);
END $$;

-- A street without house numbers, units, floors; '' where a digit is left that is no date in its name.
-- The date ("Place du 8 mai 1945") stands aside as one private character while numbers go.
CREATE OR REPLACE FUNCTION geo_street_name(street text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE
    WHEN bare ~ '[[:digit:]０-９٠-٩¹²³¼½¾]'
      OR bare ~* '(^|[\s,])(n[°º]|du|des?|la|les?|del|della|der|am|von|of|the)$'
      THEN ''
    ELSE replace(bare, chr(57344), coalesce(day, '')) END
  FROM (
    SELECT day, trim(E' ,;\t' from regexp_replace(regexp_replace(regexp_replace(kept,
      -- Unit 3, …
      '^\s*((unit|flat|apt|apartment|suite|room|appt?|appartement|b[âa]t|b[âa]timent|building|int|interno|scala|piso|esc)\M\.?\s*[0-9a-z]{1,4}\s*[,;/]\s*)+',
      '', 'i'),
      -- n° 12 bis, … and 12/A …
      '^\s*(n[°ºo]?\.?|nr\.?|num\.?|№|#)?\s*[0-9]+\s*([a-z]|bis|ter|quater)?(\s*[-–/]\s*([0-9]+[a-z]?|[a-z]))*([,;]|\s)\s*',
      '', 'i'),
      -- … 12a-c, and all that follows
      '[\s,;]+((n[°ºo]?|nr|num|№|#|b[âa]t|b[âa]timent|building|apt|appt?|unit|flat|suite|int|interno|scala|piso|civico)\.?)?\s*[0-9].*$',
      '', 'i')) AS bare
    FROM (SELECT (regexp_match(clean, dates, 'i'))[2] AS day,
                 regexp_replace(clean, dates, '\1' || chr(57344), 'i') AS kept
          FROM (SELECT translate(street, chr(57344), '') AS clean,
            '(\m(?:du|des|de|del|der|le|vom|rue|place|via|viale|piazza|piazzale|corso|largo|calle'
            || '|avenida|plaza|paseo|rua|ul\.|plac)\s+)'
            || '([0-9]{1,2}(?:er|\.|°|º)?\s+(?:de\s+)?'
            || '(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre'
            || '|novembre|d[ée]cembre|januar|februar|märz|april|juni|juli|august|september|oktober|november|dezember'
            || '|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre'
            || '|enero|febrero|abril|mayo|junio|julio|septiembre|octubre|noviembre|diciembre|maja|listopada)\M'
            || '(?:\s+(?:del?\s+)?(?:1[789]|20)[0-9]{2}\M)?)' AS dates) a) b) c
$$;

-- The part of an address that a precision allows: all when exact, no house number when to the street,
-- no street when to the town, and no town when to the region.
CREATE OR REPLACE FUNCTION geo_public_street(street text, prec text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE prec WHEN 'exact' THEN street WHEN 'street' THEN public.geo_street_name(street) ELSE '' END
$$;
CREATE OR REPLACE FUNCTION geo_public_town(town text, prec text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN prec = 'region' THEN '' ELSE town END
$$;

-- Whether web mercator can show a point: EPSG:4326, latitude within 85.05 degrees.
CREATE OR REPLACE FUNCTION geo_is_on_map(pos geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT abs(public.ST_X(pos)) <= 180 AND abs(public.ST_Y(pos)) <= 85.05
$$;

-- An area as GeoJSON with at most about 1500 steps across its width, or across the box (west, south, east,
-- north) that is shown of it: overseas parts must not make the rest coarse.
CREATE OR REPLACE FUNCTION geo_outline(shape geometry, shown float8[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT public.ST_AsGeoJSON(public.ST_SimplifyPreserveTopology(shape, coalesce(
    greatest(shown[3] - shown[1], shown[4] - shown[2]),
    greatest(public.ST_XMax(shape) - public.ST_XMin(shape), public.ST_YMax(shape) - public.ST_YMin(shape))
  ) / 1500), 5)::jsonb
$$;

-- Spread the lower 28 bits of a number to the even places of a 56-bit one.
CREATE OR REPLACE FUNCTION geo_spread(n bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
BEGIN
  n := (n | (n << 16)) & 281470681808895;
  n := (n | (n << 8)) & 71777214294589695;
  n := (n | (n << 4)) & 1085102592571150095;
  n := (n | (n << 2)) & 3689348814741910323;
  RETURN (n | (n << 1)) & 6148914691236517205;
END $$;

-- Place of a point along a Morton curve over web mercator (EPSG:3857) at zoom 28; null beyond +-85.05 degrees.
-- A tile z/x/y is one range of it, so every point lies in exactly one tile of each zoom.
CREATE OR REPLACE FUNCTION geo_cell(pos geometry) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  lat float8 := radians(public.ST_Y(pos));
BEGIN
  IF NOT public.geo_is_on_map(pos) THEN RETURN NULL; END IF;
  RETURN public.geo_spread(least(268435455, greatest(0, floor((public.ST_X(pos) + 180) / 360 * 268435456)))::bigint)
    | (public.geo_spread(least(268435455, greatest(0, floor(
        (1 - ln(tan(lat) + 1 / cos(lat)) / pi()) / 2 * 268435456)))::bigint) << 1);
END $$;
"""

DROP_FUNCTIONS = r"""
DROP FUNCTION IF EXISTS geo_cell(geometry);
DROP FUNCTION IF EXISTS geo_public_town(text, text);
DROP FUNCTION IF EXISTS geo_public_street(text, text);
DROP FUNCTION IF EXISTS geo_street_name(text);
DROP FUNCTION IF EXISTS geo_is_on_map(geometry);
DROP FUNCTION IF EXISTS geo_outline(geometry, float8[]);
DROP FUNCTION IF EXISTS geo_spread(bigint);
DROP FUNCTION IF EXISTS geo_blur(geometry, text);
DROP FUNCTION IF EXISTS geo_search_query(text);
DROP FUNCTION IF EXISTS geo_search_vector(text, text, text[], text);
DROP FUNCTION IF EXISTS geo_folded_names(jsonb);
DROP FUNCTION IF EXISTS geo_fold(text);
"""
