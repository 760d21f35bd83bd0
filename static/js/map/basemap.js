// The built-in base map: land, water, borders and names served by us, so the map is never blank and calls no one.
import { json } from '../lib/request.js';
import { Area, groundOf, Line, ORDER } from './ground.js';
import { addLabels } from './labels.js';
import { L } from './leaflet.js';
import { arcs, borders, lines, polygons } from './topojson.js';

// From these zooms on the finer files are fetched and drawn.
const DETAIL_FROM = 7;
const REGIONS_FROM = 6;
const DEPARTMENTS_FROM = 8;
// Rivers are drawn for the continent; nearer they would look like sticks.
const RIVERS = [5, 8];

/** Draw the base map; returns its labels, which can make room for marks. */
export function addBasemap(map, { files, url, attribution, language }) {
  if (url) L.tileLayer(url, { attribution, maxZoom: 18, className: 'base-tiles' }).addTo(map);
  else new Basemap(map, files).start();
  map.getContainer().classList.add(url ? 'has-tiles' : 'has-land');
  return addLabels(map, files, language, { hidden: Boolean(url) });
}

class Basemap {
  constructor(map, files) {
    this.map = map;
    this.files = files;
    this.parts = new Map();
    this.asked = new Map();
    this.renderer = groundOf(map);
  }

  start() {
    this.map.on('zoomend moveend', () => this.refresh());
    this.refresh();
  }

  file(name) {
    if (!this.asked.has(name)) {
      const wanted = json(this.files[name]).then((topology) => ({ topology, all: arcs(topology) }));
      // A file that did not arrive is asked for again at the next move.
      wanted.catch(() => this.asked.delete(name));
      this.asked.set(name, wanted);
    }
    return this.asked.get(name);
  }

  /** Bring on the map what this zoom shows, take off what it does not. */
  async refresh() {
    const zoom = this.map.getZoom();
    const near = zoom >= DETAIL_FROM;
    const wanted = [
      ['land', !near, () => this.land()],
      ['near', near, () => this.near()],
      ['lakes', true, () => this.water('lakes')],
      ['rivers', RIVERS[0] <= zoom && zoom <= RIVERS[1], () => this.water('rivers')],
      ['regions', zoom >= REGIONS_FROM, () => this.inner('regions')],
      ['departments', zoom >= DEPARTMENTS_FROM, () => this.inner('departments')],
    ];
    for (const [name, shown, make] of wanted) {
      if (shown && !this.parts.has(name)) this.parts.set(name, make().catch(() => this.parts.delete(name)));
    }
    const ready = await Promise.all([...this.parts].map(async ([name, part]) => [name, await part]));
    if (this.map.getZoom() !== zoom) return;
    // The next level is drawn before the former one goes, so that land never blinks.
    const isShown = Object.fromEntries(wanted);
    for (const on of [true, false]) {
      for (const [name, part] of ready) {
        if (part?.addTo && isShown[name] === on && this.map.hasLayer(part) !== on) this.map[on ? 'addLayer' : 'removeLayer'](part);
      }
    }
  }

  polygon(shapes, name, order) {
    const { renderer } = this;
    return new Area(shapes, { renderer, order, className: name, interactive: false, stroke: false, smoothFactor: 0.6 });
  }

  line(shapes, name) {
    const { renderer } = this;
    return new Line(shapes, { renderer, order: ORDER.lines, className: name, interactive: false, fill: false });
  }

  async land() {
    const { topology, all } = await this.file('land');
    const countries = topology.objects.countries.geometries;
    return L.layerGroup([
      this.polygon(countries.flatMap((country) => polygons(all, country)), 'base-land', ORDER.land),
      this.line(borders(all, countries), 'base-borders'),
    ]);
  }

  async near() {
    const [far, detail] = await Promise.all([this.file('land'), this.file('detail')]);
    const fine = detail.topology.objects.countries.geometries;
    const codes = new Set(fine.map((country) => country.id));
    const coarse = far.topology.objects.countries.geometries;
    const others = coarse.filter((country) => !codes.has(country.id));
    return L.layerGroup([
      this.polygon(
        [
          ...others.flatMap((country) => polygons(far.all, country)),
          ...fine.flatMap((country) => polygons(detail.all, country)),
        ],
        'base-land',
        ORDER.land,
      ),
      this.line(
        [
          ...borders(far.all, coarse, (one, other) => !(codes.has(one) && codes.has(other))),
          ...borders(detail.all, fine),
        ],
        'base-borders',
      ),
    ]);
  }

  async water(kind) {
    const { topology, all } = await this.file('water');
    const shape = topology.objects[kind];
    if (kind === 'lakes') return this.polygon(polygons(all, shape), 'base-lakes', ORDER.lines);
    return this.line(lines(all, shape), 'base-rivers');
  }

  async inner(kind) {
    const { topology, all } = await this.file('regions');
    return this.line(lines(all, topology.objects[kind]), `base-${kind}`);
  }
}
