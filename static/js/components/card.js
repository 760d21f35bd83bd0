// The card of a chosen initiative, or the list of those at one spot; it slides in beside the map.
import { fragment } from '../lib/request.js';

/** Opens and closes cards in a slot; `onClose` is told when the visitor closed one. */
export class Card {
  constructor(slot, config, { onClose }) {
    Object.assign(this, { slot, config, onClose, slug: null });
    slot.addEventListener('click', (event) => {
      if (event.target.closest('[data-close]')) this.onClose();
    });
    slot.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.onClose();
    });
  }

  /** Show an initiative; `take` moves focus to its title. */
  async open(slug, take) {
    this.slug = slug;
    const { html } = await fragment(this.config.card.replace('{slug}', encodeURIComponent(slug)));
    if (this.slug === slug) this.show(html, take);
  }

  /** Show something that is no initiative, such as the rows of one spot. */
  put(content, take) {
    this.slug = null;
    this.show('', false);
    this.slot.append(content);
    if (take) this.slot.querySelector('h2').focus({ preventScroll: true });
  }

  show(html, take) {
    const root = document.documentElement;
    if (root.dataset.sheet !== 'card') this.sheet = root.dataset.sheet;
    this.slot.innerHTML = html;
    root.dataset.sheet = 'card';
    if (take) this.slot.querySelector('h2').focus({ preventScroll: true });
  }

  close() {
    this.slug = null;
    this.slot.replaceChildren();
    if (document.documentElement.dataset.sheet === 'card') document.documentElement.dataset.sheet = this.sheet ?? 'half';
  }

  get isOpen() {
    return this.slot.childElementCount > 0;
  }
}
