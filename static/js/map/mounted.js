// A map on a page that is not the map page: marks, clusters, cards, the list of those at one place; no panel.
import { Card } from '../components/card.js';
import { config } from '../lib/dom.js';
import { fragment } from '../lib/request.js';
import { address, meet, valuesOf, withValues } from '../search/filters.js';
import { addBasemap } from './basemap.js';
import { LIST_FROM, MarkLayer, opensList } from './marklayer.js';
import { cellAround, TileSource } from './tiles.js';
import { asParameter, begin, centre, makeMap } from './view.js';

const STEP = 2;

/** The map of a selection in the page's [data-map]; `hash` is a view to open on, `options` are those of the map. */
export class Mounted {
  constructor(settings, { hash = '', options = {} } = {}) {
    this.settings = settings;
    this.map = makeMap(document.querySelector('[data-map]'), options);
    begin(this.map, hash, settings.bounds);
    this.labels = addBasemap(this.map, config('basemap-config'));
    this.card = new Card(document.querySelector('[data-card]'), settings, { onClose: () => this.close() });
    const fail = () => this.fail();
    this.marks = new MarkLayer(this.map, new TileSource(settings.tiles), settings, {
      onSingle: (single, byKeyboard) => this.open(single.slug, byKeyboard),
      onCluster: (cluster) => this.enter(cluster),
      onDrawn: (drawn) => this.labels.avoid(drawn),
      onError: fail,
    });
    const territories = valuesOf(settings.query, 'territory');
    if (territories.length) this.outline(territories).catch(fail);
    document.querySelector('[data-controls]').hidden = false;
    for (const button of document.querySelectorAll('[data-zoom]')) {
      button.addEventListener('click', () => this.map.setZoom(this.map.getZoom() + Number(button.dataset.zoom)));
    }
    this.marks.select(settings.query).then(() => {
      document.documentElement.dataset.ready = 'true';
    });
  }

  /** Say on the map that something did not come. */
  fail() {
    document.querySelector('[data-failed]').hidden = false;
  }

  /** The card of an initiative; `take` moves focus to its title. */
  open(slug, take) {
    this.marks.highlight(slug);
    this.card.open(slug, take).catch(() => this.fail());
  }

  /** Close the card; focus goes back to its mark. */
  close() {
    const button = this.marks.button(this.card.slug);
    this.card.close();
    this.marks.highlight(null);
    (button ?? this.map.getContainer()).focus({ preventScroll: true });
  }

  enter(cluster) {
    const zoom = this.map.getZoom();
    if (opensList(cluster, zoom)) this.list(cluster, zoom).catch(() => this.fail());
    else centre(this.map, [cluster.lat, cluster.lon], Math.min(zoom + STEP, LIST_FROM));
  }

  /** Those that stand at one place, as a list. */
  async list(cluster, zoom) {
    const { query, rows } = this.settings;
    const box = meet(cellAround(cluster, zoom), new URLSearchParams(query).get('bbox'));
    const { html } = await fragment(address(rows, withValues(query, { bbox: box && asParameter(box) })));
    const shown = document.getElementById('spot').content.cloneNode(true);
    shown.querySelector('[data-spot]').innerHTML = html;
    // More than a card holds is read on the site.
    shown.querySelector('.panel__more')?.remove();
    this.card.put(shown, true);
  }

  /** Who draws outlines comes only where there is one. */
  async outline(codes) {
    const { Outlines } = await import('./outline.js');
    await new Outlines(this.map, this.settings.outline).show(codes);
  }
}
