// Reviewing by keyboard: j and k through the queue, o opens, c takes on, ? explains; all of it works without.
const KEPT = 'review-keys';
const dialog = document.querySelector('#keys');
const opener = document.querySelector('[data-keys-open]');
const wanted = document.querySelector('[data-keys-on]');

// Another's letters are not ours to take: whoever speaks to the computer, or types, can be without.
const isTyping = (target) => target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]');
const rows = () => [...document.querySelectorAll('[data-review]')];
const at = () => rows().findIndex((row) => row.contains(document.activeElement));

function move(step) {
  const all = rows();
  if (!all.length) return;
  const here = at();
  const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
  const link = all[next].querySelector('[data-open]');
  link.focus();
  all[next].scrollIntoView({ block: 'nearest' });
}

function press(selector) {
  const all = rows();
  const place = all.length ? all[at()] : document;
  place?.querySelector(selector)?.click();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => press('[data-open]'),
  c: () => press('[data-claim]'),
  '?': () => dialog.showModal(),
};

if (dialog) {
  wanted.checked = localStorage.getItem(KEPT) !== 'off';
  wanted.addEventListener('change', () => localStorage.setItem(KEPT, wanted.checked ? 'on' : 'off'));
  opener.hidden = false;
  opener.addEventListener('click', () => dialog.showModal());
  document.addEventListener('keydown', (event) => {
    if (!wanted.checked || dialog.open || event.defaultPrevented || event.repeat && event.key === 'c') return;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
