// Buttons of likes: pressed without leaving the page. Each is a form that works without this script.
import { fill, gettext, ngettext, number } from '../lib/words.js';

class Refused extends Error {
  constructor({ detail, page }) {
    super(detail);
    this.page = page;
  }
}

async function ask(address, form) {
  const answer = await fetch(address, {
    method: 'POST',
    body: new FormData(form),
    headers: { Accept: 'application/json' },
  });
  const said = answer.headers.get('Content-Type')?.startsWith('application/json') ? await answer.json() : {};
  if (!answer.ok || !('liked' in said)) throw new Refused({ detail: gettext('That did not work. Please try again.'), ...said });
  return said;
}

function show(form, button, liked) {
  button.setAttribute('aria-pressed', String(liked));
  form.setAttribute('action', liked ? form.dataset.unlike : form.dataset.like);
}

async function press(form, button) {
  const told = form.querySelector('[data-told]');
  const before = button.getAttribute('aria-pressed') === 'true';
  const address = form.getAttribute('action');
  told.hidden = true;
  button.setAttribute('aria-busy', 'true');
  show(form, button, !before);
  try {
    const { liked, likes } = await ask(address, form);
    show(form, button, liked);
    const count = form.querySelector('[data-likes]');
    if (count && likes !== null) count.textContent = fill(ngettext('%(n)s like', '%(n)s likes', likes), { n: number(likes) });
    form.dispatchEvent(new CustomEvent('liked', { bubbles: true, detail: { liked, changed: liked !== before } }));
  } catch (error) {
    show(form, button, before);
    if (error.page) {
      location.assign(error.page);
      return;
    }
    told.textContent = error instanceof Refused ? error.message : gettext('The connection was lost. Please try again.');
    told.hidden = false;
  } finally {
    button.removeAttribute('aria-busy');
  }
}

document.addEventListener('submit', (event) => {
  const form = event.target.closest('[data-like]');
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector('[aria-pressed]');
  if (button.getAttribute('aria-busy') !== 'true') press(form, button);
});
