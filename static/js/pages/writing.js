// Where posts are written: names of the group's members after an @, as a list that the arrows choose from.
import { element, rested } from '../lib/dom.js';
import { json } from '../lib/request.js';
import { fill, gettext, ngettext, number } from '../lib/words.js';

const PAUSE_MS = 160;
// From an @ that no word leads up to, to the caret; names have spaces, lines end them.
const TYPED = /(?:^|[^\p{L}\p{N}])@\[?([^@[\]\n]{0,60})$/u;
const WORD = /^[\p{L}\p{N}]+$/u;

/** How the server finds a name again; brackets hold one that has more than letters. */
const sign = (name) => (WORD.test(name) || name.includes(']') ? `@${name} ` : `@[${name}] `);

/** Names under a text area. It stays a text box, as one of several lines may be no combobox, and says what is chosen. */
class Names {
  constructor(area, source) {
    Object.assign(this, { area, source, inserted: null, nobody: null });
    this.list = element('div', {
      class: 'float menu names',
      role: 'listbox',
      id: `${area.id}-names`,
      'aria-label': gettext('Members of the group'),
    });
    this.list.hidden = true;
    this.status = element('p', { class: 'hide', role: 'status' });
    const place = element('div', { class: 'naming' });
    area.before(place);
    place.append(area, this.list, this.status);
    for (const [name, value] of Object.entries({
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': this.list.id,
    })) area.setAttribute(name, value);
    const ask = rested(PAUSE_MS, () => this.load());
    area.addEventListener('input', ask);
    area.addEventListener('keydown', (event) => this.key(event));
    area.addEventListener('blur', () => this.close());
  }

  /** What is typed after the last @, and where that stands; null where no name is being typed. */
  typed() {
    const { selectionStart: caret, selectionEnd, value } = this.area;
    const found = caret === selectionEnd && TYPED.exec(value.slice(0, caret));
    if (!found) return null;
    const start = value.lastIndexOf('@', caret - 1);
    // What was taken from the list is settled.
    if (this.inserted && value.startsWith(this.inserted, start)) return null;
    return { start, words: found[1] };
  }

  async load() {
    this.request?.abort();
    const typed = this.typed();
    if (!typed || (this.nobody && typed.words.startsWith(this.nobody))) {
      this.close();
      return;
    }
    this.request = new AbortController();
    try {
      const { names } = await json(`${this.source}?${new URLSearchParams({ q: typed.words })}`, this.request.signal);
      this.nobody = names.length ? null : typed.words;
      if (document.activeElement === this.area) this.show(names);
    } catch (error) {
      // Names are a help: without them the name can be typed.
      if (error.name !== 'AbortError') this.close();
    }
  }

  show(names) {
    this.names = names;
    this.list.replaceChildren(...names.map((name, index) => this.option(name, index)));
    this.list.hidden = names.length === 0;
    this.point(-1);
    const told = ngettext('%(n)s suggestion', '%(n)s suggestions', names.length);
    this.status.textContent = names.length ? fill(told, { n: number(names.length) }) : '';
  }

  option(name, index) {
    const made = element('div', { role: 'option', id: `${this.list.id}-${index}`, 'aria-selected': 'false' }, name);
    // Before the text area loses focus and closes the list.
    made.addEventListener('pointerdown', (event) => event.preventDefault());
    made.addEventListener('click', () => this.take(index));
    return made;
  }

  point(index) {
    this.at = index;
    [...this.list.children].forEach((option, place) => option.setAttribute('aria-selected', String(place === index)));
    if (index < 0) this.area.removeAttribute('aria-activedescendant');
    else {
      this.area.setAttribute('aria-activedescendant', this.list.children[index].id);
      this.list.children[index].scrollIntoView({ block: 'nearest' });
    }
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const count = this.list.children.length;
    if (event.key === 'ArrowDown') this.point((this.at + 1) % count);
    else if (event.key === 'ArrowUp') this.point((this.at < 1 ? count : this.at) - 1);
    else if (event.key === 'Enter' && this.at >= 0) this.take(this.at);
    else if (event.key === 'Escape') this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(index) {
    const typed = this.typed();
    const text = sign(this.names[index]);
    this.close();
    if (!typed) return;
    this.inserted = text;
    this.area.setRangeText(text, typed.start, this.area.selectionStart, 'end');
  }

  close() {
    this.request?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.status.textContent = '';
    this.area.removeAttribute('aria-activedescendant');
  }
}

for (const form of document.querySelectorAll('[data-names]')) {
  for (const area of form.querySelectorAll('textarea')) new Names(area, form.dataset.names);
}
