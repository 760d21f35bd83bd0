"""SQL of the squares: which squares of a grid of degrees a territory covers, and which parts of the others.

Squares of a quarter of a degree; where a border crosses one, sixteen times sixteen parts of it, of a 64th of a degree.
Their sides are powers of two, so a coordinate times their number is exact, and a point is never told to lie in the part
next door. Triggers keep the table, whoever writes a boundary and however.
"""

# Squares and parts to a degree, as powers of two, and the difference of the two.
SQUARE, PART = 2, 6
DEEP = PART - SQUARE
SIDE = 1 << DEEP
PARTS = SIDE * SIDE
# The squares that are looked at first, of eight degrees.
WIDEST, WIDTH = -3, 8

SQUARES = f"""
-- Which parts the territory covers and which it meets, row by row from the south-west; empty where it covers all.
CREATE TABLE territories_square (
  square int NOT NULL,
  territory_id bigint NOT NULL,
  covered bit({PARTS}),
  met bit({PARTS}),
  PRIMARY KEY (square, territory_id) INCLUDE (covered, met),
  CHECK ((covered IS NULL) = (met IS NULL))
);
CREATE INDEX territories_square_of ON territories_square (territory_id);

-- Column or row, among all parts of the world, of a coordinate in degrees.
CREATE FUNCTION territories_line_at(degrees float8) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT floor(degrees * {1 << PART})::int $$;

-- The number of the square around a column and row, and the number of the part in it.
CREATE FUNCTION territories_square_of(x int, y int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (((x >> {DEEP}) + 1024) << 10) + (y >> {DEEP}) + 512 $$;
CREATE FUNCTION territories_part_of(x int, y int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ((y & {SIDE - 1}) << {DEEP}) + (x & {SIDE - 1}) $$;

-- The parts of a square that a smaller one covers: its column, row and width in parts.
CREATE FUNCTION territories_parts(x int, y int, width int) RETURNS bit({PARTS})
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (repeat('0', y * {SIDE})
          || repeat(repeat('0', x) || repeat('1', width) || repeat('0', {SIDE} - x - width), width)
          || repeat('0', ({SIDE} - y - width) * {SIDE}))::bit({PARTS})
$$;

-- The squares of an area, EPSG:4326, parted in four as long as its border crosses them. Where no point can be
-- there are none. Powers are of floats: those of numerics take longer than the geometry.
CREATE FUNCTION territories_squares(area geometry)
RETURNS TABLE (square int, covered bit({PARTS}), met bit({PARTS}))
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH RECURSIVE parted AS (
    SELECT {WIDEST} AS size, x, y, false AS covered
    FROM generate_series(floor(greatest(ST_XMin(area), -180) / {WIDTH})::int,
                         floor(least(ST_XMax(area), 180) / {WIDTH})::int) AS x,
         generate_series(floor(greatest(ST_YMin(area), -90) / {WIDTH})::int,
                         floor(least(ST_YMax(area), 90) / {WIDTH})::int) AS y
    UNION ALL
    SELECT size, x, y, ST_Covers(area, shape)
    FROM (SELECT size, x, y, ST_MakeEnvelope(x * side, y * side, (x + 1) * side, (y + 1) * side, 4326) AS shape
          FROM (SELECT size + 1 AS size, x * 2 + dx AS x, y * 2 + dy AS y, 0.5::float8 ^ (size + 1) AS side
                FROM parted, (VALUES (0, 0), (0, 1), (1, 0), (1, 1)) AS part(dx, dy)
                WHERE NOT covered AND size < {PART} OFFSET 0) AS quarters OFFSET 0) AS shaped
    WHERE ST_Intersects(area, shape)),
  found AS (SELECT *, {PART} - size AS up FROM parted WHERE covered OR size = {PART})
  SELECT territories_square_of(((x << ({SQUARE} - size)) + dx) << {DEEP}, ((y << ({SQUARE} - size)) + dy) << {DEEP}),
         NULL, NULL
  FROM found, generate_series(0, (1 << ({SQUARE} - size)) - 1) AS dx,
       generate_series(0, (1 << ({SQUARE} - size)) - 1) AS dy
  WHERE size <= {SQUARE}
  UNION ALL
  SELECT square, coalesce(bit_or(parts) FILTER (WHERE covered), 0::bit({PARTS})),
         bit_or(parts)
  FROM (SELECT territories_square_of(x << up, y << up) AS square, covered,
               territories_parts((x << up) & {SIDE - 1}, (y << up) & {SIDE - 1}, 1 << up) AS parts
        FROM found WHERE size > {SQUARE}) AS smaller
  GROUP BY square
$$;

CREATE FUNCTION territories_keep_squares() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    TRUNCATE territories_square;
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.id = NEW.id AND OLD.boundary::bytea = NEW.boundary::bytea THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM territories_square WHERE territory_id = OLD.id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO territories_square (square, territory_id, covered, met)
    SELECT square, NEW.id, covered, met FROM territories_squares(NEW.boundary);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER territories_keep_squares AFTER INSERT OR UPDATE OR DELETE ON territories_territory
  FOR EACH ROW EXECUTE FUNCTION territories_keep_squares();
CREATE TRIGGER territories_empty_squares AFTER TRUNCATE ON territories_territory
  FOR EACH STATEMENT EXECUTE FUNCTION territories_keep_squares();

-- Territories that were there before. The boundary is handed on as it is stored, so that it is unpacked once.
INSERT INTO territories_square (square, territory_id, covered, met)
SELECT s.square, t.id, s.covered, s.met
FROM territories_territory t CROSS JOIN LATERAL territories_squares(t.boundary) AS s;
ANALYZE territories_square;
"""

# The functions that had two sizes of squares are gone where this code made the table.
DROP_SQUARES = """
DROP TRIGGER territories_keep_squares ON territories_territory;
DROP TRIGGER territories_empty_squares ON territories_territory;
DROP FUNCTION territories_keep_squares(), territories_squares(geometry);
DROP FUNCTION IF EXISTS territories_parts(int, int, int), territories_part_of(int, int),
  territories_square_of(int, int), territories_line_at(float8);
DROP FUNCTION IF EXISTS territories_square_at(int, geometry), territories_square_number(int, int, int);
DROP TABLE territories_square;
"""
