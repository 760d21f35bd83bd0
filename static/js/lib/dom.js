// Small things that several modules do with the page.

const SVG = 'http://www.w3.org/2000/svg';

/** The parsed JSON of a script tag. */
export const config = (id) => JSON.parse(document.getElementById(id).textContent);

/** An element with attributes and children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** An SVG element with attributes. */
export function svg(name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** A symbol of the icon sheet. */
export function icon(sheet, name) {
  const made = svg('svg', { class: 'icon', 'aria-hidden': 'true' });
  made.append(svg('use', { href: `${sheet}#${name}` }));
  return made;
}

/** Whether a click asks for another tab or window, which is the browser's business. */
export const isPlain = (event) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** Whether the visitor asked for no motion. */
export const isStill = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Whether the panel is a sheet at the foot of the screen. */
export const isPhone = () => window.matchMedia('(max-width: 48rem)').matches;

/** Call once, `wait` milliseconds after the last request to do so. */
export function rested(wait, action) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), wait);
  };
}

/** Let the browser answer first: what is done in one go after a move would be felt. */
export const turn = () => new Promise((resolve) => setTimeout(resolve));
