WITH tile AS (SELECT ST_TileEnvelope(:z, :x, :y) AS box)
SELECT ST_AsMVT(marks, 'initiatives', 4096, 'geom') FROM (
  SELECT ST_AsMVTGeom(ST_Transform(i.public_position, 3857), tile.box, 4096, 64, false) AS geom,
         i.uuid::text AS id, i.name, i.slug, r.root AS theme
  FROM tile, initiatives_initiative i JOIN bench.root r ON r.theme_id = i.primary_theme_id
  WHERE i.status = 'published' AND i.public_position && ST_Transform(tile.box, 4326)) AS marks;
