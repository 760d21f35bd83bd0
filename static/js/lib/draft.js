// What is typed into a form stays on this device until it was handed in.
const NAME = 'submission-draft';
// Who writes, and what proves the form, are nobody's business on a shared device.
const LEFT_OUT = new Set(['csrfmiddlewaretoken', 'key', 'consent', 'submitter_email', 'homepage', 'sure', 'seen', 'looked', 'candidate']);

const kept = (form) => [...form.elements].filter((field) => field.name && field.type !== 'file' && field.type !== 'submit' && !LEFT_OUT.has(field.name));

/** Keep what a form holds. */
export function keep(form) {
  const values = kept(form).map((field) => [field.name, field.value, field.checked ?? false]);
  try {
    localStorage.setItem(NAME, JSON.stringify(values));
  } catch {
    // Storage may be full or forbidden: the form works without.
  }
}

/** What was kept, as [name, value, whether it is ticked]. */
export function remembered() {
  try {
    const values = JSON.parse(localStorage.getItem(NAME) ?? 'null');
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}

/** Put back what was kept, of fields that begin so; whether there was anything. */
export function restore(form, beginning = '') {
  const values = remembered();
  let changed = false;
  for (const field of kept(form)) {
    if (!field.name.startsWith(beginning)) continue;
    const isTick = field.type === 'checkbox' || field.type === 'radio';
    const found = values.find(([name, value]) => name === field.name && (!isTick || value === field.value));
    if (!found) continue;
    if (isTick) changed = field.checked !== found[2] || changed;
    else changed = field.value !== found[1] || changed;
    if (isTick) field.checked = found[2];
    else field.value = found[1];
  }
  return changed;
}

/** Forget it. */
export function forget() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // Nothing was kept then either.
  }
}
