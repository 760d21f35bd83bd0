// Texts to copy: without script they are marked and copied by hand.

/** Let the button of a place copy the text that `chosen` gives. */
export function copies(place, chosen) {
  const button = place.querySelector('[data-copy]');
  const told = place.querySelector('[data-copied]');
  button.hidden = false;
  button.addEventListener('click', async () => {
    const text = chosen();
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      told.hidden = false;
    } catch {
      // It stays marked: one key copies it.
      text.focus();
    }
  });
  place.addEventListener('change', () => {
    told.hidden = true;
  });
}
