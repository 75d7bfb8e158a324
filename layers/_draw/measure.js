// Measuring a way on the map: click points, read the running total, finish with a double click.

import { metres, written } from "./scale.js";

const SAME = 4; // px; a double click must not add its spot twice

/**
 * A ruler for `map`; it takes over clicks and keys while `active`.
 *
 * @param {object} L Leaflet
 * @param {object} map
 * @param {HTMLElement} root where the readout goes
 * @param {function(boolean): void} onToggle told when measuring begins and ends
 */
export class Ruler {
  constructor(L, map, root, onToggle) {
    Object.assign(this, { L, map, root, onToggle, points: [], state: "off", words: {} });
    map.createPane("ruler").style.zIndex = 640;
    map.getPane("ruler").style.pointerEvents = "none";
    this.renderer = L.svg({ pane: "ruler", padding: 1 });
    this.box = document.createElement("div");
    this.box.className = "wg-box wg-measure";
    this.box.setAttribute("role", "status");
    this.box.hidden = true;
    this.total = document.createElement("b");
    this.help = document.createElement("span");
    this.box.append(this.total, this.help);
    root.append(this.box);
    this.onMove = (event) => this.follow(event.latlng);
    this.onDouble = () => this.finish();
  }

  /** Whether clicks on the map belong to the ruler. */
  get active() {
    return this.state === "drawing";
  }

  setWords(words) {
    this.words = words;
    this.show();
  }

  /** Begin, or put everything away. */
  toggle() {
    if (this.state !== "off") {
      this.clear();
      return;
    }
    this.state = "drawing";
    this.zoomed = this.map.doubleClickZoom.enabled();
    this.map.doubleClickZoom.disable();
    this.map.on("mousemove", this.onMove).on("dblclick", this.onDouble);
    this.onToggle(true);
    this.show();
  }

  /** Add a point. */
  add(latlng) {
    const last = this.points.at(-1);
    const near = (a, b) =>
      this.map.latLngToContainerPoint(a).distanceTo(this.map.latLngToContainerPoint(b)) < SAME;
    if (last && near(last, latlng)) return;
    this.points.push(latlng);
    this.ahead = null;
    this.show();
  }

  /** Take the last point back. */
  undo() {
    this.points.pop();
    this.show();
  }

  /** Keep the line on the map; the next clicks belong to the map again. */
  finish() {
    if (this.points.length < 2) {
      this.clear();
      return;
    }
    this.rest("done");
  }

  /** Put everything away. */
  clear() {
    this.points = [];
    if (this.state !== "off") this.rest("off");
  }

  /** Answer a key; true if it was for the ruler. */
  key(name) {
    if (name === "Escape" && this.state !== "off") {
      this.clear();
      return true;
    }
    if (name === "Backspace" && this.active) {
      this.undo();
      return true;
    }
    return false;
  }

  /** Metres along the points. */
  length() {
    return this.points.reduce(
      (sum, point, at) => sum + (at ? metres(this.points[at - 1], point) : 0),
      0,
    );
  }

  destroy() {
    this.clear();
    this.box.remove();
  }

  rest(state) {
    this.state = state;
    this.ahead = null;
    this.map.off("mousemove", this.onMove).off("dblclick", this.onDouble);
    if (this.zoomed) this.map.doubleClickZoom.enable();
    this.onToggle(state !== "off");
    this.show();
  }

  follow(latlng) {
    if (!this.points.length) return;
    this.ahead = latlng;
    this.show();
  }

  show() {
    const { L, points, words } = this;
    this.box.hidden = this.state === "off";
    this.drawn?.remove();
    this.drawn = null;
    if (this.state === "off") return;
    const style = getComputedStyle(this.root);
    const [accent, halo] = ["--accent", "--halo"].map((name) => style.getPropertyValue(name).trim());
    const way = this.ahead ? [...points, this.ahead] : points;
    const base = { renderer: this.renderer, pane: "ruler", interactive: false };
    const line = (color, weight) => L.polyline(way, { ...base, color, weight });
    const dots = points.map((at) =>
      L.circleMarker(at, { ...base, radius: 4, color: accent, fillColor: halo, fillOpacity: 1 }),
    );
    this.drawn = L.layerGroup([line(halo, 6), line(accent, 2.5), ...dots]).addTo(this.map);
    const going = this.ahead ? metres(points.at(-1), this.ahead) : 0;
    const total = written(this.length() + going, words);
    this.total.textContent = `${words.measure_total} ${total}`;
    this.box.dataset.metres = this.length().toFixed(2);
    this.help.textContent = this.active ? words.measure_help : "";
    if (way.length > 1) this.drawn.addLayer(this.sign(way.at(-1), total));
  }

  sign(at, total) {
    const text = document.createElement("span");
    text.textContent = total;
    return this.L.tooltip({
      permanent: true,
      direction: "right",
      offset: [10, 0],
      className: "wg-length",
      interactive: false,
    })
      .setLatLng(at)
      .setContent(text);
  }
}
