// Which tiles cover a box, and their content, kept for half a minute.
import { json } from '../lib/request.js';

const KEPT_MS = 30_000;
const KEPT = 400;
// Of one request, as the server has it.
const AT_ONCE = 256;
const EDGE = 85.0511;

const column = (lon, z) => ((lon + 180) / 360) * 2 ** z;
const row = (lat, z) => {
  const rad = (Math.max(-EDGE, Math.min(EDGE, lat)) * Math.PI) / 180;
  return ((1 - Math.log(Math.tan(rad) + 1 / Math.cos(rad)) / Math.PI) / 2) * 2 ** z;
};

/** Addresses [z, x, y] of the tiles that cover a box in degrees, row by row from the north-west. */
export function covering({ west, south, east, north }, z) {
  const last = 2 ** z - 1;
  const within = (n) => Math.max(0, Math.min(last, Math.floor(n)));
  const found = [];
  for (let y = within(row(north, z)); y <= within(row(south, z)); y += 1) {
    for (let x = within(column(west, z)); x <= within(column(east, z)); x += 1) found.push([z, x, y]);
  }
  return found;
}

/** The rectangles to ask for, so that all of these tiles come; mostly one. */
export function sheets(addresses) {
  if (!addresses.length) return [];
  const [[z]] = addresses;
  const columns = addresses.map(([, x]) => x);
  const rows = addresses.map(([, , y]) => y);
  const [west, east, north, last] = [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)];
  const high = Math.floor(AT_ONCE / (east - west + 1));
  const found = [];
  for (let y = north; y <= last; y += high) found.push({ z, west, east, north: y, south: Math.min(last, y + high - 1) });
  return found;
}

const longitude = (x, z) => (x / 2 ** z) * 360 - 180;
const latitude = (y, z) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI;

/** The 64 px cell of a cluster's mean as a box in degrees: a quarter of a tile a side. */
export function cellAround({ lon, lat }, z) {
  const x = Math.floor(column(lon, z + 2));
  const y = Math.floor(row(lat, z + 2));
  return {
    west: longitude(x, z + 2),
    south: latitude(y + 1, z + 2),
    east: longitude(x + 1, z + 2),
    north: latitude(y, z + 2),
  };
}

/** Tiles of one selection after another, by the address pattern of the door. */
export class TileSource {
  constructor(pattern) {
    this.pattern = pattern;
    this.kept = new Map();
  }

  url(query, z, x, y) {
    const path = this.pattern.replace('{z}', z).replace('{x}', x).replace('{y}', y);
    return query ? `${path}?${query}` : path;
  }

  /** Contents of the tiles; rejects as a whole, so that no half view is ever drawn. */
  async load(query, addresses, signal) {
    const urls = addresses.map(([z, x, y]) => this.url(query, z, x, y));
    const missing = addresses.filter((address, index) => !this.fresh(urls[index]));
    // A view that moves on loses none of its tiles meanwhile.
    const known = new Map(urls.map((url) => [url, this.fresh(url)]));
    for (const [url, tile] of (await Promise.all(sheets(missing).map((sheet) => this.sheet(query, sheet, signal)))).flat()) known.set(url, tile);
    return urls.map((url) => known.get(url));
  }

  fresh(url) {
    const kept = this.kept.get(url);
    return kept && Date.now() - kept.at < KEPT_MS ? kept.tile : undefined;
  }

  /** A rectangle of tiles by one request, as [url, tile]. */
  async sheet(query, { z, west, east, north, south }, signal) {
    const { tiles } = await json(this.url(query, z, `${west}-${east}`, `${north}-${south}`), signal);
    const wide = east - west + 1;
    return tiles.map((tile, index) => {
      const url = this.url(query, z, west + (index % wide), north + Math.floor(index / wide));
      this.kept.delete(url);
      this.kept.set(url, { tile, at: Date.now() });
      if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
      return [url, tile];
    });
  }
}
