// The filters as they stand in the address; the server reads and names them, this only carries them.

/** Query string of an address without a leading question mark. */
export const queryOf = (address) => new URL(address, location.href).searchParams.toString();

/** The same query with other values for some parameters; an empty value drops one. */
export function withValues(query, values) {
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(values)) {
    parameters.delete(name);
    for (const text of [value].flat()) if (text) parameters.append(name, text);
  }
  return parameters.toString();
}

/** Values of a parameter, repeated or with commas. */
export const valuesOf = (query, name) =>
  new URLSearchParams(query).getAll(name).flatMap((text) => text.split(',')).filter(Boolean);

/** `path?query`, or the path alone. */
export const address = (path, query) => (query ? `${path}?${query}` : path);

/** The box that lies in both: the view, and a `bbox` filter if there is one; null where they do not meet. */
export function meet(view, bbox) {
  if (!bbox) return view;
  const [west, south, east, north] = bbox.split(',').map(Number);
  // A box across the antimeridian is left to the server: the view never crosses it.
  if (west > east) return view;
  const both = {
    west: Math.max(west, view.west),
    south: Math.max(south, view.south),
    east: Math.min(east, view.east),
    north: Math.min(north, view.north),
  };
  return both.west <= both.east && both.south <= both.north ? both : null;
}

/** Other languages and signing in come back to the same filters. */
export function carry(path, query) {
  for (const link of document.querySelectorAll('a[hreflang]')) link.search = query;
  for (const link of document.querySelectorAll('a[data-next]')) {
    link.search = new URLSearchParams({ next: address(path, query) });
  }
}
