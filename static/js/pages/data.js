// Lines of code: without script they are marked and copied by hand.
for (const place of document.querySelectorAll('[data-copied-code]')) {
  const button = place.querySelector('[data-copy-code]');
  const told = place.querySelector('[data-told]');
  const code = place.querySelector('code');
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      told.hidden = false;
    } catch {
      // It is marked: one key copies it.
      getSelection().selectAllChildren(code);
    }
  });
}
