// Placing a point: one pin that is set, dragged, nudged or located, or a place with every click.
// What is placed is drawn at once and told to the page; it is told again with whatever is told
// next until the page has answered, and its number keeps it from being placed twice.
import { metres, written } from "./draw/scale.js";
import { position } from "./locate.js";
import { dress, Pin, Signs } from "./pin.js";

const TWICE = { time: 400, reach: 16 }; // ms and px within which a second tap is the same one
const LATE = 2000; // ms after which a page that goes on without an answer is told again
const REST = 500; // ms after the last nudge until the page is told
const READ = 12000; // ms a sentence stays
const NEAR = 18; // zoom a map comes to when it shows a pin it did not show before
const ROUGH = 16.5; // zoom below which a finger is too wide to set a pin well
const CLOSEST = 19; // zoom at most for a located position, however exact
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Placing on a MapApp. */
export class Placing {
  /**
   * @param {object} app MapApp
   * @param {function(): void} tell there is something `unanswered` to tell the page
   */
  constructor(app, tell) {
    Object.assign(this, { app, tell, now: null, unanswered: [], last: 0, tapped: null, nudged: 0 });
    app.placing = this;
    app.canvas.addEventListener("keydown", (event) => this.centre(event));
  }

  /**
   * Take what the page says.
   *
   * @param {{placing: object|null, placed: number}} data placed: number of the last one it took
   */
  answer({ placing, placed }) {
    this.last = Math.max(this.last, placed);
    this.unanswered = placing ? this.unanswered.filter(({ turn }) => turn > placed) : [];
    const before = this.now?.mode;
    this.now = placing;
    if (placing) this.furnish();
    this.app.root.classList.toggle("wg-aims", Boolean(placing));
    if (placing?.mode !== before) this.doubleClicks(placing?.mode !== "add");
    if (this.unanswered.some(({ turn }) => Date.now() - turn > LATE)) this.tell();
  }

  /** Show what the page answered, now that the map is drawn as it says. */
  show() {
    if (!this.pin) return; // nothing was ever to be placed
    if (this.button) {
      this.button.hidden = !this.now?.locate;
      this.button.textContent = this.app.words.locate;
    }
    if (this.unanswered.length || this.nudged) return; // what was placed here is newer
    this.signs.show([]);
    const { app, now } = this;
    const at = now?.mode === "pin" && now.pin ? { lat: now.pin[1], lng: now.pin[0] } : null;
    const before = this.pin.at;
    this.pin.show(at, now?.accuracy, app.words);
    if (!at || (before && same(before, at))) return;
    const seen = app.map.getBounds().pad(-0.1).contains(at);
    const fresh = !before && app.window.isFitted(); // nobody has looked anywhere yet
    if (fresh || !seen) app.map.setView(at, Math.max(app.map.getZoom(), NEAR), { animate: false });
  }

  furnish() {
    const { app, now } = this;
    dress(app.root);
    this.pin ??= new Pin(app.L, app.map, { moved: (at) => this.put(at), key: (event) => this.nudge(event) });
    this.signs ??= new Signs(app.L, app.map);
    if (now.locate) this.button ??= this.makeButton();
  }

  /** A double click zooms, but not where every click adds something. */
  doubleClicks(zoom) {
    const { doubleClickZoom } = this.app.map;
    if (zoom) doubleClickZoom.enable();
    else doubleClickZoom.disable();
  }

  makeButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "wg-locate";
    button.dataset.tool = "locate";
    button.addEventListener("click", () => this.locate());
    this.told = document.createElement("div");
    this.told.className = "wg-box wg-told";
    this.told.setAttribute("role", "status");
    this.told.hidden = true;
    this.app.stage.append(button, this.told);
    return button;
  }

  /**
   * A click on the map: whether it placed something, or was a second tap on what had.
   *
   * @param {{containerPoint: object, latlng: object}} event of Leaflet
   * @param {object|null} found what a click there means when nothing is placed
   */
  take({ containerPoint, latlng }, found) {
    if (!this.now || (this.now.mode === "add" && found?.by === "symbol")) return false;
    const before = this.tapped;
    this.tapped = { time: performance.now(), point: containerPoint };
    const soon = before && this.tapped.time - before.time < TWICE.time;
    if (soon && before.point.distanceTo(containerPoint) < TWICE.reach) return true;
    this.put(latlng);
    return true;
  }

  /** Enter on the map itself places at its middle. */
  centre(event) {
    if (!this.now || event.key !== "Enter" || event.target !== this.app.canvas || event.repeat) return;
    event.preventDefault();
    this.put(this.app.map.getCenter());
  }

  /** An arrow key moves the pin: by a pixel of the map, with shift by ten. */
  nudge(event) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation(); // else the map moves too
    const { map, words } = this.app;
    const by = event.shiftKey ? 10 : 1;
    const from = map.latLngToContainerPoint(this.pin.at);
    const at = map.containerPointToLatLng(from.add([step[0] * by, step[1] * by]));
    clearTimeout(this.nudged);
    this.nudged = setTimeout(() => {
      this.nudged = 0;
      this.put(this.pin.at);
    }, REST);
    this.pin.show(at, null, words);
  }

  /** Place at {lat, lng}: draw it and tell the page. */
  put(at, { accuracy = null, how = "tap" } = {}) {
    const { app, now } = this;
    this.say("");
    const under = how === "tap" ? app.chooser.under(app.map.latLngToContainerPoint(at)) : null;
    this.last = Math.max(Date.now(), this.last + 1);
    const placed = {
      turn: this.last, lon: at.lng, lat: at.lat, accuracy, how,
      layer: under?.layer ?? "", id: under?.id ?? "",
    };
    // A form beside the map that must go on without the page listens to this.
    app.root.dispatchEvent(new CustomEvent("wangge:placed", { detail: placed, bubbles: true, composed: true }));
    if (now.mode === "pin") {
      this.unanswered = [placed];
      this.pin.show(at, accuracy, app.words);
      if (app.map.getZoom() < ROUGH) app.map.setView(at, NEAR, { animate: false }); // now set it well
    } else {
      this.unanswered.push(placed);
      this.signs.show(this.unanswered.map(({ lat, lon }) => ({ lat, lng: lon })));
    }
    this.tell();
  }

  /** Ask the device where it is, and place there. */
  async locate() {
    if (this.asking) return;
    this.asking = true;
    this.button.setAttribute("aria-busy", "true");
    this.say("locating");
    try {
      const { at, accuracy } = await position();
      if (!this.now || this.gone) return;
      const away = this.away(at);
      if (away > this.now.limit) {
        this.say("locate_outside", { far: written(away, this.app.words) });
        return;
      }
      this.come(at, accuracy);
      this.put(at, { accuracy, how: "located" });
    } catch (error) {
      if (!this.gone) this.say(error.message);
    } finally {
      this.asking = false;
      this.button.removeAttribute("aria-busy");
    }
  }

  /** Bring a located position and its circle into view. */
  come(at, accuracy) {
    const { map, L } = this.app;
    const around = L.latLng(at.lat, at.lng).toBounds(Math.max(2, accuracy) * 3);
    const fitting = Math.min(CLOSEST, map.getBoundsZoom(around));
    map.setView(at, fitting, { animate: false });
  }

  /** Metres from {lat, lng} to the community's box. */
  away({ lat, lng }) {
    const { bounds } = this.app.head ?? {};
    if (!bounds) return 0;
    const [[south, west], [north, east]] = bounds;
    const inside = { lat: Math.min(north, Math.max(south, lat)), lng: Math.min(east, Math.max(west, lng)) };
    return metres({ lat, lng }, inside);
  }

  /** Say a sentence for a while; an empty name says nothing. */
  say(name, values = {}) {
    if (!this.told) return;
    const { words } = this.app;
    const text = name ? (words[name] ?? words.locate_unavailable) : "";
    this.told.textContent = Object.entries(values).reduce((one, [key, is]) => one.replace(`{${key}}`, is), text);
    this.told.hidden = !text;
    clearTimeout(this.saying);
    if (text && name !== "locating") this.saying = setTimeout(() => this.say(""), READ);
  }

  destroy() {
    this.gone = true;
    clearTimeout(this.saying);
    clearTimeout(this.nudged);
  }
}

function same(one, other) {
  return Math.abs(one.lat - other.lat) < 1e-7 && Math.abs(one.lng - other.lng) < 1e-7;
}
