// What is drawn where somebody placed something: the drop pin with its circle, and a sign that a
// place is on its way to the page. Elements of Leaflet's, so that they move and zoom with the map.
import { adopt } from "./rules.js";

const SVG = "http://www.w3.org/2000/svg";
const PANE = "placing";
const LEVEL = 590; // above the drawing, below the ruler
const DROP = "M15 1C7.3 1 1 7.2 1 14.8 1 24.6 15 39 15 39s14-14.4 14-24.2C29 7.2 22.7 1 15 1z";
const SIZE = [30, 40];
const TIP = [15, 39]; // of the drop, in its picture
const SIGN = 22;

const RULES = `
.wg-aims .wg-canvas, .wg-aims .wg-canvas:active { cursor: crosshair; }
.wg-aims .wg-canvas.wg-over { cursor: pointer; }
.wg-aims.wg-keys .wg-canvas:focus::before { content: ""; position: absolute; left: calc(50% - 13px);
  top: calc(50% - 13px); width: 26px; height: 26px; z-index: 700; pointer-events: none;
  background: linear-gradient(var(--accent) 0 0) center / 2px 26px no-repeat,
    linear-gradient(var(--accent) 0 0) center / 26px 2px no-repeat; }
.wg .wg-pin { outline: none; touch-action: none; cursor: grab; }
.wg .wg-pin:active { cursor: grabbing; }
.wg .wg-pin svg, .wg .wg-sign svg { display: block; overflow: visible; pointer-events: none; }
.wg .wg-pin path { fill: var(--accent); stroke: var(--halo); stroke-width: 2; }
.wg .wg-pin circle { fill: var(--halo); }
.wg .wg-pin:focus-visible path { stroke: var(--text); }
.wg .wg-pin::before { content: ""; position: absolute; inset: -6px -9px; }
.wg .wg-sign circle { fill: none; stroke: var(--halo); stroke-width: 5; }
.wg .wg-sign circle + circle { stroke: var(--accent); stroke-width: 2; stroke-dasharray: 3 2.5; }
.wg-locate { position: absolute; right: 12px; bottom: 12px; z-index: 815; height: 34px; padding: 0 12px;
  font: inherit; font-size: 13px; color: var(--accent); background: var(--panel);
  border: 1px solid var(--border); border-radius: 6px; cursor: pointer; touch-action: manipulation; }
.wg-locate:hover { background: var(--subtle); }
.wg-locate:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.wg-locate[aria-busy=true] { color: var(--text3); cursor: default; }
.wg-told { top: 12px; width: max-content; z-index: 826; }
.wg-chip:not([hidden]) ~ .wg-told { top: 42px; }
@media (pointer: coarse) { .wg-locate { height: 44px; font-size: 14px; } }
`;

/** Adopt the rules above where `root` lives. */
export function dress(root) {
  adopt(root, "placing", RULES);
}

/** The one pin of a map with the circle of its accuracy. */
export class Pin {
  /**
   * @param {object} L Leaflet
   * @param {object} map
   * @param {{moved: function(object): void, key: function(KeyboardEvent): void}} told
   *   moved: dragged to a place {lat, lng}
   */
  constructor(L, map, told) {
    Object.assign(this, { L, map, told, marker: null, circle: null, held: false });
    makePane(map);
  }

  /** Where the pin is, or null. */
  get at() {
    return this.marker?.getLatLng() ?? null;
  }

  /** Show the pin at {lat, lng} with a circle of `accuracy` metres, or with null nowhere. */
  show(at, accuracy, words) {
    if (this.held) return; // under a finger: what it drops is told and answered
    if (!at) {
      this.remove();
      return;
    }
    if (!this.marker) this.make(at);
    this.marker.setLatLng(at);
    this.element.setAttribute("aria-label", words.pin ?? "");
    this.round(at, accuracy);
  }

  make(at) {
    const { L, map } = this;
    const icon = L.divIcon({ className: "wg-pin", html: drop(), iconSize: SIZE, iconAnchor: TIP });
    const options = { icon, pane: PANE, draggable: true, bubblingMouseEvents: false, keyboard: true };
    this.marker = L.marker(at, { ...options, autoPan: true, autoPanPadding: [24, 24] }).addTo(map);
    this.element = this.marker.getElement();
    this.element.dataset.testid = "pin";
    this.element.addEventListener("keydown", (event) => this.told.key(event));
    this.marker.on("dragstart", () => {
      this.held = true;
      this.round(null);
    });
    this.marker.on("dragend", () => {
      this.held = false;
      this.told.moved(this.marker.getLatLng());
    });
  }

  round(at, accuracy) {
    this.circle?.remove();
    this.circle = null;
    if (!at || !(accuracy > 0)) return;
    const { L, map } = this;
    this.renderer ??= L.svg({ pane: PANE, padding: 1 });
    const accent = getComputedStyle(map.getContainer()).getPropertyValue("--accent").trim();
    const paint = { color: accent, weight: 1, fillColor: accent, fillOpacity: 0.2 };
    const still = { renderer: this.renderer, pane: PANE, interactive: false, className: "wg-circle" };
    this.circle = L.circle(at, { ...paint, ...still, radius: accuracy }).addTo(map);
  }

  remove() {
    this.round(null);
    this.marker?.remove();
    this.marker = null;
  }
}

/** Signs of places on their way to the page. */
export class Signs {
  constructor(L, map) {
    Object.assign(this, { L, map, held: [] });
    makePane(map);
  }

  /** Show exactly one sign at each of `places` {lat, lng}. */
  show(places) {
    for (const one of this.held) one.remove();
    this.held = places.map((at) => this.sign(at));
  }

  sign(at) {
    const { L, map } = this;
    const anchor = [SIGN / 2, SIGN / 2];
    const icon = L.divIcon({ className: "wg-sign", html: ring(), iconSize: [SIGN, SIGN], iconAnchor: anchor });
    return L.marker(at, { icon, pane: PANE, interactive: false, keyboard: false }).addTo(map);
  }
}

function makePane(map) {
  const pane = map.getPane(PANE) ?? map.createPane(PANE);
  pane.style.zIndex = String(LEVEL);
}

function drop() {
  const svg = shape("svg", { viewBox: "0 0 30 40", width: 30, height: 40, "aria-hidden": "true" });
  svg.append(shape("path", { d: DROP }), shape("circle", { cx: 15, cy: 14.8, r: 5 }));
  return svg;
}

function ring() {
  const svg = shape("svg", { viewBox: "0 0 22 22", width: 22, height: 22, "aria-hidden": "true" });
  for (let turn = 0; turn < 2; turn += 1) svg.append(shape("circle", { cx: 11, cy: 11, r: 8 }));
  return svg;
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
