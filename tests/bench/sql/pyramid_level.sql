-- One zoom of the pyramid from the cells of that zoom.
INSERT INTO bench.pyramid SELECT {z}, square, root, n, lon, lat, ids FROM bench.level ORDER BY square, root;
CREATE UNLOGGED TABLE bench.coarser AS
SELECT square >> 2 AS square, root, sum(n)::int AS n, sum(lon) AS lon, sum(lat) AS lat, sum(ids)::bigint AS ids
FROM bench.level GROUP BY 1, 2;
DROP TABLE bench.level;
ALTER TABLE bench.coarser RENAME TO level;
