// One map with everything around it: the live page and the exported file both make it here.

import { Drawing } from "./engine.js";
import { legend, entriesOf } from "./legend.js";
import { colour, dress } from "./look.js";
import { Ruler } from "./measure.js";
import { Chooser } from "./choose.js";
import { printMap } from "./print.js";
import { scaleBar } from "./scale.js";
import { tools, toggleFullScreen } from "./tools.js";
import { fitTo, flyTo, isWellSeen } from "./fly.js";

const PATIENCE = 2000; // ms a click's outline waits for the server to confirm it
const AROUND = 0.75; // share of the community one may pan beyond it
const CLOSEST = 21;

/**
 * Make a map in `root`.
 *
 * @param {object} L Leaflet
 * @param {HTMLElement} root is filled; its height is the caller's
 * @param {object} options
 * @param {object} [options.sheet] styles and words
 * @param {object} [options.head] layers in drawing order, bounds
 * @param {Object<string, object>} [options.bodies] FeatureCollections by digest
 * @param {string} [options.theme] "light" or "dark"
 * @param {string} [options.scale] "desk" or "wall"
 * @param {object} [options.words] override the sheet's
 * @param {function(string, string, string): void} [options.onPick] layer, id, reason
 * @param {boolean} [options.showLegend]
 * @param {string} [options.chip] text at the top left
 * @param {string} [options.title] heading of the printed sheet
 * @param {string} [options.date] date on the printed sheet; else the browser's
 * @param {object} [options.view] where to look first: {center, zoom, fitted}
 * @param {function(object): void} [options.onView] told of every new view
 */
export function createMap(L, root, options) {
  return new MapApp(L, root, options);
}

/** See `createMap`. */
export class MapApp {
  constructor(L, root, options) {
    const { theme = "light", scale = "desk", onPick = () => {}, showLegend = true } = options;
    Object.assign(this, { L, root, theme, onPick, showLegend, wall: scale === "wall" });
    Object.assign(this, { sheet: null, head: null, features: new Map(), digests: new Map() });
    this.given = options.words ?? {};
    this.title = options.title ?? "";
    this.date = options.date ?? "";
    this.view = options.view ?? null;
    this.onView = options.onView;
    dress(root);
    root.classList.add("wg");
    root.classList.toggle("wg-wall", this.wall);
    root.replaceChildren();
    root.dataset.made = "0";
    this.stage = element("wg-stage", root);
    this.canvas = element("wg-canvas", this.stage);
    this.map = L.map(this.canvas, leafletOptions(this.wall));
    this.drawing = new Drawing(L, this.map, { scale: this.engineScale(), theme });
    this.drawing.onPainted = () => this.painted();
    this.chip = element("wg-chip", this.stage);
    this.setChip(options.chip ?? "");
    this.legend = legend(root);
    if (!this.wall) this.furnish();
    this.map.on("moveend", () => this.noteView());
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey, true);
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(this.stage);
    if (options.sheet) this.setSheet(options.sheet);
    if (options.head) {
      this.setHead(options.head);
      for (const layer of options.head.layers) {
        const body = options.bodies?.[layer.hash];
        if (body) this.setBody(layer.id, layer.hash, body.features);
      }
      this.complete();
    }
  }

  /** The words of the sheet with the caller's own. */
  get words() {
    return { ...this.sheet?.words, ...this.given };
  }

  furnish() {
    const { L, map, stage, root } = this;
    this.ruler = new Ruler(L, map, stage, (on) => {
      root.classList.toggle("wg-measuring", on && this.ruler.active);
      this.tools.press("measure", on);
      if (on) this.chooser.leave();
    });
    this.tools = tools(stage, {
      zoom_in: () => map.zoomIn(),
      zoom_out: () => map.zoomOut(),
      fullscreen: root.requestFullscreen ? () => toggleFullScreen(root) : null,
      measure: () => this.ruler.toggle(),
      fit: () => this.fit({ animate: true }),
      print: () => this.print(),
    });
    this.bar = scaleBar(map, stage);
    this.chooser = new Chooser(this);
    const able = () => {
      this.tools.able("zoom_in", map.getZoom() < map.getMaxZoom());
      this.tools.able("zoom_out", map.getZoom() > map.getMinZoom());
    };
    map.on("zoomend zoomlevelschange", able);
  }

  /** Take the styles and words. */
  setSheet(sheet) {
    if (this.sheet === sheet) return;
    this.sheet = sheet;
    this.drawing.setSheet(sheet);
    this.dressUp();
  }

  dressUp() {
    const { sheet, root } = this;
    colour(root, sheet.tokens[this.theme]);
    root.style.setProperty("--fonts", sheet.fonts);
    this.canvas.setAttribute("aria-label", this.words.map);
    for (const part of [this.tools, this.bar, this.ruler]) part?.setWords(this.words);
    this.showLegendNow();
  }

  setTheme(theme) {
    if (theme === this.theme) return;
    this.theme = theme;
    this.drawing.setTheme(theme);
    if (this.sheet) this.dressUp();
  }

  /** Take the list of layers: their order, which are shown, and the community's bounds. */
  setHead(head) {
    this.head = head;
    const wanted = new Set(head.layers.map((layer) => layer.id));
    for (const id of [...this.features.keys()].filter((one) => !wanted.has(one))) {
      this.features.delete(id);
      this.digests.delete(id);
      this.drawing.setLayer(id, "", []);
    }
    this.place();
    this.setShown(head.layers.filter((layer) => layer.shown).map((layer) => layer.id));
  }

  /** Take the features of a layer; the same digest again is no work. */
  setBody(id, digest, features) {
    if (this.digests.get(id) === digest) return;
    this.digests.set(id, digest);
    this.features.set(id, features);
    this.drawing.setLayer(id, digest, features);
  }

  setShown(ids) {
    this.shown = new Set(ids);
    this.drawing.setShown(ids);
    this.chooser?.leave();
  }

  /** Everything the head names has been given: what is painted next is the whole map. */
  complete() {
    this.whole = true;
    this.showLegendNow();
    this.chooser?.learn();
    this.noteMade();
  }

  setChip(text) {
    this.chip.textContent = text;
    this.chip.hidden = !text;
  }

  /** Select what the server says; fly there when it is not well seen. */
  select(selected, { fly = true } = {}) {
    const now = keyOf(selected);
    if (this.pending) {
      const settled = this.pending.key === now;
      if (!settled && Date.now() - this.pending.at < PATIENCE) {
        this.late = selected; // an answer to an earlier click; the newer one is on its way
        return;
      }
      this.settle();
      if (settled) return;
    }
    if (now === this.root.dataset.selected) return;
    this.outline(selected);
    if (fly && selected && !isWellSeen(this, selected)) flyTo(this, selected);
  }

  /** Show a click's outline at once and tell the page; it answers through `select`. */
  pick(layer, id, reason = "") {
    if (reason !== "back") {
      const selected = layer ? [layer, id] : null;
      this.settle();
      this.outline(selected);
      this.pending = { key: keyOf(selected), at: Date.now() };
      this.timer = setTimeout(() => {
        const { late } = this;
        this.settle();
        if (late !== undefined) this.select(late);
      }, PATIENCE);
    }
    this.onPick(layer, id, reason);
  }

  settle() {
    clearTimeout(this.timer);
    this.pending = this.late = undefined;
  }

  outline(selected) {
    this.selected = selected;
    this.drawing.setSelected(selected);
    this.root.dataset.selected = keyOf(selected);
    this.chooser?.chosen(selected);
  }

  /** Show the whole community, or with `focus` one feature and its surroundings. */
  fit({ animate = false } = {}) {
    const done = () => {
      this.fittedView = this.root.dataset.view;
      this.noteView();
    };
    if (animate) this.map.once("moveend", done);
    fitTo(this, { animate });
    if (!animate) done();
  }

  focus(target) {
    const key = keyOf(target);
    if (key === this.focused) return;
    const first = this.focused === undefined;
    this.focused = key;
    if (target) flyTo(this, target, { close: true, animate: !first });
    else if (!first) this.fit({ animate: true });
  }

  key(event) {
    const own = event.composedPath().includes(this.root);
    const nobody = document.activeElement === document.body || !document.activeElement;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!own && !(nobody && event.key === "Escape" && this.root.isConnected)) return;
    if (this.ruler?.key(event.key)) {
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.chooser?.leave();
      if (!document.fullscreenElement) this.pick("", "", "back");
    } else if (this.wall) {
      return;
    } else if (event.key === "Home") {
      event.preventDefault();
      this.fit({ animate: true });
    } else if (event.key.toLowerCase() === "m") {
      this.ruler.toggle();
    }
  }

  print() {
    return printMap(this);
  }

  /** Legend entries of what is on the map now. */
  entries() {
    return entriesOf(this.sheet, (id) => this.features.get(id) ?? [], this.shown);
  }

  showLegendNow() {
    if (!this.sheet || !this.whole || !this.showLegend) return;
    const { sheet, theme, words } = this;
    const scale = this.wall ? this.engineScale() : 1;
    this.legend.show(this.entries(), { sheet, theme, scale, words });
  }

  engineScale() {
    return this.wall ? (1.7 * innerHeight) / 1080 : 1;
  }

  /** Give the map its first view once it has a size: in a hidden tab it has none. */
  place() {
    if (this.placed || !this.head) return;
    const { map } = this;
    map.invalidateSize({ pan: false });
    if (!map.getSize().x || !map.getSize().y) return;
    this.placed = true;
    this.limit();
    const { view, head } = this;
    if (view && !view.fitted) map.setView(view.center, view.zoom, { animate: false });
    else if (head.bounds) this.fit();
    else map.setView([0, 0], 2, { animate: false });
  }

  limit() {
    const { map, head, L } = this;
    if (!head.bounds) return;
    const bounds = L.latLngBounds(head.bounds);
    const least = map.getBoundsZoom(bounds) - 1;
    map.setMinZoom(Math.max(0, least));
    map.setMaxZoom(head.maxZoom ?? CLOSEST);
    map.setMaxBounds(bounds.pad(AROUND));
  }

  resized() {
    if (!this.placed) {
      this.place();
      return;
    }
    const size = this.stage.clientWidth + "x" + this.stage.clientHeight;
    if (size === this.size || !this.stage.clientHeight) return;
    this.size = size;
    const fitted = this.isFitted();
    this.rescale();
    this.map.setMaxBounds(null); // else Leaflet pans back inside while we fit
    this.map.invalidateSize({ pan: false });
    if (fitted) this.fit();
    this.limit();
    this.showLegendNow();
  }

  /** A wall's drawing grows with its screen: make it anew when the screen has changed. */
  rescale() {
    const scale = this.engineScale();
    if (Math.abs(scale - this.drawing.scale) < 0.01) return;
    const { L, map, theme } = this;
    this.drawing.destroy();
    this.drawing = new Drawing(L, map, { scale, theme });
    this.drawing.onPainted = () => this.painted();
    if (!this.sheet) return;
    this.drawing.setSheet(this.sheet);
    for (const [id, features] of this.features) {
      this.drawing.setLayer(id, this.digests.get(id), features);
    }
    this.drawing.setShown([...(this.shown ?? [])]);
    this.drawing.setSelected(this.selected ?? null);
  }

  /** Whether the map still looks where the last fit left it. */
  isFitted() {
    return this.fittedView === this.root.dataset.view;
  }

  noteView() {
    const { lat, lng } = this.map.getCenter();
    const zoom = Number(this.map.getZoom().toFixed(3));
    this.root.dataset.view = [lat.toFixed(6), lng.toFixed(6), zoom].join(",");
    if (this.placed) this.onView?.({ center: [lat, lng], zoom, fitted: this.isFitted() });
  }

  noteMade() {
    this.root.dataset.made = String(this.drawing.made);
  }

  painted() {
    if (!this.whole || !this.placed) return;
    this.root.dataset.drawn = JSON.stringify(this.drawing.drawn());
    this.root.dataset.painted = "true";
    this.noteMade();
    this.onPainted?.();
  }

  destroy() {
    this.settle();
    this.watch.disconnect();
    if (this.onKey) document.removeEventListener("keydown", this.onKey, true);
    for (const part of [this.chooser, this.ruler, this.tools, this.bar]) part?.destroy();
    this.drawing.destroy();
    this.map.remove();
    this.root.replaceChildren();
    this.root.classList.remove("wg", "wg-wall");
  }
}

function keyOf(selected) {
  return selected?.[0] ? selected.join("/") : "";
}

function element(name, parent) {
  const made = document.createElement("div");
  made.className = name;
  parent.append(made);
  return made;
}

function leafletOptions(wall) {
  const still = {
    dragging: false, touchZoom: false, doubleClickZoom: false, scrollWheelZoom: false,
    boxZoom: false, keyboard: false, tap: false,
  };
  return {
    attributionControl: false, // its prefix draws a flag
    zoomControl: false,
    zoomSnap: 0.05, // coarser steps leave up to half of a wall screen empty after a fit
    zoomDelta: 0.5,
    wheelPxPerZoomLevel: 110,
    maxZoom: CLOSEST,
    maxBoundsViscosity: 0.8,
    fadeAnimation: false,
    trackResize: false, // the watch on the stage does it, and keeps a fitted map fitted
    ...(wall ? still : {}),
  };
}
