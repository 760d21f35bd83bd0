-- Cells of zoom 18 (64 px: code at zoom 20) and theme; coarser zooms are sums of these.
DROP TABLE IF EXISTS bench.level, bench.pyramid;
CREATE UNLOGGED TABLE bench.level AS
SELECT i.cell >> 16 AS square, r.root, count(*)::int AS n, sum(ST_X(i.public_position)) AS lon,
       sum(ST_Y(i.public_position)) AS lat, sum(i.id)::bigint AS ids
FROM initiatives_initiative i JOIN bench.root r ON r.theme_id = i.primary_theme_id
WHERE i.status = 'published' AND i.cell IS NOT NULL
GROUP BY 1, 2;
CREATE TABLE bench.pyramid (z smallint, square bigint, root text, n int, lon float8, lat float8, ids bigint);
