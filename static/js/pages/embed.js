// The map in the frame of another site: marks, cards, no panel; every link leads to the site itself.
import { Card } from '../components/card.js';
import { config } from '../lib/dom.js';
import { fragment } from '../lib/request.js';
import { addBasemap } from '../map/basemap.js';
import { LIST_FROM, MarkLayer, opensList } from '../map/marklayer.js';
import { cellAround, TileSource } from '../map/tiles.js';
import { asParameter, begin, centre, makeMap, writeHash } from '../map/view.js';
import { address, meet, valuesOf, withValues } from '../search/filters.js';

const STEP = 2;
const settings = config('map-config');
// The wheel scrolls the page around the frame, until somebody takes hold of the map.
const map = makeMap(document.querySelector('[data-map]'), { scrollWheelZoom: false });
begin(map, location.hash || `#${settings.view}`, settings.bounds);
map.on('click dragstart', () => map.scrollWheelZoom.enable());
const labels = addBasemap(map, config('basemap-config'));

// Another choice beside the map comes as another page: it opens where this one was.
document.addEventListener('click', ({ target }) => {
  const link = target.closest('a[data-stays]');
  if (link) link.hash = writeHash(map);
});
document.addEventListener('submit', ({ target }) => {
  if ('stays' in target.dataset) target.action = `${target.action.split('#')[0]}${writeHash(map)}`;
});

// Whoever makes the code for their site reads here where the map was moved to.
const tell = () => {
  document.documentElement.dataset.view = writeHash(map).slice(1);
};
map.on('moveend', tell);
tell();

const fail = () => {
  document.querySelector('[data-failed]').hidden = false;
};

const card = new Card(document.querySelector('[data-card]'), settings, {
  onClose() {
    const button = marks.button(card.slug);
    card.close();
    marks.highlight(null);
    (button ?? map.getContainer()).focus({ preventScroll: true });
  },
});

/** Those that stand at one place, as a list. */
async function list(cluster, zoom) {
  const box = meet(cellAround(cluster, zoom), new URLSearchParams(settings.query).get('bbox'));
  const { html } = await fragment(address(settings.rows, withValues(settings.query, { bbox: box && asParameter(box) })));
  const shown = document.getElementById('spot').content.cloneNode(true);
  shown.querySelector('[data-spot]').innerHTML = html;
  // More than a card holds is read on the site.
  shown.querySelector('.panel__more')?.remove();
  card.put(shown, true);
}

const marks = new MarkLayer(map, new TileSource(settings.tiles), settings, {
  onSingle(single, byKeyboard) {
    marks.highlight(single.slug);
    card.open(single.slug, byKeyboard).catch(fail);
  },
  onCluster(cluster) {
    const zoom = map.getZoom();
    if (opensList(cluster, zoom)) list(cluster, zoom).catch(fail);
    else centre(map, [cluster.lat, cluster.lon], Math.min(zoom + STEP, LIST_FROM));
  },
  onDrawn: (drawn) => labels.avoid(drawn),
  onError: fail,
});

/** Who draws outlines comes only where there is one. */
async function outline(codes) {
  const { Outlines } = await import('../map/outline.js');
  await new Outlines(map, settings.outline).show(codes);
}

const territories = valuesOf(settings.query, 'territory');
if (territories.length) outline(territories).catch(fail);

document.querySelector('[data-controls]').hidden = false;
for (const button of document.querySelectorAll('[data-zoom]')) {
  button.addEventListener('click', () => map.setZoom(map.getZoom() + Number(button.dataset.zoom)));
}
marks.select(settings.query).then(() => {
  document.documentElement.dataset.ready = 'true';
});
