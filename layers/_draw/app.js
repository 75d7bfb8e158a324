// One map with everything around it: the live page and the exported file both make it here.

import { Drawing } from "./engine.js";
import { entriesOf, essential, legend } from "./legend.js";
import { colour, dress, element } from "./look.js";
import { Ruler } from "./measure.js";
import { Chooser } from "./choose.js";
import { printMap } from "./print.js";
import { scaleBar } from "./scale.js";
import { switches } from "./switches.js";
import { tools, toggleFullScreen } from "./tools.js";
import { Selection } from "./selection.js";
import { Window } from "./window.js";

const CLOSEST = 21; // zoom
const WALL_SCALE = 1.7 / 1080; // of a wall screen's height

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
    const { theme = "light", scale = "desk", showLegend = true } = options;
    this.alone = !options.onPick; // nobody answers a pick: an exported file
    this.onPick = options.onPick ?? ((...pick) => pick[2] === "back" && this.selection.outline(null));
    Object.assign(this, { L, root, theme, hasLegend: showLegend, wall: scale === "wall" });
    Object.assign(this, { sheet: null, head: null, shown: new Set(), whole: false });
    Object.assign(this, { features: new Map(), digests: new Map() }); // by layer id
    this.before = null; // features by layer id of another state that is compared with this one
    this.given = options.words ?? {};
    this.title = options.title ?? "";
    this.date = options.date ?? "";
    dress(root);
    root.classList.add("wg");
    root.classList.toggle("wg-wall", this.wall);
    root.replaceChildren();
    root.dataset.made = "0";
    root.dataset.selected = "";
    this.stage = element("wg-stage", root);
    this.canvas = element("wg-canvas", this.stage);
    this.map = L.map(this.canvas, leafletOptions(this.wall));
    this.drawing = this.engine();
    this.canvas.addEventListener("pointerdown", () => root.classList.remove("wg-keys"));
    this.chip = element("wg-chip", this.stage);
    this.setChip(options.chip ?? "");
    this.legend = legend(root, this.hasLegend);
    if (!this.wall) this.furnish();
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey, true);
    this.selection = new Selection(this);
    this.window = new Window(this, options.view ?? null, options.onView);
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
      fit: () => this.window.fit({ animate: true }),
      print: () => this.print(),
      layers: this.alone ? () => this.tools.press("layers", this.switches.toggle()) : null,
    });
    if (this.alone) this.switches = switches(stage, (ids) => this.switched(ids));
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
    this.showLegend();
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
    this.window.place();
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
    if (ids.length === this.shown.size && ids.every((id) => this.shown.has(id))) return;
    this.shown = new Set(ids);
    this.drawing.setShown(ids);
    this.chooser?.leave();
  }

  /** Everything the head names has been given: what is painted next is the whole map. */
  complete() {
    this.whole = true;
    this.showLegend();
    this.chooser?.learn();
    const countOf = (id) => this.features.get(id)?.length ?? 0;
    this.switches?.fill(this.sheet, this.shown, this.words, countOf);
    this.noteMade();
  }

  switched(ids) {
    this.setShown(ids);
    this.showLegend();
  }

  setChip(text) {
    this.chip.textContent = text;
    this.chip.hidden = !text;
  }

  key(event) {
    if (event.key === "Tab" || event.key.startsWith("Arrow")) this.root.classList.add("wg-keys");
    const own = event.composedPath().includes(this.root);
    const nobody = document.activeElement === document.body || !document.activeElement;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.composedPath()[0].getAttribute?.("role") === "slider") return; // its keys are its own
    if (!own && !(nobody && event.key === "Escape" && this.root.isConnected)) return;
    if (this.ruler?.key(event.key)) {
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.chooser?.leave();
      if (!document.fullscreenElement) this.selection.pick("", "", "back");
    } else if (this.wall) {
      return;
    } else if (event.key === "Home") {
      event.preventDefault();
      this.window.fit({ animate: true });
    } else if (event.key.toLowerCase() === "m") {
      this.ruler.toggle();
    }
  }

  print() {
    return printMap(this);
  }

  /** Legend entries of what is on the map now; `how` as in `entriesOf`. */
  entries(how) {
    return entriesOf(this.sheet, (id) => this.features.get(id) ?? [], this.shown, how);
  }

  showLegend() {
    if (!this.sheet || !this.whole || !this.hasLegend) return;
    const { sheet, theme, words } = this;
    const scale = this.wall ? this.engineScale() : 1;
    const beforeOf = this.before && ((id) => this.before.get(id) ?? []);
    const now = { band: this.drawing.band, ...(beforeOf && { beforeOf }) };
    const entries = this.wall ? essential(this.entries()) : this.entries(now);
    const how = { sheet, theme, scale, words, compares: Boolean(beforeOf) };
    if (this.legend.show(entries, how) && this.wall) this.window.refit();
  }

  engineScale() {
    return this.wall ? WALL_SCALE * innerHeight : 1;
  }

  /** A wall's drawing grows with its screen: make it anew when the screen has changed. */
  rescale() {
    const scale = this.engineScale();
    if (Math.abs(scale - this.drawing.scale) < 0.01) return;
    this.drawing.destroy();
    this.drawing = this.engine();
    if (!this.sheet) return;
    this.drawing.setSheet(this.sheet);
    for (const [id, features] of this.features) {
      this.drawing.setLayer(id, this.digests.get(id), features);
    }
    this.drawing.setShown([...this.shown]);
    this.drawing.setSelected(this.selection.value);
  }

  engine() {
    const drawing = new Drawing(this.L, this.map, { scale: this.engineScale(), theme: this.theme });
    drawing.onPainted = () => this.painted();
    return drawing;
  }

  noteMade() {
    this.root.dataset.made = String(this.drawing.made);
  }

  painted() {
    if (!this.whole || !this.window.placed) return;
    this.root.dataset.drawn = JSON.stringify(this.drawing.drawn());
    this.root.dataset.painted = "true";
    if (this.band !== this.drawing.band) this.showLegend(); // some classes are drawn from nearer only
    this.band = this.drawing.band;
    this.noteMade();
    this.onPainted?.();
  }

  destroy() {
    this.selection.settle();
    this.window.destroy();
    document.removeEventListener("keydown", this.onKey, true);
    for (const part of [this.chooser, this.ruler, this.tools, this.bar, this.switches]) part?.destroy();
    this.drawing.destroy();
    this.map.remove();
    this.root.replaceChildren();
    this.root.classList.remove("wg", "wg-wall");
  }
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
