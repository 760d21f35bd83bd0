WITH marks AS MATERIALIZED (
  SELECT square, sum(n) AS n, round((sum(lon) / sum(n))::numeric, 6) AS lon, round((sum(lat) / sum(n))::numeric, 6) AS lat,
         json_object_agg(root, n ORDER BY n DESC, root) AS themes, sum(ids)::bigint AS ids
  FROM bench.pyramid WHERE z = :z AND square >= :tile::bigint << 4 AND square < (:tile::bigint + 1) << 4 GROUP BY square)
SELECT json_build_object(
  'clusters', (SELECT coalesce(json_agg(json_build_object(
      'lon', lon, 'lat', lat, 'count', n, 'themes', themes) ORDER BY square), '[]') FROM marks WHERE n > 1),
  'initiatives', (SELECT coalesce(json_agg(json_build_object(
      'lon', m.lon, 'lat', m.lat, 'id', i.uuid, 'name', i.name, 'slug', i.slug, 'theme', r.root,
      'blurred', i.precision <> 'exact') ORDER BY i.cell, i.id), '[]')
    FROM marks m JOIN initiatives_initiative i ON i.id = m.ids
    JOIN bench.root r ON r.theme_id = i.primary_theme_id WHERE m.n = 1),
  'matched', (SELECT coalesce(sum(n), 0) FROM marks))::text;
