// Colours of the scheme as plain numbers: where many are written at once, the browser would work each out anew from its
// variables, both schemes and their colour space.

const known = new Map();

/** Tell when another scheme holds; what was asked before is asked anew then. */
export function onScheme(run) {
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    known.clear();
    run();
  });
}

/** A variable of the style sheet as #rrggbb. */
export function plain(name) {
  if (!known.has(name)) known.set(name, read(name));
  return known.get(name);
}

function read(name) {
  const probe = document.createElement('i');
  probe.style.color = `var(${name}, currentcolor)`;
  probe.hidden = true;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  // In whatever space the style sheet wrote it: a pixel of it says it in numbers.
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d');
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  return `#${[...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
