// Names of towns, countries and seas, thinned out by zoom; decoration for those who see, the list says the places.
import { turn } from '../lib/dom.js';
import { json } from '../lib/request.js';
import { Spots } from './spots.js';

const NEAR_FROM = 8;
// Towns that large by their least zoom are written stronger.
const LARGE_UP_TO = 5;
// Width of a letter in pixels, by kind.
const WIDTH = { '': 6.2, 'place--l': 7.4, 'place--c': 10.5, 'place--sea': 8.5 };

/** Write names on the map; the answer can move them out of the way of marks. */
export function addLabels(map, files, language, { hidden }) {
  const labels = new Labels(map, files, language);
  if (!hidden) labels.start();
  return labels;
}

class Labels {
  constructor(map, files, language) {
    this.map = map;
    this.files = files;
    this.language = language;
    this.sets = new Map();
    this.shown = new Map();
    this.marks = [];
    this.spots = new Spots(map, 'names');
    this.spots.pane.style.pointerEvents = 'none';
    this.spots.pane.setAttribute('aria-hidden', 'true');
  }

  start() {
    this.map.on('moveend', () => this.refresh());
    this.refresh();
  }

  async set(name, read) {
    if (!this.sets.has(name)) {
      const wanted = json(this.files[name]).then(read);
      wanted.catch(() => this.sets.delete(name));
      this.sets.set(name, wanted);
    }
    return this.sets.get(name);
  }

  town([name, lon, lat, min, names]) {
    return { name: names?.[this.language] ?? name, lon, lat, min, max: 18, kind: min <= LARGE_UP_TO ? 'place--l' : '' };
  }

  area({ names, lon, lat, min, max }, kind) {
    return { name: names[this.language] ?? names.en, lon, lat, min, max, kind };
  }

  async all() {
    const far = await this.set('labels', (read) => [
      ...read.countries.map((row) => this.area(row, 'place--c')),
      ...read.seas.map((row) => this.area(row, 'place--sea')),
      ...read.places.map((row) => this.town(row)),
    ]);
    if (this.map.getZoom() < NEAR_FROM) return far;
    return [...far, ...(await this.set('nearLabels', (read) => read.places.map((row) => this.town(row))))];
  }

  async refresh() {
    const asked = {};
    this.asked = asked;
    let rows;
    try {
      rows = await this.all();
    } catch {
      // Names are no necessity: they come with the next move.
      return;
    }
    await turn();
    if (this.asked !== asked) return;
    const zoom = this.map.getZoom();
    const box = this.map.getBounds().pad(0.1);
    const [west, south, east, north] = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    const inside = rows.filter(({ lon, lat, min, max }) => min <= zoom && zoom <= max && west < lon && lon < east && south < lat && lat < north);
    const kept = this.shown;
    // From the most important on.
    this.shown = new Map(inside.map((row) => [row, kept.get(row) ?? this.write(row)]));
    this.spots.show([...this.shown.values()].map(({ spot }) => spot));
    this.arrange();
  }

  write(row) {
    const text = document.createElement('span');
    text.className = `place ${row.kind}`;
    text.textContent = row.name;
    return { text, half: (row.name.length * WIDTH[row.kind]) / 2, spot: { node: text, lat: row.lat, lon: row.lon } };
  }

  /** Move names out from under marks, {x, y, radius} in the map's own pixels. */
  avoid(marks) {
    this.marks = marks;
    this.arrange();
  }

  /** Names from the most important on; one that would run into another, or has no room, is not written. */
  arrange() {
    const taken = [];
    for (const label of this.shown.values()) {
      const { text, half, spot: { x, y } } = label;
      const near = this.marks.find((mark) => Math.abs(mark.x - x) < mark.radius + 20 && Math.abs(mark.y - y) < mark.radius + 6);
      const places = near ? [near.y - y + near.radius + 9, near.y - y - near.radius - 9] : [0];
      const dy = places.map(Math.round).find((moved) => this.isFree([x - half, y + moved - 9, x + half, y + moved + 9], taken, near));
      if (dy !== undefined) taken.push([x - half, y + dy - 9, x + half, y + dy + 9]);
      if (label.dy === dy && label.isWritten) continue;
      Object.assign(label, { dy, isWritten: true });
      text.hidden = dy === undefined;
      text.style.setProperty('--dy', `${dy ?? 0}px`);
    }
  }

  /** Whether a box [left, top, right, bottom] meets no name, and no mark but the one it belongs to. */
  isFree([left, top, right, bottom], taken, own) {
    const meets = (other) => left < other[2] && other[0] < right && top < other[3] && other[1] < bottom;
    return (
      !taken.some(meets) &&
      !(own && this.marks.some((mark) => mark !== own && meets([mark.x - mark.radius, mark.y - mark.radius + 6, mark.x + mark.radius, mark.y + mark.radius - 6])))
    );
  }
}
