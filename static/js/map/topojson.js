// TopoJSON (quantised, as fixtures/build makes it) to rings and lines in degrees, latitude first as Leaflet wants them.

/** Arcs of a topology, each a list of [latitude, longitude]. */
export function arcs(topology) {
  const { scale, translate } = topology.transform;
  return topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [y * scale[1] + translate[1], x * scale[0] + translate[0]];
    });
  });
}

const arc = (all, index) => (index < 0 ? [...all[~index]].reverse() : all[index]);

function line(all, indexes) {
  const points = [];
  for (const index of indexes) {
    const piece = arc(all, index);
    points.push(...(points.length ? piece.slice(1) : piece));
  }
  return points;
}

/** Polygons of a MultiPolygon: each its rings, each ring its points. */
export const polygons = (all, geometry) => geometry.arcs.map((rings) => rings.map((ring) => line(all, ring)));

/** Lines of a MultiLineString. */
export const lines = (all, geometry) => geometry.arcs.map((indexes) => line(all, indexes));

/** Borders between two geometries, each once; `wanted(one, other)` chooses by their ids. */
export function borders(all, geometries, wanted = () => true) {
  const users = new Map();
  for (const geometry of geometries) {
    for (const index of geometry.arcs.flat(2)) {
      const key = index < 0 ? ~index : index;
      users.set(key, [...(users.get(key) ?? []), geometry.id]);
    }
  }
  return [...users].filter(([, ids]) => ids.length > 1 && wanted(...ids)).map(([index]) => all[index]);
}
