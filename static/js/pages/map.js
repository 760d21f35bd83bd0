// The map page: joins map, marks, panel, search and card. The address is the state: query = filters, hash = view, path = card.
import { Card } from '../components/card.js';
import { makeSheet } from '../components/sheet.js';
import { config, isPhone, isPlain, rested } from '../lib/dom.js';
import { addBasemap } from '../map/basemap.js';
import { Links } from '../map/links.js';
import { LIST_FROM, MarkLayer, opensList } from '../map/marklayer.js';
import { cellAround, TileSource } from '../map/tiles.js';
import { asParameter, begin, centre, fit, makeMap, readHash, visibleBox, writeHash } from '../map/view.js';
import { address, carry, meet, queryOf, valuesOf, withValues } from '../search/filters.js';
import { Panel } from '../search/panel.js';
import { Suggest } from '../search/suggest.js';

const settings = config('map-config');
const REST_MS = 120;
const STEP = 2;
const NEAR_ZOOM = 12;
const WHOLE = [[34, -25], [71, 45]];

class MapPage {
  constructor() {
    // What the server understood of the address.
    this.query = settings.query;
    this.map = makeMap(document.querySelector('[data-map]'));
    this.panel = new Panel(settings, { onRetry: () => this.refresh() });
    // The server has rendered this selection already.
    this.panel.matched = settings.matched;
    this.card = new Card(document.querySelector('[data-card]'), settings, { onClose: () => this.closeCard() });
    this.suggest = new Suggest(document.querySelector('[data-search]'), settings, {
      choose: (kind, row) => this.chosen(kind, row),
      submit: (words) => this.filter(withValues(this.query, { q: words })),
    });
    this.sheet = makeSheet(document.querySelector('[data-handle]'), () => this.look());
    this.look = rested(REST_MS, () => {
      this.note();
      this.view();
    });
  }

  start() {
    begin(this.map, location.hash, settings.bounds);
    this.labels = addBasemap(this.map, config('basemap-config'));
    this.links = new Links(this.map);
    this.marks = new MarkLayer(this.map, new TileSource(settings.tiles), settings, {
      onSingle: (single, byKeyboard) => this.openCard(single.slug, { take: byKeyboard }),
      onCluster: (cluster) => this.enter(cluster),
      onDrawn: (marks) => this.labels.avoid(marks),
      onError: (error) => this.panel.fail(error),
    });
    this.map.on('moveend', () => this.look());
    this.wireControls();
    this.wirePanel();
    window.addEventListener('popstate', () => this.follow());
    this.draw({ move: !location.hash });
    this.view();
    document.documentElement.dataset.ready = 'true';
  }

  wireControls() {
    for (const place of ['[data-controls]', '[data-legend]', '[data-areas]']) document.querySelector(place).hidden = false;
    for (const button of document.querySelectorAll('[data-zoom]')) {
      button.addEventListener('click', () => this.map.setZoom(this.map.getZoom() + Number(button.dataset.zoom)));
    }
    document.querySelector('[data-locate]').addEventListener('click', (event) => {
      this.locate(event.currentTarget).catch((error) => this.panel.fail(error));
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.card.isOpen && !document.querySelector('details.drop[open]')) this.closeCard();
    });
    document.querySelector('[data-scroll]').addEventListener('focusin', () => {
      if (isPhone() && document.documentElement.dataset.sheet === 'peek') this.sheet.set('half');
    });
    if (isPhone()) document.querySelector('[data-legend]').open = false;
  }

  async locate(button) {
    const { locate } = await import('../map/locate.js');
    locate(button, ({ lat, lon }) => centre(this.map, [lat, lon], NEAR_ZOOM));
  }

  wirePanel() {
    document.addEventListener('click', (event) => this.click(event));
    document.querySelector('[data-selects]').addEventListener('change', (event) => {
      const { name, value } = event.target;
      this.filter(withValues(this.query, { [name]: value }));
    });
    const rows = document.querySelector('[data-rows]');
    const lit = (event) => this.marks.light(event.target.closest('.row')?.dataset.slug ?? null);
    for (const type of ['pointerover', 'focusin']) rows.addEventListener(type, lit);
    for (const type of ['pointerleave', 'focusout']) rows.addEventListener(type, () => this.marks.light(null));
  }

  /** Links that only change the selection, rows, and more rows. */
  click(event) {
    if (!isPlain(event)) return;
    const more = event.target.closest('[data-more]');
    if (more) this.panel.more(more).catch((error) => this.panel.fail(error));
    if (event.target.closest('[data-everywhere]')) fit(this.map, settings.bounds ?? WHOLE);
    const area = event.target.closest('[data-area]');
    if (area) this.keepTo(area).catch((error) => this.panel.fail(error));
    const link = event.target.closest('a[href]');
    if (!link || link.origin !== location.origin || link.target) return;
    const row = !link.matches('.badge') && link.closest('.row');
    if (row && link.closest('[data-rows], [data-card]')) {
      event.preventDefault();
      this.openCard(row.dataset.slug, { take: event.detail === 0, move: true });
    } else if (link.pathname === settings.map && link.closest('[data-panel], .filterbar, [data-card]')) {
      event.preventDefault();
      const query = queryOf(link.href);
      this.closeCard({ silent: query !== this.query });
      this.filter(query);
    }
  }

  chosen(kind, row) {
    document.getElementById('q').value = new URLSearchParams(this.query).get('q') ?? '';
    if (kind === 'initiative') this.openCard(row.slug, { take: true, move: true });
    else if (kind === 'place') {
      this.closeCard({ silent: true });
      if (new URLSearchParams(this.query).has('q')) this.filter(withValues(this.query, { q: '' }));
      centre(this.map, [row.lat, row.lon], row.zoom);
    } else this.filter(withValues(this.query, { territory: row.code, q: '' }));
  }

  /** Another selection: a step in the history. */
  filter(query) {
    this.note();
    this.closeCard({ silent: true });
    if (query === this.query) {
      history.replaceState(null, '', address(settings.map, query) + writeHash(this.map));
      return;
    }
    const places = valuesOf(this.query, 'territory').join();
    this.query = query;
    history.pushState(null, '', address(settings.map, query) + writeHash(this.map));
    document.getElementById('q').value = new URLSearchParams(query).get('q') ?? '';
    this.apply({ move: valuesOf(query, 'territory').join() !== places });
  }

  /** Show the selection of `this.query`, on the map and in the panel. */
  apply({ move }) {
    this.draw({ move });
    this.refresh();
    carry(settings.map, this.query);
  }

  /** Marks, outlines and the edge of a box; `move` goes to the territories. */
  draw({ move }) {
    const query = this.query;
    this.marks.select(query);
    const bbox = new URLSearchParams(query).get('bbox');
    if (bbox || this.area) this.areas().then((area) => area.show(bbox)).catch((error) => this.panel.fail(error));
    this.outline(valuesOf(query, 'territory'))
      .then((box) => box && move && fit(this.map, box))
      .catch((error) => this.panel.fail(error));
  }

  /** Draw the outlines of territories; who draws them comes with the first. */
  async outline(codes) {
    if (!codes.length && !this.outlines) return null;
    this.outlines ??= import('../map/outline.js').then(({ Outlines }) => new Outlines(this.map, settings.outline));
    // What did not arrive is asked for again with the next filter.
    this.outlines.catch(() => {
      this.outlines = null;
    });
    return (await this.outlines).show(codes);
  }

  /** The area that a box selects; who knows it comes with the first. */
  async areas() {
    const { areaOf } = await import('../map/area.js');
    this.area = areaOf(this.map);
    return this.area;
  }

  /** Keep to what is in view, or to what is drawn. */
  async keepTo(button) {
    const bbox = await (await this.areas()).choose(button, this.sheet);
    if (bbox) this.filter(withValues(this.query, { bbox }));
  }

  async refresh() {
    this.asking?.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      await this.panel.select(this.query, signal);
      await this.view();
    } catch (error) {
      if (error.name !== 'AbortError') this.panel.fail(error);
    }
  }

  /** Write the view into the address; not at every step of the map: browsers refuse more than a few a second. */
  note() {
    if (!this.card.slug) history.replaceState(history.state, '', address(settings.map, this.query) + writeHash(this.map));
  }

  /** Count and list what is in view. */
  async view() {
    this.looking?.abort();
    this.looking = new AbortController();
    const box = meet(visibleBox(this.map), new URLSearchParams(this.query).get('bbox'));
    try {
      await this.panel.view(this.query, box && asParameter(box), this.looking.signal);
    } catch (error) {
      if (error.name !== 'AbortError') this.panel.fail(error);
    }
  }

  /** Zoom into a cluster; near by, list what it holds. */
  async enter(cluster) {
    const zoom = this.map.getZoom();
    if (!opensList(cluster, zoom)) {
      centre(this.map, [cluster.lat, cluster.lon], Math.min(zoom + STEP, LIST_FROM));
      return;
    }
    const box = meet(cellAround(cluster, zoom), new URLSearchParams(this.query).get('bbox'));
    const list = document.getElementById('spot').content.cloneNode(true);
    try {
      await this.panel.list(list.querySelector('[data-spot]'), this.query, box && asParameter(box));
    } catch (error) {
      this.panel.fail(error);
      return;
    }
    this.links.show(null);
    this.card.put(list, true);
  }

  /** Slide the card in; the address becomes its page, which stands alone. */
  async openCard(slug, { take = false, move = false, push = true } = {}) {
    if (push) {
      this.note();
      history.pushState({ card: slug, query: this.query }, '', settings.page.replace('{slug}', encodeURIComponent(slug)));
    }
    this.opener = document.activeElement;
    try {
      await this.card.open(slug, take);
    } catch {
      // Without a card there is still the page.
      location.assign(settings.page.replace('{slug}', encodeURIComponent(slug)));
      return;
    }
    // Another card was opened, or this one closed, while it came.
    if (this.card.slug !== slug) return;
    this.title ??= document.title;
    document.title = `${this.card.slot.querySelector('h2').textContent} – ${settings.site}`;
    this.marks.highlight(slug);
    this.panel.choose(slug);
    const spot = this.card.slot.querySelector('[data-lat]');
    this.links.show(spot);
    if (move && spot) this.goTo([Number(spot.dataset.lat), Number(spot.dataset.lon)]);
  }

  goTo(point) {
    const box = visibleBox(this.map);
    const inside = box.south < point[0] && point[0] < box.north && box.west < point[1] && point[1] < box.east;
    if (!inside || this.map.getZoom() < NEAR_ZOOM - 4 || isPhone()) centre(this.map, point, Math.max(this.map.getZoom(), NEAR_ZOOM - 2));
  }

  /** Close the card; focus goes back to its mark, else to what opened it. */
  closeCard({ silent = false } = {}) {
    const { slug } = this.card;
    if (!this.card.isOpen && !slug) return;
    this.card.close();
    document.title = this.title ?? document.title;
    this.title = null;
    this.marks.highlight(null);
    this.links.show(null);
    this.panel.choose(null);
    if (silent) return;
    if (slug) history.pushState(null, '', address(settings.map, this.query) + writeHash(this.map));
    const back = this.marks.button(slug) ?? this.opener;
    (back?.isConnected ? back : this.map.getContainer()).focus({ preventScroll: true });
  }

  /** The visitor went back or forward. */
  follow() {
    const slug = history.state?.card;
    if (slug) {
      this.restore(history.state.query ?? this.query);
      this.openCard(slug, { push: false });
      return;
    }
    this.closeCard({ silent: true });
    const { hash } = location;
    // First, because a move of the map writes the address anew.
    this.restore(queryOf(location.href));
    if (readHash(hash) || !hash) begin(this.map, hash, settings.bounds);
  }

  restore(query) {
    if (query === this.query) return;
    this.query = query;
    document.getElementById('q').value = new URLSearchParams(query).get('q') ?? '';
    this.apply({ move: false });
  }
}

new MapPage().start();
