-- The theme of the ten that each theme belongs to, as the doors colour it.
CREATE SCHEMA IF NOT EXISTS bench;
DROP TABLE IF EXISTS bench.root;
CREATE TABLE bench.root AS
SELECT t.id AS theme_id, coalesce(p.slug, t.slug)::text AS root
FROM vocabulary_theme t LEFT JOIN vocabulary_theme p ON p.id = t.parent_id;
ALTER TABLE bench.root ADD PRIMARY KEY (theme_id);
ANALYZE bench.root;
