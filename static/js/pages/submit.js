// The form of a submission: a draft kept on the device, similar ones while typing, the point on a map, a preview.
import { forget, keep, remembered, restore } from '../lib/draft.js';
import { rested } from '../lib/dom.js';
import { partly, renew, values } from '../lib/parts.js';
import { fragment } from '../lib/request.js';
import { Picker } from '../map/picker.js';

const PAUSE_MS = 350;
const form = document.querySelector('[data-submission]');
const LANGUAGE = /^translation_\d+_language$/;
const field = (name) => form.elements.namedItem(name);

/** The fields of further languages that were kept, before they are filled again. */
async function addLanguages() {
  const names = remembered().map(([name]) => name).filter((name) => LANGUAGE.test(name));
  if (!names.length) return;
  const held = values(form);
  for (const name of names.slice(0, -1)) held.set(name, '');
  held.set('step', 'language');
  try {
    await renew(form, 'languages', held);
  } catch {
    // The rest comes back without them.
  }
}

async function draft() {
  // A suggestion belongs to one initiative: it must not come back as another one.
  if ('undrafted' in form.dataset) return;
  const notice = document.querySelector('[data-kept]');
  if ('fresh' in form.dataset) {
    notice.hidden = !restore(form);
    await addLanguages();
    if (restore(form, 'translation_')) notice.hidden = false;
  }
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
  button.addEventListener('click', async (event) => {
    event.preventDefault();
    const answer = await fetch(button.dataset.preview, { method: 'POST', body: values(form) });
    if (!answer.ok) return;
    shown.innerHTML = await answer.text();
    shown.hidden = false;
  });
}

/** A found address that is chosen is the point; a point that is set otherwise is none of them. */
function candidates() {
  const part = document.getElementById('candidates');
  part.addEventListener('change', ({ target }) => {
    const [lat = '', lon = ''] = target.value.split(' ');
    field('lat').value = lat;
    field('lon').value = lon;
    field('lat').dispatchEvent(new Event('change'));
    form.dispatchEvent(new CustomEvent('placed'));
  });
  const none = () => {
    const choice = part.querySelector('input[type="radio"][value=""]');
    if (choice) choice.checked = true;
  };
  for (const name of ['lat', 'lon']) field(name).addEventListener('input', none);
  for (const button of form.querySelectorAll('[data-picker-take], [data-picker-clear]')) button.addEventListener('click', none);
}

/** Where to go on after a part has changed. */
function changed(name, part) {
  if (name === 'candidates') part.querySelector('input[type="radio"]')?.focus();
  else [...part.querySelectorAll('select')].at(-1)?.focus();
  if (!('undrafted' in form.dataset)) keep(form);
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
candidates();
partly(form, changed);
preview();
once();
new Picker(form);
document.querySelector('[data-errors]')?.focus();
