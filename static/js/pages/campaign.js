// The page of a campaign: its map beside the nominees, in its colours; the list says the same without it.
import { config, isPhone } from '../lib/dom.js';
import { Mounted } from '../map/mounted.js';

// The page scrolls by wheel and thumb, until somebody takes hold of the map.
const mounted = new Mounted(config('map-config'), { options: { scrollWheelZoom: false, dragging: !isPhone() } });
const { map, marks } = mounted;
map.on('click dragstart', () => {
  map.scrollWheelZoom.enable();
  map.dragging.enable();
});

// A card of the list lights its mark.
const list = document.querySelector('[data-nominees]');
const lit = (event) => marks.light(event.target.closest('[data-slug]')?.dataset.slug ?? null);
for (const type of ['pointerover', 'focusin']) list.addEventListener(type, lit);
for (const type of ['pointerleave', 'focusout']) list.addEventListener(type, () => marks.light(null));
