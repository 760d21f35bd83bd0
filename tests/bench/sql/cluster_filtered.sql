WITH parts AS (
  SELECT i.cell >> :shift AS square, r.root, count(*) AS n, sum(ST_X(i.public_position)) AS lon,
         sum(ST_Y(i.public_position)) AS lat, min(i.id) AS first
  FROM initiatives_initiative i JOIN bench.root r ON r.theme_id = i.primary_theme_id
  WHERE i.status = 'published' AND i.cell >= :first AND i.cell < :after AND EXISTS (
    SELECT FROM initiatives_initiativetheme l WHERE l.initiative_id = i.id AND l.theme_id = ANY('{themes}'))
  GROUP BY 1, 2),
marks AS MATERIALIZED (
  SELECT square, sum(n) AS n, sum(lon) / sum(n) AS lon, sum(lat) / sum(n) AS lat,
         json_object_agg(root, n ORDER BY n DESC, root) AS themes, min(first) AS first
  FROM parts GROUP BY square)
SELECT json_build_object(
  'clusters', (SELECT coalesce(json_agg(json_build_object(
      'lon', lon, 'lat', lat, 'count', n, 'themes', themes) ORDER BY square), '[]') FROM marks WHERE n > 1),
  'initiatives', (SELECT coalesce(json_agg(json_build_object(
      'lon', m.lon, 'lat', m.lat, 'id', i.uuid, 'name', i.name, 'slug', i.slug, 'theme', r.root,
      'blurred', i.precision <> 'exact') ORDER BY i.cell, i.id), '[]')
    FROM marks m JOIN initiatives_initiative i ON i.id = m.first
    JOIN bench.root r ON r.theme_id = i.primary_theme_id WHERE m.n = 1),
  'matched', (SELECT coalesce(sum(n), 0) FROM marks))::text;
