// A point chosen by moving the map under a mark; the fields for coordinates hold it.
import { config } from '../lib/dom.js';
import { json } from '../lib/request.js';
import { gettext } from '../lib/words.js';
import { addBasemap } from './basemap.js';
import { L } from './leaflet.js';
import { makeMap } from './view.js';

const EUROPE = [[38, -8], [57, 23]];
const NEAR = 12;

/** The picker of a form with the fields lat, lon and locality. */
export class Picker {
  constructor(form) {
    this.form = form;
    const part = form.querySelector('[data-picker]');
    part.hidden = false;
    [this.lat, this.lon, this.locality] = ['lat', 'lon', 'locality'].map((name) => form.elements.namedItem(name));
    this.clear = part.querySelector('[data-picker-clear]');
    this.status = part.querySelector('[data-picker-status]');
    const frame = document.createElement('div');
    frame.setAttribute('role', 'application');
    frame.setAttribute('aria-labelledby', 'picker-label');
    const place = part.querySelector('[data-picker-map]');
    place.prepend(frame);
    // The page scrolls over the map; the wheel is the page's.
    this.map = makeMap(frame, { scrollWheelZoom: false, keyboardPanDelta: 24 });
    addBasemap(this.map, config('basemap-config'));
    this.pin = L.circleMarker([0, 0], { radius: 9, className: 'picker__pin', interactive: false });
    part.querySelector('[data-picker-take]').addEventListener('click', () => this.take());
    part.querySelector('[data-picker-in]').addEventListener('click', () => this.map.zoomIn());
    part.querySelector('[data-picker-out]').addEventListener('click', () => this.map.zoomOut());
    this.map.on('click', ({ latlng }) => this.map.panTo(latlng));
    this.clear.addEventListener('click', () => this.forget());
    for (const field of [this.lat, this.lon]) field.addEventListener('change', () => this.show());
    this.locality.addEventListener('change', () => this.look());
    this.map.fitBounds(EUROPE);
    this.show();
  }

  /** The point that the fields hold, or null. */
  get point() {
    const [lat, lon] = [this.lat, this.lon].map((field) => Number.parseFloat(field.value.replace(',', '.')));
    return Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 85.05 && Math.abs(lon) <= 180 ? [lat, lon] : null;
  }

  /** Draw what the fields hold. */
  show() {
    const { point } = this;
    this.clear.hidden = !point;
    if (!point) {
      this.pin.remove();
      return;
    }
    this.pin.setLatLng(point).addTo(this.map);
    this.map.setView(point, Math.max(this.map.getZoom(), NEAR));
  }

  take() {
    const { lat, lng } = this.map.getCenter().wrap();
    this.lat.value = lat.toFixed(6);
    this.lon.value = lng.toFixed(6);
    this.show();
    this.tell(gettext('The point is set.'));
  }

  forget() {
    this.lat.value = '';
    this.lon.value = '';
    this.show();
    this.tell(gettext('The point is removed.'));
  }

  tell(words) {
    this.status.textContent = words;
    this.form.dispatchEvent(new CustomEvent('placed'));
    this.form.dispatchEvent(new Event('change'));
  }

  /** Go to the town that was named; the point stays where it is. */
  async look() {
    const words = this.locality.value.trim();
    if (words.length < 2 || this.point) return;
    try {
      const { places } = await json(`${this.form.dataset.suggest}?${new URLSearchParams({ q: words })}`);
      if (places.length) this.map.setView([places[0].lat, places[0].lon], NEAR);
    } catch {
      // The map stays where it is.
    }
  }
}
