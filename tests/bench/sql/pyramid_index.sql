DROP TABLE bench.level;
CREATE INDEX pyramid_tile ON bench.pyramid (z, tile);
VACUUM ANALYZE bench.pyramid;
