// The code for other sites, in the chosen size.
import { copies } from '../lib/copying.js';

for (const place of document.querySelectorAll('.embedding')) {
  copies(place, () => place.querySelector(`.embedding__${place.querySelector(':checked').value}`));
}
