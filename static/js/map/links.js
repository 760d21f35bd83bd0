// Lines from a chosen initiative to those it is linked with: over land and borders, under names and marks.
import { groundOf, ORDER } from './ground.js';
import { L } from './leaflet.js';

/** Draws the lines of one card. */
export class Links {
  constructor(map) {
    this.map = map;
    this.layers = L.layerGroup().addTo(map);
  }

  /** Draw those that the element of a card tells, and no others; null for none. */
  show(spot) {
    this.layers.clearLayers();
    if (!spot?.dataset.lines) return;
    const from = [Number(spot.dataset.lat), Number(spot.dataset.lon)];
    const lines = spot.dataset.lines.trim().split(' ').map((end) => [from, end.split(',').map(Number)]);
    const style = { renderer: groundOf(this.map), order: ORDER.links, className: 'linklines', interactive: false };
    this.layers.addLayer(L.polyline(lines, { ...style, noClip: true }));
  }
}
