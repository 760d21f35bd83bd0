// What a person takes along to tell others.
import { copies } from '../lib/copying.js';

for (const place of document.querySelectorAll('.copying')) {
  copies(place, () => place.querySelector('input, textarea'));
}
