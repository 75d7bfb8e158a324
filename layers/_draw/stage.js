// The three canvases inside Leaflet's panes: ground, selection, and symbols with labels on top.
// They reach beyond the window, move with the pane, and scale with zoom animations.
import { Frame } from "./project.js";

const PAD = 0.18; // of the window, on every side
const FAR = 1e5; // pixels, beyond any window
const PANES = [["ground", 410], ["picked", 420], ["top", 430]];

/** Holds the canvases of one Leaflet map and the frame they were last laid out for. */
export class Stage {
  /** `name` tells the panes of two drawings on one map apart. */
  constructor(L, map, { scale, leastBand, name = "draw" }) {
    this.L = L;
    this.map = map;
    this.scale = scale;
    this.leastBand = leastBand;
    this.frame = null;
    this.corner = L.point(0, 0);
    this.panes = PANES.map(([part, level]) => this.#makePane(`${name}-${part}`, level));
    this.canvases = this.panes.map((pane) => this.#makeCanvas(pane));
  }

  #makePane(name, level) {
    const pane = this.map.getPane(name) ?? this.map.createPane(name);
    pane.style.zIndex = String(level);
    pane.style.pointerEvents = "none";
    return pane;
  }

  #makeCanvas(pane) {
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    canvas.className = this.map.options.zoomAnimation && this.L.Browser.any3d ? "leaflet-zoom-animated" : "";
    canvas.style.position = "absolute";
    canvas.style.transformOrigin = "0 0";
    pane.appendChild(canvas);
    return canvas;
  }

  /** Lay the canvases around the window as it is now; they are blank after it. */
  layOut() {
    const { L, map } = this;
    const size = map.getSize();
    const pad = size.multiplyBy(PAD).round();
    this.corner = map.containerPointToLayerPoint(L.point(0, 0)).subtract(pad).round();
    const extent = size.add(pad.multiplyBy(2));
    const origin = map.getPixelOrigin();
    const ratio = Math.min(3, globalThis.devicePixelRatio || 1);
    this.frame = new Frame({
      zoom: map.getZoom(),
      left: origin.x + this.corner.x,
      top: origin.y + this.corner.y,
      width: extent.x,
      height: extent.y,
      scale: this.scale,
      leastBand: this.leastBand,
      ratio,
    });
    for (const canvas of this.canvases) {
      const [width, height] = [Math.round(extent.x * ratio), Math.round(extent.y * ratio)];
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = `${extent.x}px`;
        canvas.style.height = `${extent.y}px`;
      }
      canvas.dataset.drawn = "";
      L.DomUtil.setTransform(canvas, this.corner, 1);
    }
  }

  /** A cleared context of a canvas (0 ground, 1 picked, 2 top) that draws in CSS pixels. */
  context(number) {
    const canvas = this.canvases[number];
    const context = canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const ratio = this.frame.ratio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return context;
  }

  /**
   * Show only what lies between two x of the window, in pixels; with null everything.
   *
   * The panes move with the map but are never stretched, so what is cut off stays so in a zoom.
   */
  clip(span) {
    const shift = this.map.containerPointToLayerPoint([0, 0]);
    const [left, right] = (span ?? []).map((x) => x + shift.x);
    const corners = [[left, -FAR], [right, -FAR], [right, FAR], [left, FAR]];
    const shape = `polygon(${corners.map(([x, y]) => `${x}px ${y}px`).join(",")})`;
    for (const pane of this.panes) pane.style.clipPath = span ? shape : "";
  }

  /** Follow a zoom animation, or the steps of a flight, by stretching what is drawn. */
  stretch(center, zoom) {
    if (!this.frame) return;
    const factor = this.map.getZoomScale(zoom, this.frame.zoom);
    const origin = this.map._getNewPixelOrigin(center, zoom); // pinned Leaflet; no public name for it
    const offset = this.L.point(this.frame.left, this.frame.top).multiplyBy(factor).subtract(origin);
    for (const canvas of this.canvases) this.L.DomUtil.setTransform(canvas, offset, factor);
  }

  /** Whether the canvases still reach beyond the window on all sides. */
  covers() {
    const frame = this.frame;
    if (!frame) return false;
    const bounds = this.map.getPixelBounds();
    const factor = this.map.getZoomScale(this.map.getZoom(), frame.zoom);
    return (
      bounds.min.x >= frame.left * factor &&
      bounds.min.y >= frame.top * factor &&
      bounds.max.x <= (frame.left + frame.width) * factor &&
      bounds.max.y <= (frame.top + frame.height) * factor
    );
  }

  /** Whether a new layout would show the same zoom, window and pixel density. */
  fits() {
    const frame = this.frame;
    if (!frame || frame.zoom !== this.map.getZoom()) return false;
    const size = this.map.getSize();
    const pad = size.multiplyBy(PAD).round();
    const ratio = Math.min(3, globalThis.devicePixelRatio || 1);
    return frame.width === size.x + 2 * pad.x && frame.height === size.y + 2 * pad.y && frame.ratio === ratio;
  }

  remove() {
    for (const canvas of this.canvases) canvas.remove();
  }
}
