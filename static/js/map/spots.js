// Elements that stand at points of the map. Leaflet's own markers are each a layer of the compositor with listeners of
// its own: hundreds of them make the map stutter. These lie flat in one pane, and one listener moves all.
import { L } from './leaflet.js';

// From below; a pane without a number would lie over all that stand in its own.
const PANES = ['names', 'marks'];

/** The elements of a pane: each a spot {node, lat, lon}, with dx and dy where it stands beside its point. */
export class Spots {
  constructor(map, pane) {
    this.map = map;
    this.pane = map.createPane(pane, map.getPane('markerPane'));
    this.pane.style.zIndex = PANES.indexOf(pane);
    this.shown = new Set();
    map.on('zoom viewreset', () => this.shown.forEach((spot) => this.stand(spot)));
    map.on('zoomanim', ({ center, zoom }) => this.glide(center, zoom));
  }

  /** Show these and no others, in this order; one that is there already stays as it is. */
  show(spots) {
    const wanted = new Set(spots);
    for (const spot of this.shown) if (!wanted.has(spot)) spot.node.remove();
    this.shown = wanted;
    let next = this.pane.firstElementChild;
    for (const spot of spots) {
      this.stand(spot);
      if (spot.node === next) next = next.nextElementSibling;
      else this.pane.insertBefore(spot.node, next);
    }
  }

  // By its edges, not by a transform: what is transformed is a part of its own to the compositor.
  stand(spot) {
    const { style } = spot.node;
    const { x, y } = this.map.latLngToLayerPoint([spot.lat, spot.lon]);
    const [left, top] = [x + (spot.dx ?? 0), y + (spot.dy ?? 0)];
    if (style.transform) style.transform = '';
    if (spot.left === left && spot.top === top) return;
    Object.assign(spot, { x, y, left, top });
    style.left = `${left}px`;
    style.top = `${top}px`;
  }

  /** Go to where the spots will be when the map has zoomed; Leaflet's class makes it a movement. */
  glide(center, zoom) {
    const half = this.map.getSize().divideBy(2);
    const moved = L.DomUtil.getPosition(this.map.getPane('mapPane'));
    const origin = this.map.project(center, zoom).subtract(half).add(moved).round();
    for (const { node, lat, lon, x, y } of this.shown) {
      const to = this.map.project([lat, lon], zoom).subtract(origin).round();
      node.classList.add('leaflet-zoom-animated');
      node.style.transform = `translate(${to.x - x}px, ${to.y - y}px)`;
    }
  }
}
