// The visitor's own position, asked for only on request and kept nowhere.
import { gettext } from '../lib/words.js';

const WAIT_MS = 10_000;
const SHOWN_MS = 8000;

function toast(text) {
  const made = document.createElement('div');
  made.className = 'toast';
  made.textContent = text;
  document.querySelector('[data-toasts]').replaceChildren(made);
  setTimeout(() => made.remove(), SHOWN_MS);
}

/** Ask where the visitor is; `found` gets {lat, lon}, a refusal is said in words. */
export function locate(button, found) {
  if (!navigator.geolocation) {
    toast(gettext('This browser does not tell positions.'));
    return;
  }
  button.setAttribute('aria-busy', 'true');
  const done = () => button.removeAttribute('aria-busy');
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      done();
      found({ lat: coords.latitude, lon: coords.longitude });
    },
    (error) => {
      done();
      toast(
        error.code === error.PERMISSION_DENIED
          ? gettext('Your browser keeps your position to itself. You can allow it in its settings, or search for your town.')
          : gettext('Your position could not be found. Search for your town instead.'),
      );
    },
    { timeout: WAIT_MS, maximumAge: 60_000 },
  );
}
