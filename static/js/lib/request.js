// One way to ask the server: JSON or a fragment; an answer that is none becomes an error that says which.

/** A request that failed; `status` is 0 when the server could not be reached. */
export class RequestError extends Error {
  constructor(url, status) {
    super(`${url}: ${status || 'no connection'}`);
    this.status = status;
  }
}

async function ask(url, signal, accept) {
  let answer;
  try {
    answer = await fetch(url, { signal, headers: { Accept: accept } });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new RequestError(url, 0);
  }
  if (!answer.ok) throw new RequestError(url, answer.status);
  return answer;
}

/** Parsed JSON. */
export async function json(url, signal) {
  return (await ask(url, signal, 'application/json')).json();
}

/** A fragment of HTML and the number in its X-Matched header. */
export async function fragment(url, signal) {
  const answer = await ask(url, signal, 'text/html');
  return { html: await answer.text(), matched: Number(answer.headers.get('X-Matched')) };
}
