// The form: everything on it works in the browser alone, so that a lost connection changes nothing
// but when the report arrives. What is pressed goes into the outbox first and is sent from there.
// For tests the root carries data-mode: write, sending, kept or done.
import { blank, Drafts, written } from "./draft.js";
import { Outbox } from "./outbox.js";
import { small } from "./photo.js";
import { Place, same } from "./place.js";
import { dress } from "./style.js";
import { View } from "./view.js";

const forms = new WeakMap(); // root element -> Report; Streamlit calls render on every rerun

export default function render(component) {
  const root = component.parentElement.querySelector("[data-testid=report]");
  if (!forms.has(root)) forms.set(root, new Report(root, component));
  forms.get(root).update(component);
  // Streamlit also runs this when a rerun overtakes a render that is still loading.
  return () => setTimeout(() => root.isConnected || forms.get(root)?.remove());
}

/** One report being written, and what became of it. */
class Report {
  constructor(root, component) {
    const { data } = component;
    Object.assign(this, { root, component, data, mode: "write", bar: "" });
    Object.assign(this, { current: null, reported: null, answer: null, aims: false });
    dress(root);
    this.drafts = new Drafts(data.post, data.limits);
    this.draft = this.drafts.draft();
    this.found = written(this.draft); // it had been begun before this page was opened
    this.place = new Place(this);
    this.view = new View(root, this);
    this.outbox = new Outbox(this.drafts, data.send, {
      sent: (item, answer) => this.sent(item, answer),
      refused: (item, why) => this.refused(item, why),
      waiting: (why) => this.waiting(why),
    });
    this.unwatch = this.drafts.watch(() => this.elsewhere());
    this.onLine = () => this.draw();
    addEventListener("online", this.onLine);
    addEventListener("offline", this.onLine);
    this.outbox.send();
  }

  update(component) {
    this.component = component;
    this.data = component.data;
    this.outbox.address = this.data.send;
    if (this.mode === "write") this.place.hear(this.data);
    else if (this.mode !== "sending" && same(this.data.at, this.reported)) this.place.clear();
    this.draw();
  }

  draw() {
    this.root.dataset.mode = this.mode;
    this.view.draw();
  }

  /** The kind written down, with its questions; undefined if none is yet. */
  get kind() {
    return this.data.kinds.find(({ id }) => id === this.draft.kind);
  }

  /** The questions asked of this report. */
  get questions() {
    const table = this.draft.at?.asset?.split("/")[0];
    return (this.kind?.questions ?? []).filter(({ unless }) => !unless || unless !== table);
  }

  /** Open cases of the same kind nearby, as far as the page has told them of this place. */
  get near() {
    const { at, near } = this.data;
    return same(at, this.draft.at) ? near.filter(({ kind }) => kind === this.draft.kind) : [];
  }

  choose(kind) {
    this.write({ kind, chosen: true, other: false });
  }

  reply(question, value) {
    this.write({ answers: { ...this.draft.answers, [question]: value } });
  }

  /** Write something down. */
  write(values) {
    Object.assign(this.draft, values);
    this.changed();
  }

  async photograph(files) {
    const { limits, words } = this.data;
    const told = [];
    for (const file of files) {
      if (this.draft.photos.length >= limits.photos) {
        told.push(words.too_many);
        break;
      }
      const { jpeg, why } = await small(file, limits.photo, words.photo);
      if (why) told.push(why);
      else this.draft.photos = [...this.draft.photos, jpeg];
    }
    if (!this.drafts.keepPhotos(this.draft)) told.push(words.photos_not_kept);
    this.changed();
    this.say(told.join("\n"));
    this.view.pictured();
  }

  unphotograph(number) {
    this.draft.photos = this.draft.photos.filter((_, at) => at !== number);
    this.drafts.keepPhotos(this.draft);
    this.changed();
  }

  changed() {
    this.bar = "";
    this.keep();
    this.draw();
  }

  keep() {
    this.drafts.keep(this.draft);
  }

  /** Take an empty sheet. */
  begin() {
    this.draft = blank();
    this.found = false;
    this.drafts.keepPhotos(this.draft);
    this.keep();
  }

  /** Write a new report; what was written and not reported is gone. */
  restart() {
    this.next();
    this.place.clear();
    this.draw();
  }

  next() {
    this.begin();
    Object.assign(this, { mode: "write", current: null, answer: null, bar: "" });
  }

  /** It is another one than those nearby: report it. */
  another() {
    this.write({ other: true });
    this.press();
  }

  /** Report, or with the number of a case add to that one. */
  press(to = "") {
    if (this.mode !== "write") return; // the second half of a double tap
    const fault = this.fault(to);
    if (fault) {
      this.say(fault);
      return;
    }
    const item = this.item(to);
    this.reported = this.draft.at;
    const room = this.drafts.put(item);
    if (room === "lost") {
      this.say(this.data.words.no_room);
      return;
    }
    if (room === "bare") this.outbox.whole.set(item.key, item);
    this.begin();
    Object.assign(this, { mode: "sending", current: item, bare: room === "bare", bar: "" });
    this.draw();
    this.outbox.send();
  }

  /** What is sent. */
  item(to) {
    const { draft, data } = this;
    const { lon, lat, asset, says } = draft.at;
    const told = this.questions.map(({ id }) => [id, draft.answers[id]]).filter(([, value]) => value);
    return {
      key: draft.key, by: data.post, written: Date.now(), to, lon, lat, asset, says,
      kind: draft.kind, severity: draft.severity || data.severity, note: draft.note,
      answers: Object.fromEntries(told), photos: draft.photos,
    };
  }

  /** Why it cannot be reported yet, or nothing. */
  fault(to) {
    const { draft, data } = this;
    const { words } = data;
    if (!draft.at) return words.no_place;
    if (!this.kind) return words.no_kind;
    for (const { id, form, asks, low, high } of this.questions) {
      const value = draft.answers[id];
      const fits = Number(value) >= low && Number(value) <= high;
      if (form === "number" && value && !fits)
        return words.number.replace("{asks}", asks).replace("{low}", low).replace("{high}", high);
    }
    return this.near.length && !draft.other && !to ? words.decide : "";
  }

  sent(item, answer) {
    if (item.key !== this.current?.key) {
      this.say(this.data.words.sent_later.replace("{id}", answer.id));
      return;
    }
    Object.assign(this, { mode: "done", answer, bar: "" });
    this.place.clear();
    this.draw();
    this.view.attend();
  }

  refused(item, why) {
    if (item.key === this.current?.key) this.again(item);
    this.say(why);
  }

  /** It cannot be sent now; it is kept, and sent later. */
  waiting(why) {
    if (this.mode === "sending") {
      this.mode = "kept";
      this.place.clear();
      this.view.attend();
    }
    this.bar = why;
    this.draw();
  }

  /** Bring a report that was refused back into the form. */
  again(item) {
    const { lon, lat, asset, says, key, kind, severity, note, answers } = item;
    const { photos } = this.outbox.whole.get(key) ?? item;
    this.drafts.drop(key);
    Object.assign(this, { mode: "write", current: null, bar: "" });
    this.draft = { ...blank(), key, kind, chosen: true, severity, note, answers, photos };
    this.place.put({ lon, lat, asset, says, where: "", name: "", accuracy: null });
    this.drafts.keepPhotos(this.draft);
    this.keep();
    this.draw();
  }

  forget(key) {
    this.drafts.drop(key);
    this.draw();
  }

  /** Another tab has written or sent something; each tab has a map, and so a place, of its own. */
  elsewhere() {
    if (this.mode === "write") {
      const { at, opened } = this.draft;
      const next = this.drafts.draft();
      const gone = next.key !== this.draft.key && written(this.draft) && !written(next);
      this.draft = { ...next, at, opened };
      if (gone) this.bar = this.data.words.elsewhere;
    } else if (this.mode === "kept" && !this.drafts.outbox().some(({ key }) => key === this.current.key)) {
      this.outbox.ask(this.current); // another tab or page has sent it: its answer is ours to show
    }
    this.draw();
  }

  say(text) {
    this.bar = text;
    this.draw();
    if (text) this.view.show();
  }

  /** Make the map large enough to set the pin, or small again. */
  aim() {
    this.aims = !this.aims;
    document.documentElement.classList.toggle("report-aims", this.aims);
    dispatchEvent(new Event("resize"));
    if (this.aims) document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
    this.draw();
  }

  remove() {
    this.outbox.remove();
    this.place.remove();
    this.unwatch();
    document.documentElement.classList.remove("report-aims");
    removeEventListener("online", this.onLine);
    removeEventListener("offline", this.onLine);
    forms.delete(this.root);
  }
}
