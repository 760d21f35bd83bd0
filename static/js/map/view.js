// The map itself, the part of it that nothing covers, and its place in the address (#zoom/latitude/longitude).
import { isPhone, isStill } from '../lib/dom.js';
import { L } from './leaflet.js';

const EUROPE = L.latLngBounds([38, -8], [57, 23]);
const MARGIN = 12;
// Pulled up to read, the sheet still stands for its half height: the list shall not change meanwhile.
const HALF = 400;

/** A map without controls of its own. */
export function makeMap(container, options = {}) {
  const still = isStill();
  return L.map(container, {
    zoomControl: false,
    attributionControl: false,
    minZoom: 2,
    maxZoom: 18,
    zoomAnimation: !still,
    fadeAnimation: !still,
    inertia: !still,
    maxBounds: [[-86, -200], [86, 200]],
    maxBoundsViscosity: 0.8,
    keyboardPanDelta: 120,
    ...options,
  });
}

const measured = new WeakMap();

/** Pixels of the map's edges that the panel or the sheet covers: left, top, right, bottom. */
export function covered(map) {
  if (!measured.has(map)) {
    const measure = () => measured.set(map, edges(map));
    // Measured when a size has changed: asked for after each move, it would have the page laid out twice.
    const watch = new ResizeObserver(measure);
    for (const node of [map.getContainer(), document.querySelector('[data-panel]')]) if (node) watch.observe(node);
    measure();
  }
  return measured.get(map);
}

function edges(map) {
  const frame = map.getContainer().getBoundingClientRect();
  const panel = document.querySelector('[data-panel]')?.getBoundingClientRect();
  if (!panel) return { left: 0, top: 0, right: 0, bottom: 0 };
  if (isPhone()) return { left: 0, top: 64, right: 0, bottom: Math.max(0, Math.min(frame.bottom - panel.top, HALF, frame.height * 0.55)) };
  return { left: panel.right - frame.left, top: 0, right: 0, bottom: 0 };
}

/** The visible box in degrees, within what the world has. */
export function visibleBox(map) {
  const { left, top, right, bottom } = covered(map);
  const size = map.getSize();
  const northWest = map.containerPointToLatLng([left, top]);
  const southEast = map.containerPointToLatLng([size.x - right, size.y - bottom]);
  const clamp = (n, most) => Math.max(-most, Math.min(most, n));
  return {
    west: clamp(northWest.lng, 180),
    south: clamp(southEast.lat, 85.05),
    east: clamp(southEast.lng, 180),
    north: clamp(northWest.lat, 85.05),
  };
}

/** A box as the `bbox` parameter. */
export const asParameter = ({ west, south, east, north }) => [west, south, east, north].map((n) => n.toFixed(7)).join(',');

/** Show a box in the part that nothing covers. */
export function fit(map, box, options = {}) {
  const { left, top, right, bottom } = covered(map);
  map.fitBounds(box, {
    paddingTopLeft: [left + MARGIN, top + MARGIN],
    paddingBottomRight: [right + MARGIN, bottom + MARGIN],
    animate: !isStill(),
    ...options,
  });
}

/** Show a point in the middle of the part that nothing covers. */
export function centre(map, [lat, lon], zoom = map.getZoom()) {
  const { left, top, right, bottom } = covered(map);
  const target = map.project([lat, lon], zoom).subtract([(left - right) / 2, (top - bottom) / 2]);
  map.setView(map.unproject(target, zoom), zoom, { animate: !isStill() });
}

/** {lat, lon, zoom} of an address' hash, null where it holds no view. */
export function readHash(hash) {
  const numbers = hash.replace(/^#/, '').split('/').map(Number);
  const [zoom, lat, lon] = numbers;
  if (numbers.length !== 3 || numbers.some(Number.isNaN) || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
  return { zoom: Math.max(2, Math.min(18, Math.round(zoom))), lat, lon };
}

/** The hash of the view. */
export function writeHash(map) {
  const { lat, lng } = map.getCenter();
  return `#${map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
}

/** Go where the address says, else to the box, else to Europe. */
export function begin(map, hash, bounds) {
  const view = readHash(hash);
  if (view) map.setView([view.lat, view.lon], view.zoom, { animate: false });
  else fit(map, bounds ?? EUROPE, { animate: false });
}
