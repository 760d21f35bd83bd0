// The form of a submission: a draft kept on the device, similar ones while typing, the point on a map, a preview.
import { forget, keep, restore } from '../lib/draft.js';
import { rested } from '../lib/dom.js';
import { fragment } from '../lib/request.js';
import { Picker } from '../map/picker.js';

const PAUSE_MS = 350;
const form = document.querySelector('[data-submission]');
const field = (name) => form.elements.namedItem(name);

function draft() {
  // A suggestion belongs to one initiative: it must not come back as another one.
  if ('undrafted' in form.dataset) return;
  const notice = document.querySelector('[data-kept]');
  if ('fresh' in form.dataset) notice.hidden = !restore(form);
  form.addEventListener('input', rested(PAUSE_MS, () => keep(form)));
  form.addEventListener('change', () => keep(form));
  document.querySelector('[data-afresh]').addEventListener('click', () => {
    forget();
    form.reset();
    notice.hidden = true;
    field('name').focus();
  });
}

function similar() {
  const place = form.querySelector('[data-similar]');
  if (!place) return;
  let request = null;
  const ask = rested(PAUSE_MS, async () => {
    request?.abort();
    request = new AbortController();
    const asked = new URLSearchParams(['name', 'lat', 'lon', 'website'].map((name) => [name, field(name).value]));
    try {
      const { html } = await fragment(`${place.dataset.similar}?${asked}`, request.signal);
      place.innerHTML = html;
      place.hidden = !html.trim();
    } catch (error) {
      // Similar ones are a help: the form works without.
      if (error.name !== 'AbortError') place.hidden = true;
    }
  });
  for (const name of ['name', 'lat', 'lon', 'website']) field(name).addEventListener('input', ask);
  form.addEventListener('placed', ask);
}

function preview() {
  const button = form.querySelector('[data-preview]');
  const shown = form.querySelector('[data-preview-shown]');
  button.hidden = false;
  button.addEventListener('click', async () => {
    const body = new FormData();
    for (const name of ['description', 'csrfmiddlewaretoken']) body.set(name, field(name).value);
    const answer = await fetch(button.dataset.preview, { method: 'POST', body });
    if (!answer.ok) return;
    shown.innerHTML = await answer.text();
    shown.hidden = false;
  });
}

/** A second press of the button sends nothing: the server would take it for the same one, but the page would wait. */
function once() {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'true';
  });
  addEventListener('pageshow', () => delete form.dataset.sent);
}

draft();
similar();
preview();
once();
new Picker(form);
document.querySelector('[data-errors]')?.focus();
