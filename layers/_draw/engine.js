// The drawing engine: draws the layers of a sheet on canvases inside a Leaflet map.
import { longitudeOf, latitudeOf, pixelsAt, worldX, worldY, isInBand } from "./project.js";
import { Ink } from "./ink.js";
import { Stage } from "./stage.js";
import { Stratum } from "./stratum.js";
import { Ground } from "./ground.js";
import { Placement } from "./placement.js";
import { paintSymbols } from "./spread.js";
import { paintLabels } from "./letters.js";
import { paintPicked } from "./select.js";
import { findHit } from "./hit.js";
import { newFaces } from "./fonts.js";

const FLIGHT_REST = 90; // milliseconds between two paints during a flight
const STEP = 0.25; // a flight passes through every zoom: names are placed for the nearest of these
const WALL = 1.15; // from this scale on the drawing is read from far away

/** Draws one map. Everything it is told is drawn soon after, several changes at once. */
export class Drawing {
  /**
   * @param {object} L Leaflet
   * @param {object} map a Leaflet map
   * @param {{scale?: number, theme?: string, wall?: boolean, beside?: Drawing}} how scale: 1 at the
   *   desk, about 1.7 on a wall screen 1080 pixels high; wall: only what can be read from five metres
   *   is named; beside: another drawing of the same map, see `borrow`
   */
  constructor(L, map, { scale = 1, theme = "light", wall = scale >= WALL, beside = null } = {}) {
    Object.assign(this, { L, map, scale, theme, wall });
    this.sheet = { tokens: {}, fonts: "", layers: [] };
    this.ink = new Ink(this.sheet, theme);
    const name = beside ? "beside" : "draw";
    this.stage = new Stage(L, map, { scale, leastBand: wall ? 1 : 0, name }); // a wall shows the fit view, however small
    this.ground = beside?.ground ?? new Ground();
    this.shared = null; // number of layers, from the bottom, that another drawing has too
    this.strata = new Map();
    this.shown = new Set();
    this.selected = null;
    this.hovered = null;
    this.made = 0;
    this.paints = 0;
    this.onPainted = null;
    this.placement = new Placement();
    this.due = null; // "all", "top" or "picked"
    this.handlers = {
      viewreset: () => this.#due("all"),
      resize: () => this.#settle(),
      moveend: () => this.#settle(),
      move: () => this.#follow(),
      zoom: () => this.stage.stretch(map.getCenter(), map.getZoom()),
      zoomanim: (event) => this.stage.stretch(event.center, event.zoom),
    };
    map.on(this.handlers);
    map.whenReady(() => this.#due("all"));
    this.#awaitFonts();
  }

  /** Take over a sheet: tokens, fonts and the styles of every layer. */
  setSheet(sheet) {
    this.sheet = sheet;
    this.ink = new Ink(sheet, this.theme);
    for (const meta of sheet.layers) this.#stratum(meta.id).setMeta(meta);
    this.#forget("all", { widths: true });
    this.#awaitFonts();
  }

  /** Draw in "light" or "dark". */
  setTheme(theme) {
    if (theme === this.theme) return;
    this.theme = theme;
    this.ink = new Ink(this.sheet, theme);
    this.#due("all");
  }

  /** Draw for another screen size: `scale` as given to the constructor. */
  setScale(scale) {
    if (scale === this.scale) return;
    this.scale = this.stage.scale = scale;
    this.#forget("all");
  }

  /** Take over the features of a layer, unless the digest says they are already here. */
  setLayer(id, digest, features) {
    const stratum = this.#stratum(id);
    if (stratum.digest === digest) return;
    const before = stratum.isOnTop;
    this.made += stratum.setFeatures(digest, features);
    this.#forget(before && stratum.isOnTop ? "top" : "all");
  }

  /** Draw a layer as `other` holds it; with null on its own again, from nothing. */
  borrow(id, other) {
    const stratum = other ? other.#stratum(id) : new Stratum(id);
    if (this.strata.get(id) === stratum) return;
    const meta = this.strata.get(id)?.meta;
    if (!other && meta) stratum.setMeta(meta);
    this.strata.set(id, stratum);
    this.#forget("all");
  }

  /** Whether the features of a layer are those of a digest. */
  has(id, digest) {
    return this.strata.get(id)?.digest === digest;
  }

  /** Whether a layer here is the very one of `other`. */
  holds(id, other) {
    return this.strata.has(id) && this.strata.get(id) === other.strata.get(id);
  }

  /** Count the layers, from the bottom, that this drawing and `other` draw alike. */
  alike(other) {
    const [mine, theirs] = [this.#drawnStrata(), other.#drawnStrata()];
    const first = mine.findIndex((stratum, at) => stratum !== theirs[at]);
    return first < 0 ? mine.length : first;
  }

  /** Show exactly these layers; base layers are shown when they are named too. */
  setShown(ids) {
    const shown = new Set(ids);
    const changed = [...shown, ...this.shown].filter((id) => shown.has(id) !== this.shown.has(id));
    if (!changed.length) return;
    this.shown = shown;
    this.#forget(changed.every((id) => this.strata.get(id)?.isOnTop) ? "top" : "all");
  }

  /** Outline a feature as selected: [layer, id], or null. */
  setSelected(target) {
    const [layer, id] = target ?? [];
    const record = this.strata.get(layer)?.records.get(id) ?? null;
    if (this.selected?.layer === layer && this.selected?.id === id && this.selected?.record === record) return;
    this.selected = target ? { layer, id, record } : null;
    const spread = this.placement.at(this.stage.frame?.zoom);
    const written = !record || !this.#wantsLabel(layer, record) || spread?.labels.some((one) => one.record === record);
    if (written) this.#due("picked");
    else this.#forget("top"); // its name has no place yet: it goes first
  }

  /** Outline a feature as under the pointer: [layer, id], or null. */
  setHover(target) {
    const [layer, id] = target ?? [];
    if (this.hovered?.layer === layer && this.hovered?.id === id) return;
    this.hovered = target ? { layer, id } : null;
    this.#due("picked");
  }

  /**
   * The topmost feature at a container point: {layer, id, feature}, or null.
   *
   * @param {object} point Leaflet point
   * @param {{accept?: function(string, object): boolean, coarse?: boolean}} how coarse: a finger
   */
  hit(point, how = {}) {
    if (!this.map._loaded) return null;
    const spot = this.map.containerPointToLayerPoint(point).add(this.map.getPixelOrigin());
    const k = pixelsAt(this.map.getZoom());
    const frame = this.stage.frame;
    if (!frame) return null;
    const at = [spot.x / k, spot.y / k];
    return findHit(this.#drawnStrata(), this.#spread(frame), frame, at, how);
  }

  /** The bounds of a feature, or null where it is unknown. */
  boundsOf(layer, id) {
    const record = this.strata.get(layer)?.records.get(id);
    if (!record?.parts.length) return null;
    const [x0, y0, x1, y1] = record.box;
    return this.L.latLngBounds([latitudeOf(y1), longitudeOf(x0)], [latitudeOf(y0), longitudeOf(x1)]);
  }

  /** Number of the band last drawn, or null before anything was. */
  get band() {
    return this.stage.frame?.band ?? null;
  }

  /** How many features of each shown layer are drawn at this zoom. */
  drawn() {
    const band = this.band ?? 0;
    const count = (stratum) =>
      stratum.groups().reduce((sum, one) => sum + (isInBand(one.style, band) ? one.records.length : 0), 0);
    return Object.fromEntries(this.#drawnStrata().map((stratum) => [stratum.id, count(stratum)]));
  }

  /** Container pixel of a longitude and latitude given as [lat, lng]; for tests and callers. */
  pointOf([latitude, longitude]) {
    const k = pixelsAt(this.map.getZoom());
    const world = this.L.point(worldX(longitude) * k, worldY(latitude) * k);
    return this.map.layerPointToContainerPoint(world.subtract(this.map.getPixelOrigin()));
  }

  /** Draw now what is due; it is otherwise drawn right after the running script. */
  flush() {
    const due = this.due;
    this.due = null;
    if (!due || this.gone || !this.map._loaded) return;
    const size = this.map.getSize();
    this.missed = !size.x || !size.y; // hidden: drawn when the map tells that it has a size again
    if (this.missed) return;
    if (due === "all" || !this.stage.frame) this.#paintAll();
    else this.#paintTop(due === "top");
    this.paints += 1;
    this.onPainted?.();
  }

  /** Leave the map as it was before. */
  destroy() {
    this.gone = true;
    this.map.off(this.handlers);
    this.stage.remove();
    this.placement.forget();
  }

  #stratum(id) {
    if (!this.strata.has(id)) this.strata.set(id, new Stratum(id));
    return this.strata.get(id);
  }

  #drawnStrata() {
    const order = this.sheet.layers.map(({ id }) => id);
    return order.filter((id) => this.shown.has(id)).map((id) => this.strata.get(id));
  }

  #wantsLabel(layer, record) {
    const key = record.feature.properties?.class;
    return Boolean(this.strata.get(layer).meta.classes.find((one) => one.key === key)?.style.label);
  }

  #forget(due, how) {
    this.placement.forget(how);
    this.#due(due);
  }

  #due(what) {
    const rank = ["picked", "top", "all"];
    const waiting = this.due !== null;
    if (rank.indexOf(what) > rank.indexOf(this.due)) this.due = what;
    if (!waiting) queueMicrotask(() => this.flush());
  }

  #settle() {
    if (!this.missed && this.stage.fits() && this.stage.covers()) return;
    this.#due("all");
    this.flush();
  }

  #follow() {
    if (this.missed || !this.stage.frame || this.stage.covers()) return;
    const inFlight = this.map.getZoom() !== this.stage.frame.zoom;
    if (inFlight && performance.now() - (this.painted ?? 0) < FLIGHT_REST) return;
    this.#paintAll(inFlight);
  }

  #paintAll(inFlight = false) {
    this.stage.layOut();
    const frame = this.stage.frame;
    const { ink, shared } = this;
    this.ground.paint(this.stage.context(0), frame, { strata: this.#drawnStrata(), ink, shared });
    this.#paintTop(true, inFlight);
    this.painted = performance.now();
  }

  #paintTop(all, inFlight = false) {
    const frame = this.stage.frame;
    const spread = this.#spread(inFlight ? frame.at(Math.round(frame.zoom / STEP) * STEP) : frame);
    this.last = spread;
    const recordOf = (target) => target && this.strata.get(target.layer)?.records.get(target.id);
    const [selected, hovered] = [this.selected, this.hovered].map(recordOf);
    paintPicked(this.stage.context(1), frame, { selected, hovered, spread }, this.ink);
    if (!all) return;
    const top = this.stage.context(2);
    paintSymbols(top, frame, spread, this.ink);
    paintLabels(top, frame, spread, this.ink);
  }

  #spread(frame) {
    const selected = this.selected && this.strata.get(this.selected.layer)?.records.get(this.selected.id);
    const { ink, wall } = this;
    return this.placement.of(frame, { strata: this.#drawnStrata(), ink, wall, selected });
  }

  async #awaitFonts() {
    if (!(await newFaces(this.ink.fonts)) || this.gone) return;
    this.#forget("all", { widths: true });
  }
}
