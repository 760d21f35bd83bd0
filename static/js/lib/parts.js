// Buttons of a form that change a part of it: without script the whole page comes again, here only the part.

/** What a form holds, without its files: the server does not keep them, so the page does. */
export function values(form) {
  const held = new FormData();
  for (const [name, value] of new FormData(form)) if (!(value instanceof File)) held.append(name, value);
  return held;
}

/** Ask for the part as it is after a step, and put it in the place of the present one. */
export async function renew(form, name, held) {
  const answer = await fetch(location.href, { method: 'POST', body: held });
  if (!answer.ok) throw new Error(`${location.pathname}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [here, there] = [document, page].map((where) => where.getElementById(name));
  here.replaceChildren(...there.childNodes);
  return here;
}

/** Let all such buttons do so; `done(name, part)` is called afterwards. Where it fails the button does it as without script. */
export function partly(form, done) {
  form.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-part]');
    if (!button || 'plain' in button.dataset) return;
    event.preventDefault();
    const name = button.dataset.part;
    const held = values(form);
    held.set(button.name, button.value);
    button.disabled = true;
    try {
      const part = await renew(form, name, held);
      button.disabled = false;
      done(name, part);
    } catch {
      button.disabled = false;
      button.dataset.plain = '';
      button.click();
    }
  });
}
