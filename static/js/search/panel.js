// The panel beside the map: parts that the server renders for a selection, rows for what is in view.
import { rested } from '../lib/dom.js';
import { fragment, RequestError } from '../lib/request.js';
import { fill, gettext, ngettext, number } from '../lib/words.js';
import { address, withValues } from './filters.js';

// Bones appear only after this; a count is spoken after this much rest.
const PATIENCE_MS = 300;
const SPOKEN_MS = 500;

const part = (name) => document.querySelector(`[data-into="${name}"]`);

/** Shows counts, facets, pills and rows; `config` holds the addresses of the fragments. */
export class Panel {
  constructor(config, { onRetry }) {
    Object.assign(this, { config, onRetry });
    this.rows = document.querySelector('[data-rows]');
    this.empty = document.querySelector('[data-empty]');
    this.counts = document.querySelector('[data-counts]');
    this.status = document.querySelector('[data-count-status]');
    this.speak = rested(SPOKEN_MS, (text) => {
      this.status.textContent = text;
    });
  }

  /** Facets, pills, selects and the number that match, for another selection. */
  async select(query, signal) {
    const { html, matched } = await fragment(address(this.config.panel, query), signal);
    const parsed = document.createElement('template');
    parsed.innerHTML = html;
    document.title = parsed.content.querySelector('[data-title]').dataset.title;
    for (const made of parsed.content.querySelectorAll('[data-part]')) this.fill(made);
    this.matched = matched;
    document.querySelector('[data-list-link]').href = address(this.config.list, query);
  }

  /** Put a part in place; focus stays on the same filter, else goes to the next thing of its kind. */
  fill(made) {
    const place = part(made.dataset.part);
    const focused = place.contains(document.activeElement) ? document.activeElement : null;
    const { slug } = focused?.dataset ?? {};
    const id = focused?.id;
    place.innerHTML = made.innerHTML;
    if (!focused) return;
    const same = (slug && place.querySelector(`[data-slug="${CSS.escape(slug)}"]`)) || (id && document.getElementById(id));
    (same || place.querySelector('a, button, select') || document.getElementById('q')).focus({ preventScroll: true });
  }

  /** First rows of a selection within a box, and how many there are; null as box: none can be there. */
  async view(query, bbox, signal) {
    const waiting = setTimeout(() => this.rows.classList.add('is-waiting'), PATIENCE_MS);
    try {
      const matched = await this.list(this.rows, query, bbox, signal);
      this.choose(this.chosen);
      this.tell(matched);
    } finally {
      clearTimeout(waiting);
      if (!signal.aborted) this.rows.classList.remove('is-waiting');
    }
  }

  page(query, bbox, place, signal) {
    return fragment(address(this.config.rows, withValues(query, { bbox, page: place > 1 ? String(place) : '' })), signal);
  }

  /** Fill a list with the first rows of a selection within a box; it remembers both for the next rows. */
  async list(rows, query, bbox, signal) {
    const { html, matched } = bbox ? await this.page(query, bbox, 1, signal) : { html: '', matched: 0 };
    const focused = rows.contains(document.activeElement) && document.activeElement.closest('.row')?.dataset.slug;
    rows.innerHTML = html;
    if (focused) rows.querySelector(`.row[data-slug="${CSS.escape(focused)}"] a`)?.focus({ preventScroll: true });
    Object.assign(rows.dataset, { query, bbox: bbox ?? '' });
    return matched;
  }

  /** The next rows below the ones that are there; focus goes to the first of them. */
  async more(button) {
    button.setAttribute('aria-busy', 'true');
    const { query, bbox } = button.closest('[data-bbox]').dataset;
    const { html } = await this.page(query, bbox, Number(button.dataset.more));
    const place = button.closest('li');
    if (!place) return;
    place.insertAdjacentHTML('afterend', html);
    const next = place.nextElementSibling;
    place.remove();
    next?.querySelector('a, button')?.focus();
  }

  /** Mark the row of the initiative whose card is open, or none. */
  choose(slug) {
    this.chosen = slug;
    for (const row of this.rows.querySelectorAll('.row')) {
      if (slug && row.dataset.slug === slug) row.setAttribute('aria-current', 'true');
      else row.removeAttribute('aria-current');
    }
  }

  tell(inView) {
    const shown = fill(ngettext('%(n)s in view', '%(n)s in view', inView), { n: `<b class="num">${number(inView)}</b>` });
    const all = fill(ngettext('%(n)s in all', '%(n)s in all', this.matched), { n: `<span class="num">${number(this.matched)}</span>` });
    this.counts.innerHTML = `${shown} <span>· ${all}</span>`;
    this.speak(this.counts.textContent);
    this.empty.replaceChildren();
    if (this.matched === 0) this.empty.append(part('empty').content.cloneNode(true));
    else if (inView === 0) this.empty.append(document.getElementById('nothing-here').content.cloneNode(true));
  }

  /** Say that the list is out of date, and offer to try again. */
  fail(error) {
    const text =
      error instanceof RequestError && error.status
        ? gettext('A mistake on our side. The list may be out of date.')
        : gettext('The list is out of date. The connection was lost.');
    const notice = document.getElementById('try-again').content.cloneNode(true);
    notice.querySelector('[data-text]').textContent = text;
    notice.querySelector('button').addEventListener('click', this.onRetry);
    this.empty.replaceChildren(notice);
  }
}
