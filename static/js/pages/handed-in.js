// Handed in: nothing need be kept on this device any longer.
import { forget } from '../lib/draft.js';

if (document.querySelector('[data-handed-in]')) forget();
