// Two states of the community under one divider: at its left as it is, at its right as it would be.
import { Drawing } from "./draw/engine.js";
import { Divider } from "./divider.js";

const places = new Map(); // map key -> where its divider is; outlives a page switch, not a reload

/** Compares on a MapApp; while it does, `app.drawing` is a `Pair`. */
export class Compare {
  constructor(app, key) {
    Object.assign(this, { app, key, pair: null });
  }

  /** Digests of the bodies of a layer: as the right side shows it, and the left where that differs. */
  hashes(id, { layers, before }) {
    const named = [layers, before?.layers ?? []].map((list) => list.find((layer) => layer.id === id)?.hash);
    return [...new Set(named.filter(Boolean))];
  }

  /** Whether the bodies `hashes` of a layer are here. */
  holds(id, hashes) {
    return hashes[0] === this.app.digests.get(id) && (hashes.length === 1 || this.pair?.before.has(id, hashes[1]));
  }

  /** Digests of the bodies that the left side needs beyond those the right side has. */
  due(before, shown) {
    return before ? before.layers.filter(({ id }) => shown.has(id)).map(({ hash }) => hash) : [];
  }

  /**
   * Show `before` at the left of what the map shows already; with null no longer.
   *
   * @param {{layers: Array<{id: string, hash: string}>}|null} before
   * @param {Map<string, object>} found bodies by digest
   */
  answer(before, found) {
    const { app } = this;
    if (!before) {
      this.stop();
      return;
    }
    this.pair ??= this.start();
    const { after, before: drawing } = this.pair;
    if (app.sheet) drawing.setSheet(app.sheet);
    app.before ??= new Map();
    for (const { id, hash } of before.layers) {
      const alike = app.digests.get(id) === hash;
      if (alike) drawing.borrow(id, after);
      else if (found.has(hash)) this.pair.setBefore(id, hash, found.get(hash).features);
      const features = alike ? app.features.get(id) : found.get(hash)?.features;
      if (features) app.before.set(id, features);
    }
    this.pair.setShown([...app.shown]);
    this.divider.setWords(app.words);
  }

  start() {
    const { app } = this;
    const after = app.drawing;
    const { scale, theme } = after;
    const pair = new Pair(after, new Drawing(app.L, app.map, { scale, theme, beside: after }));
    pair.before.onPainted = () => {
      app.root.dataset.before = JSON.stringify(pair.before.drawn());
      after.onPainted?.();
    };
    app.drawing = pair;
    this.divider = new Divider(app.stage, places.get(this.key) ?? 0.5, (at) => {
      places.set(this.key, at);
      pair.divide(at);
    });
    pair.divide(this.divider.at);
    app.root.classList.add("wg-compares");
    pair.setSelected(app.selection.value);
    return pair;
  }

  stop() {
    if (!this.pair) return;
    this.app.drawing = this.pair.stop();
    this.app.before = null;
    this.divider.destroy();
    this.app.root.classList.remove("wg-compares");
    delete this.app.root.dataset.before;
    this.pair = this.divider = null;
  }

  destroy() {
    this.divider?.destroy();
  }
}

/** Two drawings of one map that answer as one. */
class Pair {
  constructor(after, before) {
    Object.assign(this, { after, before, at: 0.5 });
    this.cut = () => this.divide(this.at);
    after.map.on("move zoom viewreset resize", this.cut);
  }

  get both() {
    return [this.after, this.before];
  }

  get scale() {
    return this.after.scale;
  }

  get band() {
    return this.after.band;
  }

  get made() {
    return this.after.made + this.before.made;
  }

  /** Put the divider at a share of the window's width. */
  divide(at) {
    this.at = at;
    const { x } = this.after.map.getSize();
    const middle = Math.round(x * at);
    this.before.stage.clip([-1, middle]);
    this.after.stage.clip([middle, x + 1]);
  }

  setSheet(sheet) {
    for (const one of this.both) one.setSheet(sheet);
  }

  setTheme(theme) {
    for (const one of this.both) one.setTheme(theme);
  }

  setLayer(id, digest, features) {
    if (this.before.holds(id, this.after)) this.before.borrow(id, null); // it stays as it is there
    this.after.setLayer(id, digest, features);
  }

  /** Take over the features of a layer at the left. */
  setBefore(id, digest, features) {
    if (this.before.holds(id, this.after)) this.before.borrow(id, null);
    this.before.setLayer(id, digest, features);
  }

  setShown(ids) {
    for (const one of this.both) one.setShown(ids);
    this.after.shared = this.before.shared = this.after.alike(this.before);
  }

  setSelected(target) {
    for (const one of this.both) one.setSelected(target);
  }

  setHover(target) {
    for (const one of this.both) one.setHover(target);
  }

  hit(point, how) {
    return (point.x < this.after.map.getSize().x * this.at ? this.before : this.after).hit(point, how);
  }

  boundsOf(layer, id) {
    return this.after.boundsOf(layer, id) ?? this.before.boundsOf(layer, id);
  }

  drawn() {
    return this.after.drawn();
  }

  flush() {
    for (const one of this.both) one.flush();
  }

  /** Leave the right side alone on the map, and return it. */
  stop() {
    const { after, before, cut } = this;
    after.map.off("move zoom viewreset resize", cut);
    after.shared = null;
    before.destroy();
    after.stage.clip(null);
    return after;
  }

  destroy() {
    this.stop().destroy();
  }
}
