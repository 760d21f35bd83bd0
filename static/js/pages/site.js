// Every page: menus close with Esc, which gives focus back, and with a click elsewhere.
// Steps that the map left in the history share the document they end in: going back has to load what they name.
const shown = location.pathname + location.search;
if (!document.querySelector('[data-map]')) {
  window.addEventListener('popstate', () => {
    if (location.pathname + location.search !== shown) location.reload();
  });
}

const open = () => document.querySelectorAll('details.drop[open]');

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of open()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
  }
});

document.addEventListener('click', (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
