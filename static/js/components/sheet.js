// On a phone the panel is a sheet of three heights: a handle that is dragged, clicked or moved with the arrows.
const HEIGHTS = ['peek', 'half', 'full'];
const DRAGGED = 24;

/** Let the handle change `data-sheet` of the page; `onMove` is told when it has. */
export function makeSheet(handle, onMove) {
  const root = document.documentElement;
  const set = (name) => {
    root.dataset.sheet = name;
    handle.setAttribute('aria-expanded', String(name === 'full'));
    onMove();
  };
  const step = (by) => {
    const now = Math.max(0, HEIGHTS.indexOf(root.dataset.sheet));
    set(HEIGHTS[Math.max(0, Math.min(HEIGHTS.length - 1, now + by))]);
  };
  let from = null;
  let moved = false;
  handle.addEventListener('pointerdown', (event) => {
    from = event.clientY;
    moved = false;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener('pointerup', (event) => {
    const way = from === null ? 0 : from - event.clientY;
    from = null;
    moved = Math.abs(way) > DRAGGED;
    if (moved) step(Math.sign(way));
  });
  handle.addEventListener('pointercancel', () => {
    from = null;
  });
  handle.addEventListener('click', () => {
    if (!moved) set(root.dataset.sheet === 'full' ? 'peek' : HEIGHTS[HEIGHTS.indexOf(root.dataset.sheet) + 1] ?? 'half');
    moved = false;
  });
  handle.addEventListener('keydown', (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by) {
      event.preventDefault();
      step(by);
    }
  });
  return { set };
}
