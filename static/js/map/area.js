// The area that a box selects: what is in view, or a rectangle that is drawn; its edge on the map.
import { isPhone } from '../lib/dom.js';
import { gettext } from '../lib/words.js';
import { groundOf, ORDER } from './ground.js';
import { L } from './leaflet.js';
import { asParameter, visibleBox } from './view.js';

// A shorter drag is a slip of the hand.
const LEAST_PX = 12;

const areas = new WeakMap();

/** The one of a map. */
export function areaOf(map) {
  if (!areas.has(map)) areas.set(map, new Area(map));
  return areas.get(map);
}

/** Says as the `bbox` parameter what to keep to. */
class Area {
  constructor(map) {
    this.map = map;
    this.hint = document.querySelector('[data-area-hint]');
  }

  /** What nothing covers, or what is drawn, as the button says. */
  choose(button, sheet) {
    if (button.dataset.area === 'view') return asParameter(visibleBox(this.map));
    if (isPhone()) sheet.set('peek');
    return this.draw(button);
  }

  /** Show the edge of a box, or none; a box across the antimeridian has none on this map. */
  show(bbox) {
    this.edge?.remove();
    this.edge = null;
    if (!bbox) return;
    const [west, south, east, north] = bbox.split(',').map(Number);
    if (west < east) this.edge = this.rectangle([[south, west], [north, east]]);
  }

  rectangle(bounds) {
    const style = { renderer: groundOf(this.map), order: ORDER.outline, className: 'boxline', interactive: false };
    return L.rectangle(bounds, style).addTo(this.map);
  }

  /** Let a rectangle be drawn by pointer; null where that ends without one, as by Escape or a second press. */
  draw(button) {
    if (this.stop) {
      this.stop(null);
      return Promise.resolve(null);
    }
    const frame = this.map.getContainer();
    const waiting = new AbortController();
    button.setAttribute('aria-pressed', 'true');
    frame.classList.add('is-drawing');
    this.hint.textContent = gettext('Drag over the map to draw the area. A tap or Esc ends it.');
    return new Promise((resolve) => {
      this.stop = (bbox) => {
        waiting.abort();
        this.stop = null;
        button.setAttribute('aria-pressed', 'false');
        frame.classList.remove('is-drawing');
        this.hint.textContent = '';
        resolve(bbox);
      };
      this.listen(frame, waiting.signal);
    });
  }

  listen(frame, signal) {
    let from = null;
    let made = null;
    const end = (bbox) => {
      made?.remove();
      this.stop(bbox);
    };
    const on = (target, type, act) => target.addEventListener(type, act, { signal, capture: true, passive: false });
    const taken = (act) => (event) => {
      // Neither the map moves nor a mark opens meanwhile.
      event.preventDefault();
      event.stopPropagation();
      act(this.map.mouseEventToContainerPoint(event), event);
    };
    on(frame, 'pointerdown', taken((point, event) => {
      if (from || !event.isPrimary) return;
      from = point;
      frame.setPointerCapture(event.pointerId);
      made = this.rectangle(this.bounds(from, from));
    }));
    on(frame, 'pointermove', taken((point) => from && made.setBounds(this.bounds(from, point))));
    on(frame, 'pointerup', taken((point) => {
      if (!from) return;
      const size = point.subtract(from);
      const isDrawn = Math.min(Math.abs(size.x), Math.abs(size.y)) >= LEAST_PX;
      end(isDrawn ? this.parameter(this.bounds(from, point)) : null);
    }));
    on(frame, 'pointercancel', () => end(null));
    for (const type of ['mousedown', 'touchstart', 'dblclick']) on(frame, type, taken(() => {}));
    on(document, 'keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      end(null);
    });
  }

  bounds(from, to) {
    return L.latLngBounds(this.map.containerPointToLatLng(from), this.map.containerPointToLatLng(to));
  }

  /** As far as the world goes. */
  parameter(bounds) {
    const within = (n, most) => Math.max(-most, Math.min(most, n));
    return asParameter({
      west: within(bounds.getWest(), 180),
      south: within(bounds.getSouth(), 85.05),
      east: within(bounds.getEast(), 180),
      north: within(bounds.getNorth(), 85.05),
    });
  }
}
