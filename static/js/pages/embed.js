// The map in the frame of another site: marks, cards, no panel; every link leads to the site itself.
import { config } from '../lib/dom.js';
import { Mounted } from '../map/mounted.js';
import { writeHash } from '../map/view.js';

const settings = config('map-config');
// The wheel scrolls the page around the frame, until somebody takes hold of the map.
const { map } = new Mounted(settings, { hash: location.hash || `#${settings.view}`, options: { scrollWheelZoom: false } });
map.on('click dragstart', () => map.scrollWheelZoom.enable());

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
