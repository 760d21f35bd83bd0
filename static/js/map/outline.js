// The outline of the chosen territories: land inside stays light, the rest steps back.
import { json } from '../lib/request.js';
import { groundOf, ORDER } from './ground.js';
import { L } from './leaflet.js';

/** Draws outlines by territory code; `show` gives the box of them all, or null. */
export class Outlines {
  constructor(map, pattern) {
    this.map = map;
    this.pattern = pattern;
    this.known = new Map();
    this.layers = L.layerGroup().addTo(map);
  }

  feature(code) {
    if (!this.known.has(code)) {
      const wanted = json(this.pattern.replace('{code}', encodeURIComponent(code)));
      wanted.catch(() => this.known.delete(code));
      this.known.set(code, wanted);
    }
    return this.known.get(code);
  }

  /** Draw these territories alone. */
  async show(codes) {
    this.codes = codes;
    const features = await Promise.all(codes.map((code) => this.feature(code)));
    if (this.codes !== codes) return null;
    this.layers.clearLayers();
    this.map.getContainer().classList.toggle('has-outline', features.length > 0);
    let box = null;
    for (const feature of features) {
      this.draw(feature.geometry);
      const [west, south, east, north] = feature.properties.view;
      box = (box ?? L.latLngBounds([])).extend([south, west]).extend([north, east]);
    }
    return box;
  }

  /** Draw a GeoJSON geometry. */
  draw(geometry) {
    const style = { renderer: groundOf(this.map), order: ORDER.outline, className: 'outline', interactive: false };
    this.layers.addLayer(L.geoJSON(geometry, { style: () => style, interactive: false, ...style }));
  }
}
