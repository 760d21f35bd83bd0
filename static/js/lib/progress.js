// What takes long elsewhere: ask now and then how far it is, and load the page anew when it is over.

const EVERY = 1500;
const BUSY = ['waiting', 'running'];

/** Follow the JSON at the address of `place`; `show` gets each answer until the thing is no longer busy. */
export async function follow(place, show) {
  for (;;) {
    await new Promise((done) => setTimeout(done, EVERY));
    const answer = await fetch(place.dataset.progress, { headers: { Accept: 'application/json' } }).catch(() => null);
    if (!answer?.ok) continue;
    const told = await answer.json();
    if (!BUSY.includes(told.status)) return location.reload();
    show(told);
  }
}
