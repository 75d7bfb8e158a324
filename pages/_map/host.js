// The browser half of the live map: keeps one MapApp up to date with what host.py says, and its
// layer switches, which act before the page has heard of them.
// For tests the root carries data-painted, data-drawn, data-made, data-selected, data-view and
// data-error.
import "../vendor/leaflet-1.9.4/leaflet.js";
import { body } from "./bodies.js";
import { createMap } from "./draw/app.js";
import { Pills } from "./draw/pills.js";
import { Compare } from "./compare.js";
import { Fingers } from "./fingers.js";
import { Room, inPageColours, style, themeOf } from "./page.js";
import { Placing } from "./placing.js";

const L = globalThis.leaflet;
const maps = new WeakMap(); // root element -> LiveMap; Streamlit calls render on every rerun
const views = new Map(); // map key -> view; outlives a page switch, not a reload
const SLOW = 3000; // ms until we say what is still being read
const TOO_SLOW = 15000; // ms until we say what to do
const STEP = 300; // ms between two partial drawings of a slow first load
const SEEN = 30; // ms a switch has to be seen in before the page, which is slow, is told

export default function render(component) {
  const root = component.parentElement.querySelector("[data-testid=map]");
  if (!maps.has(root)) maps.set(root, new LiveMap(root, component.data));
  maps.get(root).update(component);
  // Streamlit also runs this when a rerun overtakes a render that is still loading.
  return () => setTimeout(() => root.isConnected || maps.get(root)?.remove());
}

class LiveMap {
  constructor(root, data) {
    this.root = root;
    this.key = data.key;
    for (const [name, value] of Object.entries(data.ground)) root.style.setProperty(`--${name}`, value);
    root.style.background = data.switches.length ? "transparent" : "var(--m_out)";
    this.app = createMap(L, root, {
      theme: themeOf(root, data),
      scale: data.scale,
      words: data.words,
      showLegend: data.legend,
      chip: data.chip,
      title: data.title,
      view: views.get(data.key),
      onPick: (layer, id, reason) => this.pick(layer, id, reason),
      onView: (view) => views.set(this.key, view),
    });
    if (data.switches.length) {
      const told = { flipped: (id) => this.flip(id), givenUp: () => this.update(this.component) };
      this.pills = new Pills(root, told);
      inPageColours(this.pills.row);
    }
    const again = () => this.tell(this.app.selection.pending && this.picked, this.pills?.pending ? this.pills.ids : null);
    if (data.scale === "desk") this.placing = new Placing(this.app, again);
    this.compare = new Compare(this.app, data.key);
    this.note = document.createElement("div");
    this.note.className = "wg-box wg-note";
    this.note.setAttribute("role", "status");
    this.note.hidden = true;
    this.app.stage.append(this.note);
    this.room = new Room(root, () => this.fill());
    this.fingers = new Fingers(this.app.canvas, this.room.column, (on) => this.hint(on));
    this.styled = style(root);
  }

  async update(component) {
    const { data } = component;
    this.component = component;
    this.data = data;
    this.pills?.answer(data);
    this.placing?.answer(data);
    try {
      this.fill();
      this.app.setTheme(themeOf(this.root, data));
      this.app.setChip(data.chip);
      this.app.title = data.title;
      this.app.date = data.date;
      await this.load(data);
    } catch (error) {
      if (this.data !== data || this.gone) return;
      this.root.dataset.error = error.message;
      this.say(data.words.paint_failed);
      throw error;
    }
  }

  async load(data) {
    const due = this.due(data);
    const clocks = this.clocks(data);
    try {
      await this.styled;
      const arriving = due.map((digest) => body(digest, this));
      if (!this.app.whole) this.drawEarly(data, arriving);
      const found = await Promise.all(arriving);
      if (this.data !== data || this.gone) return; // overtaken: the later update draws
      this.draw(data, new Map(due.map((digest, at) => [digest, found[at]])));
      const first = !this.app.whole;
      this.app.complete();
      this.app.selection.answer(data.selected, { animate: !first });
      this.app.window.focus(data.focus);
      this.placing?.show();
      delete this.root.dataset.error;
      this.say("");
      this.prefetch(data);
    } finally {
      clocks.forEach(clearTimeout);
    }
  }

  /** The bodies this drawing needs: the sheet, what is shown and what is selected. */
  due(data) {
    const named = new Set([data.selected?.[0], data.focus?.[0]]);
    const needed = this.layers(data).filter((layer) => layer.shown || named.has(layer.id));
    const left = this.compare.due(data.before, new Set(needed.map((layer) => layer.id)));
    return [...new Set([data.sheet, ...needed.map((layer) => layer.hash), ...left])];
  }

  /** The page's list of layers, shown as they are switched here. */
  layers({ layers }) {
    if (!this.pills) return layers;
    const shown = new Set(this.pills.shown(layers));
    return layers.map((layer) => ({ ...layer, shown: shown.has(layer.id) }));
  }

  draw(data, found) {
    const { app } = this;
    const sheet = found.get(data.sheet);
    if (!sheet) return;
    app.setSheet(sheet);
    this.pills?.fill(sheet, app.words);
    app.setHead({ ...data, layers: this.layers(data) });
    for (const { id, hash } of data.layers) if (found.has(hash)) app.setBody(id, hash, found.get(hash).features);
    this.compare.answer(data.before, found);
  }

  /** While a first load is slow, draw what has come: the outline is better than a grey box. */
  drawEarly(data, arriving) {
    const found = new Map();
    const due = this.due(data);
    arriving.forEach((one, at) => one.then((value) => found.set(due[at], value), () => {}));
    let drawn = 0;
    const timer = setInterval(() => {
      if (this.app.whole || this.data !== data || this.gone) clearInterval(timer);
      else if (found.size > drawn) {
        drawn = found.size;
        this.draw(data, found);
      }
    }, STEP);
  }

  /** What is switched off is fetched when all else is done, so that a switch finds it here. */
  prefetch(data) {
    setTimeout(() => {
      if (this.data !== data || this.gone) return;
      for (const { hash } of data.layers) body(hash, this).catch(() => {});
    }, STEP);
  }

  clocks(data) {
    if (this.app.whole) return [];
    const name = this.app.words.map;
    const still = data.words.still_loading?.replace("{name}", name);
    return [
      setTimeout(() => this.data === data && this.say(still), SLOW),
      setTimeout(() => this.data === data && this.say(data.words.loading_long), TOO_SLOW),
    ];
  }

  /** Whether this map still waits for a body. */
  wants(digest) {
    return !this.gone && this.due(this.data).includes(digest);
  }

  /** A body did not come: say so, and after a while what to do. */
  failed(error, often) {
    this.root.dataset.error = error.message;
    this.say(often ? this.data.words.failed : this.data.words.retrying);
  }

  say(text) {
    this.note.textContent = text;
    this.note.hidden = !text;
    this.note.classList.toggle("wg-low", Boolean(this.app.whole));
  }

  /** Say that two fingers move the map, or no longer. */
  hint(on) {
    const { two_fingers: text } = this.app.words;
    if (on) this.say(text);
    else if (this.note.textContent === text) this.say("");
  }

  pick(layer, id, reason) {
    const picked = { layer, id, reason };
    this.picked = reason === "back" ? null : picked;
    this.tell(picked, this.pills?.pending ? this.pills.ids : null);
  }

  /** A layer was switched: show it, or hide it, then tell the page. */
  flip(id) {
    this.pills.wait(Infinity);
    this.follow(id);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const { app, pills } = this;
      pills.wait(this.tell(app.selection.pending && this.picked, pills.ids));
    }, SEEN);
  }

  /** Show what is switched on, once the layer switched last is here. */
  async follow(id) {
    const { app, pills } = this;
    const hashes = this.compare.hashes(id, this.data);
    if (pills.on.has(id) && !this.compare.holds(id, hashes)) {
      pills.busy(id, true);
      const found = await Promise.all(hashes.map((hash) => body(hash, this))).catch(() => null);
      pills.busy(id, false);
      const due = !this.gone && String(this.compare.hashes(id, this.data)) === String(hashes);
      if (!found || !due) return; // switched off again, or overtaken: the later update draws
      app.setBody(id, hashes[0], found[0].features);
      this.settled();
      app.setShown(pills.shown(this.data.layers));
      this.compare.answer(this.data.before, new Map(hashes.map((hash, at) => [hash, found[at]])));
    }
    app.switched(pills.shown(this.data.layers));
  }

  settled() {
    if (!this.app.whole) return;
    delete this.root.dataset.error;
    this.say("");
  }

  /**
   * Tell the page what was picked and what is switched on; returns the number of the message.
   *
   * What the page has not answered yet is said again: a message may overtake the one before it,
   * and travels with the address as it was then.
   */
  tell(picked, shown) {
    const turn = Date.now(); // the same place twice is two picks
    const placed = this.placing?.unanswered ?? [];
    this.component.setTriggerValue("told", { turn, picked: picked || null, shown, placed });
    return turn;
  }

  /** Take the height the page gives: the rest of the window, or a length. */
  fill() {
    if (document.fullscreenElement || this.data?.height === undefined) return;
    this.room.take(this.data, this.pills?.height ?? 0);
    this.app.window.resized();
    this.fingers.fit();
  }

  remove() {
    this.gone = true;
    this.room.destroy();
    clearTimeout(this.telling);
    this.pills?.destroy();
    this.fingers.destroy();
    this.compare.destroy();
    this.placing?.destroy();
    this.app.destroy();
    maps.delete(this.root);
  }
}
