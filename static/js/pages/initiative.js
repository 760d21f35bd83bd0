// The page of an initiative: share and print; without script there is the mail link and the browser's own menu.
import { gettext } from '../lib/words.js';

const share = document.querySelector('[data-share]');
const status = document.querySelector('[data-share-status]');
const print = document.querySelector('[data-print]');

async function give() {
  const address = document.querySelector('link[rel="canonical"]').href;
  if (navigator.share) {
    await navigator.share({ title: document.title, url: address }).catch((error) => {
      // Whoever closes the system's dialog has changed their mind.
      if (error.name !== 'AbortError') throw error;
    });
    return;
  }
  await navigator.clipboard.writeText(address);
  status.textContent = gettext('Address copied');
  share.querySelector('span').textContent = gettext('Address copied');
}

if (navigator.share || navigator.clipboard) {
  share.hidden = false;
  share.addEventListener('click', give);
}
print.hidden = false;
print.addEventListener('click', () => window.print());
