// Marks of neighbouring cells may touch: push them apart by a few pixels, never further.
const ROUNDS = 6;
const FURTHEST = 18;
const AIR = 2;

/** Offsets [dx, dy] in pixels, one for each mark {x, y, radius}; pure. */
export function apart(marks) {
  const moved = marks.map(({ x, y }) => ({ x, y }));
  // From left to right: whoever stands further right than any two can reach ends the search.
  const order = marks.map((mark, index) => index).sort((a, b) => marks[a].x - marks[b].x);
  const widest = 2 * marks.reduce((most, { radius }) => Math.max(most, radius), 0) + AIR + 2 * FURTHEST;
  for (let round = 0; round < ROUNDS; round += 1) {
    let touched = false;
    for (let place = 0; place < order.length; place += 1) {
      const i = order[place];
      for (let next = place + 1; next < order.length; next += 1) {
        const j = order[next];
        if (marks[j].x - marks[i].x > widest) break;
        touched = part(moved[i], moved[j], marks[i].radius + marks[j].radius + AIR) || touched;
      }
    }
    if (!touched) break;
  }
  return moved.map(({ x, y }, index) => {
    const dx = x - marks[index].x;
    const dy = y - marks[index].y;
    const scale = Math.min(1, FURTHEST / Math.max(Math.hypot(dx, dy), 0.01));
    return [Math.round(dx * scale), Math.round(dy * scale)];
  });
}

/** Push two apart to their reach; whether they were nearer. */
function part(one, other, reach) {
  const dx = other.x - one.x;
  const dy = other.y - one.y;
  if (Math.abs(dx) >= reach || Math.abs(dy) >= reach) return false;
  const distance = Math.sqrt(dx * dx + dy * dy);
  if (distance >= reach) return false;
  // Two at one point part sideways.
  const [ux, uy] = distance > 0.01 ? [dx / distance, dy / distance] : [1, 0];
  const push = (reach - distance) / 2;
  one.x -= ux * push;
  one.y -= uy * push;
  other.x += ux * push;
  other.y += uy * push;
  return true;
}
