// Marks as buttons: a cluster is a ring of themes with its number inside, a single carries the icon of its theme.
import { element, icon, svg } from '../lib/dom.js';
import { fill, gettext, ngettext, number } from '../lib/words.js';

// Share of the ring left open between two arcs, in a hundredth of the ring.
const GAP = 0.8;
const NAMED = 3;

/** Diameter of a cluster in pixels, growing with the logarithm of its number. */
export const diameter = (count) => Math.round(36 + 7.5 * Math.log10(count));

/** Numbers as a ring can hold them: 1,204 as it is, 12,040 as 12 k. */
export function short(count) {
  if (count < 10_000) return number(count);
  if (count < 1_000_000) return `${number(Math.round(count / 1000))}\u202fk`;
  return `${number(Math.round(count / 100_000) / 10)}\u202fM`;
}

function ring(themes, counts, total) {
  const drawn = svg('svg', { viewBox: '0 0 100 100', 'aria-hidden': 'true' });
  drawn.append(svg('circle', { class: 'halo', cx: 50, cy: 50, r: 49 }));
  const several = Object.keys(counts).length > 1;
  let begun = 0;
  for (const [slug, count] of Object.entries(counts)) {
    const share = (count / total) * 100;
    const length = several ? Math.max(share - GAP, 0.4) : 100;
    drawn.append(
      svg('circle', {
        class: 'arc',
        'data-theme': themes[slug]?.icon ?? '',
        cx: 50,
        cy: 50,
        r: 38,
        pathLength: 100,
        'stroke-dasharray': `${length} 100`,
        'stroke-dashoffset': -begun,
      }),
    );
    begun += share;
  }
  return drawn;
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
  const made = element('button', { type: 'button', class: `cluster${cluster.count > 99 ? ' cluster--l' : ''}`, 'aria-label': said, title: said });
  made.style.setProperty('--d', `${diameter(cluster.count)}px`);
  const shown = document.createElement('b');
  shown.textContent = short(cluster.count);
  made.append(ring(themes, cluster.themes, cluster.count), shown);
  return made;
}

/** A single initiative as a button. */
export function singleMark({ themes, icons }, single) {
  const theme = themes[single.theme];
  const parts = [single.name, theme?.name, single.blurred && gettext('approximate position')];
  const said = parts.filter(Boolean).join(', ');
  const made = element('button', {
    type: 'button',
    class: `marker${single.blurred ? ' marker--blurred' : ''}`,
    'data-theme': theme?.icon ?? '',
    'data-slug': single.slug,
    'aria-expanded': 'false',
    'aria-label': said,
    title: single.name,
  });
  made.append(icon(icons, theme?.icon ?? 'pin'));
  return made;
}
