DROP TABLE bench.level;
ALTER TABLE bench.pyramid ADD PRIMARY KEY (z, square, root);
VACUUM ANALYZE bench.pyramid;
