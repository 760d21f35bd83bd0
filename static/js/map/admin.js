// Maps of the administration: our own land below the point or the border that is drawn.
import { config } from '../lib/dom.js';
import { addBasemap } from './basemap.js';

addEventListener('map:init', ({ detail: { map } }) => {
  map.attributionControl?.remove();
  addBasemap(map, config('basemap-config'));
});
