"""SQL of the squares: which squares of a grid of degrees a territory covers, and which its border crosses.

Squares of a quarter and of a sixteenth of a degree. Their sides are powers of two, so a coordinate times their number
is exact, and a point is never told to lie in the square next door. A large square that a territory covers stands for
all small ones in it. Triggers keep the table, whoever writes a boundary and however.
"""

# Squares to a degree, as powers of two.
LARGE, SMALL = 2, 4
# Numbers of small squares begin here, those of large ones end before.
FIRST_SMALL = SMALL << 25
# The squares that are looked at first, of eight degrees.
WIDEST, WIDTH = -3, 8

SQUARES = f"""
CREATE TABLE territories_square (
  square int NOT NULL,
  territory_id bigint NOT NULL,
  covered boolean NOT NULL,
  PRIMARY KEY (square, territory_id) INCLUDE (covered)
);
CREATE INDEX territories_square_of ON territories_square (territory_id);

-- The number of the square of some size that column and row name.
CREATE FUNCTION territories_square_number(size int, x int, y int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (size << 25) + ((x + 4096) << 12) + y + 2048 $$;

-- The square of some size around a point, EPSG:4326.
CREATE FUNCTION territories_square_at(size int, pos geometry) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT territories_square_number(size, floor(ST_X(pos) * (1 << size))::int, floor(ST_Y(pos) * (1 << size))::int)
$$;

-- The squares of an area, EPSG:4326, parted in four as long as its border crosses them. Where no point can be
-- there are none.
CREATE FUNCTION territories_squares(area geometry) RETURNS TABLE (square int, covered boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH RECURSIVE parted AS (
    SELECT {WIDEST} AS size, x, y, false AS covered
    FROM generate_series(floor(greatest(ST_XMin(area), -180) / {WIDTH})::int,
                         floor(least(ST_XMax(area), 180) / {WIDTH})::int) AS x,
         generate_series(floor(greatest(ST_YMin(area), -90) / {WIDTH})::int,
                         floor(least(ST_YMax(area), 90) / {WIDTH})::int) AS y
    UNION ALL
    SELECT size, x, y, ST_Covers(area, shape)
    FROM (SELECT size + 1 AS size, x * 2 + dx AS x, y * 2 + dy AS y, ST_MakeEnvelope(
                   (x * 2 + dx) * 0.5 ^ (size + 1), (y * 2 + dy) * 0.5 ^ (size + 1),
                   (x * 2 + dx + 1) * 0.5 ^ (size + 1), (y * 2 + dy + 1) * 0.5 ^ (size + 1), 4326) AS shape
          FROM parted, (VALUES (0, 0), (0, 1), (1, 0), (1, 1)) AS part(dx, dy)
          WHERE NOT covered AND size < {SMALL} OFFSET 0) AS quarters
    WHERE ST_Intersects(area, shape))
  SELECT territories_square_number(kept, (x << (kept - size)) + dx, (y << (kept - size)) + dy), covered
  FROM (SELECT *, CASE WHEN size <= {LARGE} THEN {LARGE} ELSE {SMALL} END AS kept FROM parted
        WHERE covered OR size = {SMALL}) AS found,
       generate_series(0, (1 << (kept - size)) - 1) AS dx, generate_series(0, (1 << (kept - size)) - 1) AS dy
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
    INSERT INTO territories_square (square, territory_id, covered)
    SELECT square, NEW.id, covered FROM territories_squares(NEW.boundary);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER territories_keep_squares AFTER INSERT OR UPDATE OR DELETE ON territories_territory
  FOR EACH ROW EXECUTE FUNCTION territories_keep_squares();
CREATE TRIGGER territories_empty_squares AFTER TRUNCATE ON territories_territory
  FOR EACH STATEMENT EXECUTE FUNCTION territories_keep_squares();

-- Territories that were there before. The boundary is handed on as it is stored, so that it is unpacked once.
INSERT INTO territories_square (square, territory_id, covered)
SELECT s.square, t.id, s.covered FROM territories_territory t CROSS JOIN LATERAL territories_squares(t.boundary) AS s;
ANALYZE territories_square;
"""

DROP_SQUARES = """
DROP TRIGGER territories_keep_squares ON territories_territory;
DROP TRIGGER territories_empty_squares ON territories_territory;
DROP FUNCTION territories_keep_squares(), territories_squares(geometry), territories_square_at(int, geometry),
  territories_square_number(int, int, int);
DROP TABLE territories_square;
"""
