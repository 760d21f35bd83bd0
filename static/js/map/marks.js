// Marks as buttons: a cluster is a ring of themes with its number inside, a single carries the icon of its theme.
import { element, icon } from '../lib/dom.js';
import { fill, gettext, ngettext, number } from '../lib/words.js';
import { valuesOf } from '../search/filters.js';

// In hundredths of the ring: left open between two arcs, the least of an arc, and what softens its ends.
const GAP = 0.8;
const LEAST = 0.4;
const SOFT = 0.2;
const NAMED = 3;

/** Diameter of a cluster in pixels, growing with the logarithm of its number. */
export const diameter = (count) => Math.round(36 + 7.5 * Math.log10(count));

/** Numbers as a ring can hold them: 12,040 as 12 k, 1,204 as 1.2 k; the mark's name and title say all digits. */
export function short(count) {
  const [unit, sign] = count < 999_500 ? [1000, 'k'] : [1_000_000, 'M'];
  if (count < 1000) return number(count);
  const digits = count < 9.95 * unit ? 10 : 1;
  return `${number(Math.round((count / unit) * digits) / digits)}\u202f${sign}`;
}

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
function plain(name) {
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

/** The arcs as a gradient round the ring; one background costs the browser less than a drawing of ten arcs. */
function ring(themes, counts, total) {
  const shares = Object.entries(counts);
  const halo = plain('--halo');
  let begun = 0;
  const arcs = shares.map(([slug, count]) => {
    const share = (count / total) * 100;
    const colour = plain(themes[slug] ? `--t-${themes[slug].icon}` : '--ink-2');
    const [from, to] = [begun, begun + Math.max(share - GAP, LEAST)].map((place) => place.toFixed(2));
    begun += share;
    if (shares.length === 1) return `${colour} 0 100%`;
    return `${halo} ${from}%, ${colour} ${Number(from) + SOFT}% ${to}%, ${halo} ${Number(to) + SOFT}%`;
  });
  return `conic-gradient(${arcs.join(', ')})`;
}

/** The mix of a cluster in words, most first. */
export function mix(themes, counts) {
  const named = Object.entries(counts).map(([slug, count]) => `${themes[slug]?.short ?? slug} ${number(count)}`);
  const rest = named.length - NAMED;
  const shown = named.slice(0, NAMED).join(', ');
  return rest > 0 ? fill(ngettext('%(shown)s and %(rest)s other theme', '%(shown)s and %(rest)s other themes', rest), { shown, rest }) : shown;
}

/** A cluster as a button that zooms in, or opens the list of what it holds. */
export function clusterMark({ themes }, cluster, opensList) {
  const text = opensList
    ? ngettext('%(n)s initiative: %(mix)s. Show the list.', '%(n)s initiatives: %(mix)s. Show the list.', cluster.count)
    : ngettext('%(n)s initiative: %(mix)s. Zoom in.', '%(n)s initiatives: %(mix)s. Zoom in.', cluster.count);
  const said = fill(text, {
    n: number(cluster.count),
    mix: mix(themes, cluster.themes),
  });
  const made = element('button', { type: 'button', class: `cluster${cluster.count > 99 && cluster.count < 1000 ? ' cluster--l' : ''}`, 'aria-label': said, title: said });
  made.style.setProperty('--d', `${diameter(cluster.count)}px`);
  const shown = document.createElement('b');
  shown.textContent = short(cluster.count);
  made.append(shown);
  colourIn(made, themes, cluster);
  return made;
}

/** Draw the ring of a cluster in the colours of the scheme. */
export function colourIn(button, themes, cluster) {
  button.style.backgroundImage = ring(themes, cluster.themes, cluster.count);
}

/** Whether a mark bears the badge of a laureate: of the campaigns that the map is narrowed to, else of any. */
export function isLaureate({ laureate = [] }, query) {
  const asked = valuesOf(query, 'campaign');
  return asked.length ? asked.some((slug) => laureate.includes(slug)) : laureate.length > 0;
}

/** A single initiative as a button, with a badge where it is a laureate. */
export function singleMark({ themes, icons }, single, laureate = false) {
  const theme = themes[single.theme];
  const old = single.aged && gettext('not confirmed for a long time');
  const prized = laureate && gettext('laureate of a campaign');
  const beside = [prized, old].filter(Boolean).join(', ');
  const parts = [single.name, theme?.name, prized, single.blurred && gettext('approximate position'), old];
  const said = parts.filter(Boolean).join(', ');
  const made = element('button', {
    type: 'button',
    class: `marker${single.blurred ? ' marker--blurred' : ''}${old ? ' marker--aged' : ''}`,
    'data-theme': theme?.icon ?? '',
    'data-slug': single.slug,
    'aria-expanded': 'false',
    'aria-label': said,
    title: beside ? `${single.name} (${beside})` : single.name,
  });
  made.append(icon(icons, theme?.icon ?? 'pin'));
  if (laureate) {
    const badge = element('span', { class: 'marker__badge' });
    badge.append(icon(icons, 'check'));
    made.append(badge);
  }
  return made;
}
