// Bodies of layers by digest: fetched once, tried again for as long as somebody waits for them.

const KEEP = 64; // bodies kept in memory
const WAITS = [500, 1000, 2000, 4000]; // ms between tries; then `LATER` for as long as it takes
const LATER = 10000;

const bodies = new Map(); // digest -> promise of a body

/**
 * A promise of the body named `digest`.
 *
 * @param {string} digest
 * @param {{wants: function(string): boolean, failed: function(Error, boolean): void}} told
 *   wants: whether anybody still waits for it; failed: a try failed, and whether many have
 */
export function body(digest, told) {
  if (!bodies.has(digest)) {
    const asked = fetchBody(digest, told);
    asked.catch(() => bodies.delete(digest));
    bodies.set(digest, asked);
    if (bodies.size > KEEP) bodies.delete(bodies.keys().next().value);
  }
  return bodies.get(digest);
}

async function fetchBody(digest, told) {
  for (let tries = 0; ; tries += 1) {
    try {
      const address = new URL(`../bodies/${digest}.json`, import.meta.url);
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      return await answer.json();
    } catch (error) {
      if (!told.wants(digest)) throw error; // nobody waits for it any more
      told.failed(error, tries >= WAITS.length);
      await pause(WAITS[tries] ?? LATER);
    }
  }
}

function pause(time) {
  return new Promise((wake) => {
    const timer = setTimeout(done, time);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      wake();
    }
    addEventListener("online", done);
  });
}
