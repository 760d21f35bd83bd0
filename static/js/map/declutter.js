// Marks of neighbouring cells may touch: push them apart by a few pixels, never further.
const ROUNDS = 6;
const FURTHEST = 18;
const AIR = 2;

/** Offsets [dx, dy] in pixels, one for each mark {x, y, radius}; pure. */
export function apart(marks) {
  const moved = marks.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < ROUNDS; round += 1) {
    let touched = false;
    for (let i = 0; i < marks.length; i += 1) {
      for (let j = i + 1; j < marks.length; j += 1) {
        const reach = marks[i].radius + marks[j].radius + AIR;
        const dx = moved[j].x - moved[i].x;
        const dy = moved[j].y - moved[i].y;
        const distance = Math.hypot(dx, dy);
        if (Math.abs(dx) > reach || distance >= reach) continue;
        touched = true;
        // Two at one point part sideways.
        const [ux, uy] = distance > 0.01 ? [dx / distance, dy / distance] : [1, 0];
        const push = (reach - distance) / 2;
        moved[i].x -= ux * push;
        moved[i].y -= uy * push;
        moved[j].x += ux * push;
        moved[j].y += uy * push;
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
