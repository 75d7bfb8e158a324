// The window on the world: the first view, its limits, and what a change of size does to it.

import { fitTo, flyTo } from "./fly.js";
import { keyOf } from "./selection.js";

const AROUND = 0.75; // share of the community one may pan beyond it
const CLOSEST = 21;

/** Where a MapApp looks. */
export class Window {
  /**
   * @param {object} app MapApp
   * @param {object|null} first where to look first: {center, zoom, fitted}
   * @param {function(object): void} [onView] told of every new view
   */
  constructor(app, first, onView) {
    Object.assign(this, { app, first, onView });
    this.placed = false;
    this.target = undefined; // key of what the map was told to stay on
    app.map.on("moveend", () => this.note());
    this.watch = new ResizeObserver(() => this.resized());
    this.watch.observe(app.stage);
  }

  /** Give the map its first view once it has a size: in a hidden tab it has none. */
  place() {
    const { map, head } = this.app;
    if (this.placed || !head) return;
    map.invalidateSize({ pan: false });
    if (!map.getSize().x || !map.getSize().y) return;
    this.placed = true;
    this.limit();
    const { first } = this;
    if (first && !first.fitted) map.setView(first.center, first.zoom, { animate: false });
    else if (head.bounds) this.fit();
    else map.setView([0, 0], 2, { animate: false });
  }

  /** Keep the map at the community: how far one may zoom and pan. */
  limit() {
    const { map, head, L } = this.app;
    if (!head.bounds) return;
    const bounds = L.latLngBounds(head.bounds);
    map.setMinZoom(Math.max(0, map.getBoundsZoom(bounds) - 1));
    map.setMaxZoom(head.maxZoom ?? CLOSEST);
    map.setMaxBounds(bounds.pad(AROUND));
  }

  /** Follow a change of the stage's size; a map that showed everything still does. */
  resized() {
    if (!this.placed) {
      this.place();
      return;
    }
    const { map, stage } = this.app;
    const size = `${stage.clientWidth}x${stage.clientHeight}`;
    if (size === this.size || !stage.clientHeight) return;
    this.size = size;
    const fitted = this.isFitted();
    this.app.rescale();
    map.setMaxBounds(null); // else Leaflet pans back inside while we fit
    map.invalidateSize({ pan: false });
    if (fitted) this.fit();
    this.limit();
    this.app.showLegend();
  }

  /** Show the whole community. */
  fit({ animate = false } = {}) {
    const done = () => {
      this.fittedView = this.app.root.dataset.view;
      this.note();
    };
    if (animate) this.app.map.once("moveend", done);
    fitTo(this.app, { animate });
    if (!animate) done();
  }

  /** Fit again, if nobody has moved the map since. */
  refit() {
    if (this.placed && this.isFitted()) this.fit();
  }

  /** Stay on a feature, or with null on the whole community. */
  focus(target) {
    const key = keyOf(target);
    if (key === this.target) return;
    const animate = this.target !== undefined;
    this.target = key;
    if (target) flyTo(this.app, target, { close: true, animate });
    else if (animate) this.fit({ animate });
  }

  /** Whether the map still looks where the last fit left it. */
  isFitted() {
    return this.fittedView === this.app.root.dataset.view;
  }

  note() {
    const { map, root } = this.app;
    const { lat, lng } = map.getCenter();
    const zoom = Number(map.getZoom().toFixed(3));
    root.dataset.view = [lat.toFixed(6), lng.toFixed(6), zoom].join(",");
    if (this.placed) this.onView?.({ center: [lat, lng], zoom, fitted: this.isFitted() });
  }

  destroy() {
    this.watch.disconnect();
  }
}
