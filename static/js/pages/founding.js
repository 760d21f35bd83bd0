// The territory of a new collective is suggested while typing; without script the server asks which one is meant.
import { element, rested } from '../lib/dom.js';
import { json } from '../lib/request.js';

const SHORTEST = 2;
const PAUSE_MS = 160;

const input = document.querySelector('[data-suggest] [name="where"]');
const list = element('datalist', { id: 'territories' });
input.after(list);
input.setAttribute('list', list.id);
input.setAttribute('autocomplete', 'off');
let request;

async function load() {
  const words = input.value.trim();
  request?.abort();
  if (words.length < SHORTEST) {
    list.replaceChildren();
    return;
  }
  request = new AbortController();
  const url = `${input.closest('[data-suggest]').dataset.suggest}?${new URLSearchParams({ q: words })}`;
  try {
    const { territories, places } = await json(url, request.signal);
    list.replaceChildren(
      ...territories.map((row) => element('option', { value: row.name, label: `${row.name} (${row.scheme})` })),
      ...places.map((row) => element('option', { value: row.name, label: `${row.name}, ${row.context}` })),
    );
  } catch (error) {
    // A help only: the server understands what was typed all the same.
    if (error.name !== 'AbortError') list.replaceChildren();
  }
}

input.addEventListener('input', rested(PAUSE_MS, load));
