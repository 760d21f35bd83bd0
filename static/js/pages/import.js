// The page of an import: how far it is while it is read, and where things and areas would be new, changed or gone.
import { config } from '../lib/dom.js';
import { follow } from '../lib/progress.js';
import { addBasemap } from '../map/basemap.js';
import { L } from '../map/leaflet.js';
import { makeMap } from '../map/view.js';

const RADIUS = 5;

// As the legend has it, in the scheme of the page.
function colour(state) {
  const dot = document.querySelector(`.imports__dot--${state}`);
  return dot ? getComputedStyle(dot).backgroundColor : 'gray';
}

function draw(place) {
  const { places = [], areas = [] } = config('imports-spec');
  const frame = document.createElement('div');
  place.append(frame);
  const map = makeMap(frame, { maxBounds: null, scrollWheelZoom: false });
  const outlines = areas.map(({ state, name, shape }) => L.geoJSON(shape, { style: { color: colour(state), weight: 2, fillOpacity: 0.25 } }).bindTooltip(name));
  const bounds = L.latLngBounds(places.map(({ lat, lon }) => [lat, lon]));
  for (const outline of outlines) bounds.extend(outline.getBounds());
  map.fitBounds(bounds, { padding: [16, 16], maxZoom: 12 });
  addBasemap(map, config('basemap-config'));
  for (const outline of outlines) outline.addTo(map);
  const canvas = L.canvas();
  for (const { state, name, lat, lon } of places) {
    const look = { renderer: canvas, radius: RADIUS, weight: 1, color: '#fff', fillColor: colour(state), fillOpacity: 0.9 };
    L.circleMarker([lat, lon], look).bindTooltip(name).addTo(map);
  }
}

for (const place of document.querySelectorAll('[data-progress]')) {
  const read = place.querySelector('[data-read]');
  follow(place, ({ read: rows }) => {
    read.textContent = rows.toLocaleString(document.documentElement.lang);
  });
}
for (const place of document.querySelectorAll('[data-imports]')) draw(place);
