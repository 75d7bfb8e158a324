// Sends what waits in the outbox: at once, and again until the server has answered. The key of a
// report makes one case of it however often it is sent, so trying again is always safe.

const PATIENCE = 60_000; // ms an answer may take: a photo over a weak signal
const WAITS = [2000, 5000, 10_000, 20_000, 40_000]; // ms between tries; then the last one

/** Sends the outbox of one post. */
export class Outbox {
  /**
   * @param {import("./draft.js").Drafts} drafts
   * @param {string} address where reports are sent
   * @param {{sent: function, refused: function, waiting: function}} told
   *   sent(item, answer), refused(item, why), waiting(why): the server or the network cannot yet
   */
  constructor(drafts, address, told) {
    Object.assign(this, { drafts, address, told, tries: 0, timer: 0, busy: false });
    this.whole = new Map(); // key -> report whose photos found no room in the browser's store
    this.onOnline = () => this.send();
    this.onSeen = () => document.hidden || this.send();
    addEventListener("online", this.onOnline);
    document.addEventListener("visibilitychange", this.onSeen);
  }

  /** Send what waits, the oldest first; stop at the first that cannot be sent now. */
  async send() {
    if (this.busy || this.gone) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      for (let item; (item = this.next()) && !this.gone; ) if (!(await this.one(item))) return;
    } finally {
      this.busy = false;
    }
  }

  /** Ask again what became of a report that another tab has sent. */
  async ask(item) {
    const { answer } = await this.post(item);
    if (answer?.ok) this.told.sent(item, await answer.json());
  }

  /** The oldest report that was not refused. */
  next() {
    return this.drafts.outbox().find((item) => !item.why);
  }

  async one(item) {
    const { why, answer } = await this.post(item);
    if (answer?.ok) {
      this.tries = 0;
      this.drafts.drop(item.key);
      this.whole.delete(item.key);
      this.told.sent(item, await answer.json());
      return true;
    }
    if (answer && answer.status < 500 && answer.status !== 408 && answer.status !== 429) {
      const sentence = why || `HTTP ${answer.status}`;
      this.drafts.put({ ...item, why: sentence });
      this.told.refused(item, sentence);
      return true;
    }
    this.told.waiting(why);
    const wait = WAITS[Math.min(this.tries, WAITS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => this.send(), wait);
    return false;
  }

  /** Send one report; an answer, with what it says if it is no case, or neither. */
  async post(item) {
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(this.whole.get(item.key) ?? item),
        credentials: "same-origin",
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
      const told = answer.ok ? null : await answer.json().catch(() => null);
      return { answer, why: told?.why ?? "" };
    } catch {
      return { why: "" }; // no network
    }
  }

  remove() {
    this.gone = true;
    clearTimeout(this.timer);
    removeEventListener("online", this.onOnline);
    document.removeEventListener("visibilitychange", this.onSeen);
  }
}
