// Land and lines as Leaflet draws them, spared of what nobody sees: the base map has a hundred thousand points.
import { turn } from '../lib/dom.js';
import { L } from './leaflet.js';

const PANE = 'ground';
const UNDER_MARKS = 250;

/** A drawing that is larger than the screen, and made anew only when the map has left it. */
const Ground = L.SVG.extend({
  options: { padding: 0.4, pane: PANE },

  /** Shapes lie on each other by their `order`, whichever came first. */
  _addPath(layer) {
    L.SVG.prototype._addPath.call(this, layer);
    const path = layer._path;
    path.order = layer.options.order;
    const above = [...this._rootGroup.children].find((other) => other.order > path.order);
    if (above) this._rootGroup.insertBefore(path, above);
  },

  getEvents() {
    return { ...L.SVG.prototype.getEvents.call(this), moveend: this.follow };
  },

  async follow() {
    await turn();
    // Zooming draws it anew in any case.
    if (!this._map || this._map._animatingZoom) return;
    const size = this._map.getSize();
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    const isInside = this._zoom === this._map.getZoom() && this.size?.equals(size) && this._bounds.contains(L.bounds(corner, corner.add(size)));
    if (isInside) return;
    this.size = size;
    this._update();
  },
});

function boxOf(points) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    if (x < box.left) box.left = x;
    if (x > box.right) box.right = x;
    if (y < box.top) box.top = y;
    if (y > box.bottom) box.bottom = y;
  }
  return box;
}

const meets = ({ left, top, right, bottom }, { min, max }) => left <= max.x && right >= min.x && top <= max.y && bottom >= min.y;

/** Leaflet simplifies and clips all rings at every move: once a zoom, and those in sight, are enough. */
const spared = (Shape) =>
  Shape.extend({
    _project() {
      Shape.prototype._project.call(this);
      this.all = this._rings.map((ring) => L.LineUtil.simplify(ring, this.options.smoothFactor));
      this.boxes = this.all.map(boxOf);
    },

    _clipPoints() {
      this._rings = this.all.filter((ring, index) => meets(this.boxes[index], this._renderer._bounds));
      Shape.prototype._clipPoints.call(this);
    },

    // Done by _project.
    _simplifyPoints() {},
  });

export const Area = spared(L.Polygon);
export const Line = spared(L.Polyline);

/** What lies on what. */
export const ORDER = { land: 0, outline: 1, lines: 2, links: 3 };

const grounds = new WeakMap();

/** The one drawing under the marks of a map: each further one would be as large, and be put together at every move. */
export function groundOf(map) {
  if (!grounds.has(map)) {
    const pane = map.createPane(PANE);
    pane.style.zIndex = UNDER_MARKS;
    pane.style.pointerEvents = 'none';
    grounds.set(map, new Ground());
  }
  return grounds.get(map);
}
