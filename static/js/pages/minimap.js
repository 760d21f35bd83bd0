// Small maps on pages: a few marks, an outline, no panel; the page says everything in words too.
import { config, icon } from '../lib/dom.js';
import { addBasemap } from '../map/basemap.js';
import { L } from '../map/leaflet.js';
import { Outlines } from '../map/outline.js';
import { makeMap } from '../map/view.js';

const CLOSE = 9;
// Two places next to each other are seen with what is around them.
const NEAREST = 15;
// Half a mark, in pixels.
const BESIDE = 16;

function mark({ lon, lat, icon: name, blurred, label, side }) {
  const made = document.createElement('span');
  made.className = `marker marker--still${blurred ? ' marker--blurred' : ''}`;
  made.dataset.theme = name;
  made.append(icon(document.querySelector('.brand use').getAttribute('href').split('#')[0], name));
  const drawn = L.marker([lat, lon], { icon: L.divIcon({ className: 'mark', html: made, iconSize: [0, 0] }), interactive: false, keyboard: false });
  // Two at one place stand on either side of it.
  return label ? drawn.bindTooltip(label, { permanent: true, direction: side, offset: [side === 'left' ? -BESIDE : BESIDE, 0] }) : drawn;
}

async function start(place) {
  const spec = config('minimap-spec');
  const frame = document.createElement('div');
  place.append(frame);
  const still = { dragging: false, scrollWheelZoom: false, doubleClickZoom: false, touchZoom: false, keyboard: false, boxZoom: false };
  const map = makeMap(frame, { ...still, maxBounds: null });
  const box = L.latLngBounds(spec.marks.map(({ lat, lon }) => [lat, lon]));
  if (spec.bounds) box.extend([spec.bounds[1], spec.bounds[0]]).extend([spec.bounds[3], spec.bounds[2]]);
  if (spec.marks.length === 1 && !spec.bounds) map.setView([spec.marks[0].lat, spec.marks[0].lon], spec.zoom ?? CLOSE);
  else map.fitBounds(box.isValid() ? box : [[36, -9], [60, 28]], { padding: [8, 8], maxZoom: NEAREST });
  addBasemap(map, config('basemap-config'));
  for (const row of spec.marks) mark(row).addTo(map);
  const outlines = new Outlines(map, spec.outlineUrl ?? '');
  if (spec.outline) {
    map.getContainer().classList.add('has-outline');
    outlines.draw(spec.outline);
  } else if (spec.outlineUrl) {
    const shown = await outlines.show(['']);
    if (shown && !spec.bounds && !spec.marks.length) map.fitBounds(shown, { padding: [8, 8] });
  }
}

for (const place of document.querySelectorAll('[data-minimap]')) start(place);
