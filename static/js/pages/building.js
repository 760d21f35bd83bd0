// The code for another site follows what the form holds; without script the button asks for it.
import { copies } from '../lib/copying.js';
import { rested } from '../lib/dom.js';

const REST = 400;
const form = document.querySelector('[data-building]');
const made = document.getElementById('made');

function meet() {
  for (const place of made.querySelectorAll('.copying')) copies(place, () => place.querySelector('textarea, input'));
  document.querySelector('[data-moved]').hidden = !made.querySelector('[data-preview]');
}

/** What the form holds as an address, without what was left empty. */
function address() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) asked.append(name, value);
  return `${form.getAttribute('action')}?${asked}`;
}

let latest = 0;

async function renew() {
  latest += 1;
  const turn = latest;
  const asked = address();
  const answer = await fetch(asked, { headers: { Accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (turn !== latest) return;
  // What is wrong stands beside the fields, which the page itself shows.
  if (!answer.ok) {
    form.submit();
    return;
  }
  made.replaceChildren(...page.getElementById('made').childNodes);
  history.replaceState(null, '', asked);
  meet();
}

const later = rested(REST, () => renew().catch(() => form.submit()));
form.addEventListener('change', later);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  later();
});

document.querySelector('[data-take]').addEventListener('click', () => {
  // Of this site, so its document may be read.
  const { view } = made.querySelector('[data-preview]').contentDocument.documentElement.dataset;
  if (!view) return;
  form.elements.view.value = view;
  later();
});

meet();
