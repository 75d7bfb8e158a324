// What somebody is writing, and what waits to be sent, kept in this browser: one of each a post.
// All tabs share them, so that two tabs never hold two versions of one report.

const HOUR = 3_600_000;
const KEY_BYTES = 18;

/** A report nobody has written anything into yet; its key is that of the wish it becomes. */
export function blank() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES)); // randomUUID is not for http
  const key = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
  return {
    key, begun: Date.now(), at: null, opened: "", kind: "", chosen: false, severity: "", note: "",
    answers: {}, photos: [], other: false,
  };
}

/** Whether somebody has put anything of their own into a draft. */
export function written(draft) {
  return Boolean(draft.note || draft.photos.length || draft.chosen || Object.keys(draft.answers).length);
}

/** The draft and the outbox of one post in this browser. */
export class Drafts {
  /**
   * @param {string} post tag of the post
   * @param {{draft_hours: number, unsent_days: number}} limits
   */
  constructor(post, limits) {
    this.names = {
      draft: `wangge.report.draft.${post}`,
      photos: `wangge.report.photos.${post}`,
      outbox: `wangge.report.outbox.${post}`,
    };
    this.limits = limits;
    this.durable = durable();
    this.memory = new Map(); // where the browser keeps nothing
  }

  /** The draft kept here, or a blank one. */
  draft() {
    const held = this.read("draft");
    if (!held?.key || Date.now() - held.touched > this.limits.draft_hours * HOUR) return blank();
    const photos = this.read("photos");
    return { ...blank(), ...held, photos: photos?.key === held.key ? photos.photos : [] };
  }

  /** Keep a draft; its photos, which are large, only when they have changed. */
  keep(draft) {
    const { photos, ...rest } = draft;
    this.write("draft", { ...rest, touched: Date.now() });
  }

  /** Keep the photos of a draft; false if there is no room for them. */
  keepPhotos({ key, photos }) {
    return this.write("photos", { key, photos }) || !this.write("photos", { key, photos: [] });
  }

  /** What waits to be sent, the oldest first. */
  outbox() {
    const held = this.read("outbox");
    const since = Date.now() - this.limits.unsent_days * 24 * HOUR;
    return Array.isArray(held) ? held.filter((item) => item?.key && item.written > since) : [];
  }

  /**
   * Put a report into the outbox, in place of the one of its key.
   *
   * @returns {string} "whole", "bare" when there was no room for its photos, or "lost"
   */
  put(item) {
    const others = this.outbox().filter(({ key }) => key !== item.key);
    if (this.write("outbox", [...others, item])) return "whole";
    if (item.photos.length && this.write("outbox", [...others, { ...item, photos: [] }])) return "bare";
    return "lost";
  }

  /** Take a report out of the outbox. */
  drop(key) {
    this.write("outbox", this.outbox().filter((item) => item.key !== key));
  }

  /** Call `told` when another tab has changed something here; returns what ends that. */
  watch(told) {
    const names = Object.values(this.names);
    const hear = ({ key }) => (key === null || names.includes(key)) && told();
    addEventListener("storage", hear);
    return () => removeEventListener("storage", hear);
  }

  read(what) {
    const name = this.names[what];
    try {
      return JSON.parse((this.durable ? localStorage.getItem(name) : this.memory.get(name)) ?? "null");
    } catch {
      return null;
    }
  }

  write(what, value) {
    const name = this.names[what];
    try {
      if (this.durable) localStorage.setItem(name, JSON.stringify(value));
      else this.memory.set(name, JSON.stringify(value));
      return true;
    } catch {
      return false; // no room left
    }
  }
}

/** Whether this browser keeps anything beyond the page. */
function durable() {
  try {
    localStorage.setItem("wangge.report.try", "1");
    localStorage.removeItem("wangge.report.try");
    return true;
  } catch {
    return false;
  }
}
