// The code for other sites: without script it is marked and copied by hand.
for (const place of document.querySelectorAll('.embedding')) {
  const button = place.querySelector('[data-copy]');
  const told = place.querySelector('[data-copied]');
  button.hidden = false;
  button.addEventListener('click', async () => {
    const text = place.querySelector(`.embedding__${place.querySelector(':checked').value}`);
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
