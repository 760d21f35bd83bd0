// The page of a file that is being made: how far it is.
import { follow } from '../lib/progress.js';

for (const place of document.querySelectorAll('[data-progress]')) {
  const bar = place.querySelector('progress');
  const words = place.querySelector('[data-done]');
  follow(place, ({ status, done }) => {
    if (status === 'running') bar.value = done;
    words.textContent = done.toLocaleString(document.documentElement.lang);
  });
}
