-- One zoom of the pyramid from the cells of that zoom; a tile is 4 by 4 cells.
INSERT INTO bench.pyramid
SELECT {z}, square >> 4, square, sum(n), round((sum(lon) / sum(n))::numeric, 6)::float8,
       round((sum(lat) / sum(n))::numeric, 6)::float8, json_object_agg(root, n ORDER BY n DESC, root), min(first)
FROM bench.level GROUP BY square ORDER BY square;
CREATE UNLOGGED TABLE bench.coarser AS
SELECT square >> 2 AS square, root, sum(n)::bigint AS n, sum(lon) AS lon, sum(lat) AS lat, min(first) AS first
FROM bench.level GROUP BY 1, 2;
DROP TABLE bench.level;
ALTER TABLE bench.coarser RENAME TO level;
