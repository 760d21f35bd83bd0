// Keeps the marks of the view on the map: old ones stay until the new ones are there, whole.
import { apart } from './declutter.js';
import { L } from './leaflet.js';
import { clusterMark, diameter, singleMark } from './marks.js';
import { covering } from './tiles.js';
import { covered } from './view.js';

const SINGLE_RADIUS = 17;
// Marks closer than this in height are read from left to right.
const LINE = 40;

/** From this zoom on a cluster opens as a list: its members are neighbours. */
export const LIST_FROM = 14;

/** Whether a cluster opens as a list; one whose members all stand at one place does at any zoom. */
export const opensList = (cluster, zoom) => Boolean(cluster.together) || zoom >= LIST_FROM;

/** Marks of one selection; tells what was drawn, what was chosen, and errors. */
export class MarkLayer {
  constructor(map, source, config, { onSingle, onCluster, onDrawn, onError }) {
    Object.assign(this, { map, source, config, onSingle, onCluster, onDrawn, onError });
    this.query = '';
    this.drawn = new Map();
    this.group = L.layerGroup().addTo(map);
    this.selected = null;
    map.on('moveend', () => this.refresh());
  }

  /** Show another selection. */
  select(query) {
    this.query = query;
    return this.refresh();
  }

  async refresh() {
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    const zoom = this.map.getZoom();
    const box = this.map.getBounds();
    const area = { west: box.getWest(), south: box.getSouth(), east: box.getEast(), north: box.getNorth() };
    try {
      const tiles = await this.source.load(this.query, covering(area, zoom), signal);
      if (!signal.aborted) this.draw(zoom, tiles);
    } catch (error) {
      if (error.name !== 'AbortError') this.onError(error);
    }
  }

  draw(zoom, tiles) {
    const wanted = new Map();
    for (const tile of tiles) {
      for (const cluster of tile.clusters) wanted.set(`${zoom}/${cluster.lon}/${cluster.lat}/${JSON.stringify(cluster.themes)}`, { cluster });
      for (const single of tile.initiatives) wanted.set(single.id, { single });
    }
    const focused = this.keyOf(document.activeElement);
    this.group.clearLayers();
    const kept = this.drawn;
    this.drawn = new Map();
    for (const [key, thing] of this.inReadingOrder(wanted)) {
      const mark = kept.get(key) ?? this.make(thing);
      this.drawn.set(key, mark);
      this.group.addLayer(mark.layer);
    }
    this.spread();
    if (focused) this.drawn.get(focused)?.button.focus({ preventScroll: true });
    this.highlight(this.selected);
    this.onDrawn([...this.drawn.values()].map(({ at }) => at));
  }

  /** Part marks that touch, and remember where each is seen. */
  spread() {
    const marks = [...this.drawn.values()];
    const points = marks.map(({ lat, lon, radius }) => ({ ...this.map.latLngToLayerPoint([lat, lon]), radius }));
    const { left, top, right, bottom } = covered(this.map);
    const size = this.map.getSize();
    apart(points).forEach(([dx, dy], index) => {
      const { button } = marks[index];
      const { x, y } = this.map.layerPointToContainerPoint(points[index]);
      // Tab visits what is in view; focus on a mark beyond would scroll the page instead of the map.
      button.tabIndex = x > left && x < size.x - right && y > top && y < size.y - bottom ? 0 : -1;
      button.style.insetInlineStart = `${dx}px`;
      button.style.insetBlockStart = `${dy}px`;
      marks[index].at = { x: points[index].x + dx, y: points[index].y + dy, radius: points[index].radius };
    });
  }

  keyOf(button) {
    for (const [key, mark] of this.drawn) if (mark.button === button) return key;
    return null;
  }

  inReadingOrder(wanted) {
    const place = ([, { cluster, single }]) => {
      const { lat, lon } = cluster ?? single;
      const point = this.map.latLngToLayerPoint([lat, lon]);
      return [Math.round(point.y / LINE), point.x];
    };
    return [...wanted]
      .map((entry) => [entry, place(entry)])
      .sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1])
      .map(([entry]) => entry);
  }

  make({ cluster, single }) {
    const { lat, lon } = cluster ?? single;
    const button = cluster ? clusterMark(this.config, cluster, opensList(cluster, this.map.getZoom())) : singleMark(this.config, single);
    const chosen = cluster ? () => this.onCluster(cluster) : (event) => this.onSingle(single, event.detail === 0);
    button.addEventListener('click', chosen);
    // The map would take a click or a key on a mark for one on itself.
    for (const type of ['click', 'dblclick', 'mousedown', 'touchstart', 'pointerdown']) button.addEventListener(type, L.DomEvent.stopPropagation);
    button.addEventListener('keydown', (event) => this.leave(event));
    const drawn = L.divIcon({ className: 'mark', html: button, iconSize: [0, 0] });
    const layer = L.marker([lat, lon], { icon: drawn, interactive: false, keyboard: false });
    return { button, layer, lat, lon, radius: cluster ? diameter(cluster.count) / 2 : SINGLE_RADIUS };
  }

  /** Esc goes back from a mark to the map, unless there is a card to close; other keys are the button's own. */
  leave(event) {
    if (event.key !== 'Escape') event.stopPropagation();
    else if (!document.querySelector('.sheet-card')) this.map.getContainer().focus();
  }

  /** Mark an initiative as chosen, by its slug, or none. */
  highlight(slug) {
    this.selected = slug;
    for (const { button } of this.drawn.values()) {
      if (button.dataset.slug) button.setAttribute('aria-expanded', String(button.dataset.slug === slug));
    }
  }

  /** Light the mark of a row under the pointer or focus. */
  light(slug) {
    for (const { button } of this.drawn.values()) button.classList.toggle('is-lit', Boolean(slug) && button.dataset.slug === slug);
  }

  /** The button of an initiative, if it stands on the map by itself. */
  button(slug) {
    return [...this.drawn.values()].find((mark) => mark.button.dataset.slug === slug)?.button;
  }
}
