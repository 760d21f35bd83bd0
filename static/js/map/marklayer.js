// Keeps the marks of the view on the map: old ones stay until all tiles of the new view have come.
import { turn } from '../lib/dom.js';
import { apart } from './declutter.js';
import { L } from './leaflet.js';
import { clusterMark, colourIn, diameter, isLaureate, onScheme, singleMark } from './marks.js';
import { Spots } from './spots.js';
import { covering } from './tiles.js';
import { covered } from './view.js';

const SINGLE_RADIUS = 17;
// So many new marks at once: more, and the page would not answer meanwhile.
const AT_ONCE = 24;
// Milliseconds until the next ones: a frame that is asked for while the last one is still drawn holds up the page.
const PAUSE = 40;
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
    this.spots = new Spots(map, 'marks');
    this.selected = this.lit = null;
    map.on('moveend', () => this.refresh());
    onScheme(() => {
      for (const { button, cluster } of this.drawn.values()) if (cluster) colourIn(button, config.themes, cluster);
    });
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
      await turn();
      if (!signal.aborted) this.draw(zoom, tiles);
    } catch (error) {
      if (error.name !== 'AbortError') this.onError(error);
    }
  }

  draw(zoom, tiles) {
    // Asked before anything is written: afterwards the browser would have to lay out the page for the answer.
    const frame = this.frame();
    const places = this.places(zoom, tiles);
    const kept = this.drawn;
    const known = (place) => kept.has(place.key);
    this.drawn = new Map(places.filter(known).map(({ key }) => [key, kept.get(key)]));
    const made = places.filter((place) => !known(place));
    const round = {};
    this.round = round;
    const some = () => {
      if (this.round !== round) return;
      for (const place of made.splice(0, AT_ONCE)) this.drawn.set(place.key, this.make(place));
      this.stand(places, frame);
      this.highlight(this.selected);
      this.light(this.lit);
      if (made.length) setTimeout(some, PAUSE);
    };
    some();
    this.onDrawn(places);
  }

  /** Where each mark is seen, {key, cluster or single, x, y, dx, dy, radius}, in reading order; marks that touch are parted. */
  places(zoom, tiles) {
    const found = new Map();
    const add = (key, thing, { lat, lon }, radius) => found.set(key, { key, ...thing, radius, at: this.map.latLngToLayerPoint([lat, lon]) });
    for (const tile of tiles) {
      for (const cluster of tile.clusters) add(`${zoom}/${cluster.lon}/${cluster.lat}/${JSON.stringify(cluster.themes)}`, { cluster }, cluster, diameter(cluster.count) / 2);
      for (const single of tile.initiatives) add(`${single.id}${single.aged ? '/aged' : ''}${isLaureate(single, this.query) ? '/laureate' : ''}`, { single }, single, SINGLE_RADIUS);
    }
    const line = ({ at }) => Math.round(at.y / LINE);
    const sorted = [...found.values()].sort((a, b) => line(a) - line(b) || a.at.x - b.at.x);
    const offsets = apart(sorted.map(({ at, radius }) => ({ x: at.x, y: at.y, radius })));
    return sorted.map(({ at, ...place }, index) => {
      const [dx, dy] = offsets[index];
      return { ...place, dx, dy, x: at.x + dx, y: at.y + dy };
    });
  }

  /** The part of the map that nothing covers, in the map's own pixels. */
  frame() {
    const { left, top, right, bottom } = covered(this.map);
    const { x, y } = this.map.getSize();
    return L.bounds(this.map.containerPointToLayerPoint([left, top]), this.map.containerPointToLayerPoint([x - right, y - bottom]));
  }

  /** Put the marks that are made on the map. */
  stand(places, frame) {
    const there = places.filter(({ key }) => this.drawn.has(key));
    for (const { key, dx, dy, x, y } of there) {
      const { button, spot } = this.drawn.get(key);
      // Tab visits what is in view; focus on a mark beyond would scroll the page instead of the map.
      const tabIndex = frame.contains([x - dx, y - dy]) ? 0 : -1;
      if (button.tabIndex !== tabIndex) button.tabIndex = tabIndex;
      Object.assign(spot, { dx, dy });
    }
    this.spots.show(there.map(({ key }) => this.drawn.get(key).spot));
  }

  make({ cluster, single }) {
    const { lat, lon } = cluster ?? single;
    const button = cluster ? clusterMark(this.config, cluster, opensList(cluster, this.map.getZoom())) : singleMark(this.config, single, isLaureate(single, this.query));
    button.addEventListener('click', (event) => {
      event.stopPropagation();
      // The map may be dragged by a mark: where they stand close there is nothing else to take hold of.
      if (event.detail && this.map.dragging.moved()) return;
      if (cluster) this.onCluster(cluster);
      else this.onSingle(single, event.detail === 0);
    });
    // The map would take two clicks or a key on a mark for some on itself.
    button.addEventListener('dblclick', L.DomEvent.stopPropagation);
    button.addEventListener('keydown', (event) => this.leave(event));
    return { button, cluster, spot: { node: button, lat, lon } };
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
      const isOpen = String(button.dataset.slug === slug);
      if (button.dataset.slug && button.getAttribute('aria-expanded') !== isOpen) button.setAttribute('aria-expanded', isOpen);
    }
  }

  /** Light the mark of a row under the pointer or focus, also once it stands by itself. */
  light(slug) {
    this.lit = slug;
    for (const { button } of this.drawn.values()) button.classList.toggle('is-lit', Boolean(slug) && button.dataset.slug === slug);
  }

  /** The button of an initiative, if it stands on the map by itself. */
  button(slug) {
    return [...this.drawn.values()].find((mark) => mark.button.dataset.slug === slug)?.button;
  }
}
