// The search box as a combobox: initiatives, words, towns and territories while typing.
import { element, icon, rested } from '../lib/dom.js';
import { json } from '../lib/request.js';
import { fill, gettext, ngettext, number } from '../lib/words.js';

const SHORTEST = 2;
const PAUSE_MS = 160;

/** Suggestions under an input; `choose(kind, row)` is called with what was taken, `submit(words)` with what was typed. */
export class Suggest {
  constructor(form, config, { choose, submit }) {
    Object.assign(this, { form, config, choose, submit });
    this.input = form.querySelector('input[type="search"]');
    this.list = form.querySelector('[role="listbox"]');
    this.status = form.querySelector('[data-suggest-status]');
    for (const [name, value] of Object.entries({
      role: 'combobox',
      'aria-expanded': 'false',
      'aria-controls': this.list.id,
      'aria-autocomplete': 'list',
    })) this.input.setAttribute(name, value);
    const ask = rested(PAUSE_MS, (asked) => asked === this.asked && this.load());
    this.input.addEventListener('input', () => {
      this.asked = (this.asked ?? 0) + 1;
      ask(this.asked);
    });
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('blur', () => this.close());
    form.addEventListener('submit', (event) => this.send(event));
  }

  send(event) {
    event.preventDefault();
    this.leave();
    this.submit(this.input.value.trim());
  }

  /** Forget what was being asked, so that no late answer opens the list again. */
  leave() {
    this.asked = (this.asked ?? 0) + 1;
    this.request?.abort();
    this.close();
  }

  async load() {
    const words = this.input.value.trim();
    this.request?.abort();
    if (words.length < SHORTEST) {
      this.close();
      if (!words && this.had) this.submit('');
      this.had = false;
      return;
    }
    this.had = true;
    this.request = new AbortController();
    try {
      const found = await json(`${this.config.suggest}?${new URLSearchParams({ q: words })}`, this.request.signal);
      if (document.activeElement === this.input) this.show(words, found);
    } catch (error) {
      // Suggestions are a help: without them the search itself still works.
      if (error.name !== 'AbortError') this.close();
    }
  }

  show(words, { initiatives, completions, places, territories, corrections }) {
    this.options = [
      ...initiatives.map((row) => ({ kind: 'initiative', row, text: row.name, more: row.place, theme: row.theme })),
      ...completions.map((row) => ({ kind: 'completion', row, text: row, symbol: 'search' })),
      ...places.map((row) => ({ kind: 'place', row, text: row.name, more: row.context, symbol: 'pin' })),
      ...territories.map((row) => ({ kind: 'territory', row, text: row.name, more: row.scheme, symbol: 'map' })),
      ...corrections.map((row) => ({ kind: 'words', row, text: fill(gettext('Did you mean “%(words)s”?'), { words: row }), symbol: 'search' })),
      { kind: 'words', row: words, text: fill(gettext('Search for “%(words)s” everywhere'), { words }), symbol: 'search' },
    ];
    this.list.replaceChildren(...this.options.map((option, index) => this.option(option, index)));
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.point(-1);
    const n = this.options.length - 1;
    this.status.textContent = fill(ngettext('%(n)s suggestion', '%(n)s suggestions', n), { n: number(n) });
  }

  option({ text, more, theme, symbol }, index) {
    const known = this.config.themes[theme];
    const mark = known
      ? element('span', { class: 'disc disc--s', 'data-theme': known.icon }, icon(this.config.icons, known.icon))
      : icon(this.config.icons, symbol ?? 'pin');
    const words = element('span', {}, text);
    if (more) words.append(element('span', { class: 'meta' }, ` ${more}`));
    const made = element('div', { role: 'option', id: `suggestion-${index}`, 'aria-selected': 'false' }, mark, words);
    // Before the input loses focus and closes the list.
    made.addEventListener('pointerdown', (event) => event.preventDefault());
    made.addEventListener('click', () => this.take(index));
    return made;
  }

  point(index) {
    this.at = index;
    [...this.list.children].forEach((option, place) => option.setAttribute('aria-selected', String(place === index)));
    if (index < 0) this.input.removeAttribute('aria-activedescendant');
    else {
      this.input.setAttribute('aria-activedescendant', `suggestion-${index}`);
      this.list.children[index].scrollIntoView({ block: 'nearest' });
    }
  }

  key(event) {
    const open = !this.list.hidden;
    const count = this.list.children.length;
    if (event.key === 'Escape') {
      if (open) this.leave();
      else if (this.input.value) {
        this.input.value = '';
        this.submit('');
      } else return;
      event.preventDefault();
      event.stopPropagation();
    } else if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.point((this.at + step + count + (this.at < 0 && step < 0 ? 1 : 0)) % count);
      event.preventDefault();
    } else if (open && event.key === 'Enter' && this.at >= 0) {
      this.take(this.at);
      event.preventDefault();
    }
  }

  take(index) {
    const { kind, row } = this.options[index];
    this.leave();
    if (kind === 'words') this.submit(row);
    else if (kind === 'completion') this.complete(row);
    else {
      this.had = false;
      this.choose(kind, row);
    }
  }

  /** The text goes on as proposed, and is asked for at once; the visitor may type on. */
  complete(text) {
    this.input.value = text;
    this.load();
  }

  close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.status.textContent = '';
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }
}
