// Figures by territory on the site's own map: areas in the shade of their class; the table says the same.
import { config, element } from '../lib/dom.js';
import { json } from '../lib/request.js';
import { addBasemap } from '../map/basemap.js';
import { L } from '../map/leaflet.js';
import { begin, makeMap } from '../map/view.js';

const UNKNOWN = -1;

function areas({ areas: known, page }, shapes) {
  const style = ({ id }) => ({ className: `area area--${known[id][0] === UNKNOWN ? 'none' : known[id][0]}` });
  return L.geoJSON(shapes, {
    filter: ({ id }) => id in known,
    style,
    onEachFeature({ id }, layer) {
      layer.bindTooltip(() => element('span', {}, known[id][1]), { sticky: true });
      layer.on('click', () => location.assign(page.replace('{code}', encodeURIComponent(id))));
    },
  });
}

function boxOf(views) {
  const box = L.latLngBounds([]);
  for (const [west, south, east, north] of views) {
    box.extend([south, west]).extend([north, east]);
  }
  return box.isValid() ? box : null;
}

async function start(place) {
  const spec = config('figures-spec');
  // The wheel scrolls the page, until somebody takes hold of the map.
  const map = makeMap(place.querySelector('section'), { scrollWheelZoom: false, maxZoom: 10 });
  begin(map, '', null);
  map.on('mousedown', () => map.scrollWheelZoom.enable());
  addBasemap(map, config('basemap-config'));
  const shapes = await json(spec.shapes);
  // It may have had no height yet when it was made.
  map.invalidateSize({ pan: false });
  begin(map, '', spec.views && (boxOf(spec.views) ?? boxOf(shapes.features.map(({ properties }) => properties.view))));
  areas(spec, shapes).addTo(map);
  place.querySelector('[data-controls]').hidden = false;
  for (const button of place.querySelectorAll('[data-zoom]')) {
    button.addEventListener('click', () => map.setZoom(map.getZoom() + Number(button.dataset.zoom)));
  }
  place.dataset.ready = 'true';
}

for (const place of document.querySelectorAll('[data-choropleth]')) {
  start(place).catch(() => {
    document.querySelector('[data-failed]').hidden = false;
  });
}
