// The row of layer switches above a live map: a switch acts here at once, the page is told after.

import { PATIENCE } from "./selection.js";
import { withSwitches } from "./switches.js";

/** The switches of the layers that a page lists, one button each. */
export class Pills {
  /**
   * @param {HTMLElement} root of a MapApp; the row becomes its first child
   * @param {{flipped: function(string): void, givenUp: function(): void}} told
   *   flipped: of a layer switched here; givenUp: the page never agreed, what it said last holds
   */
  constructor(root, told) {
    Object.assign(this, { root, told });
    this.listed = []; // [id, count] in the order of the page
    this.on = new Set();
    this.pending = null; // what was switched here and the page has not answered yet
    this.held = "";
    this.row = document.createElement("div");
    this.row.className = "wg-pills";
    this.row.setAttribute("role", "group");
    root.prepend(this.row);
    root.classList.add("wg-rowed");
    this.row.addEventListener("click", (event) => this.click(event.target.closest("button")));
    this.row.addEventListener("scroll", () => this.fade());
    this.watch = new ResizeObserver(() => this.fade());
    this.watch.observe(this.row);
  }

  /** Height of the row with the gap below it, in pixels. */
  get height() {
    const { marginTop, marginBottom } = getComputedStyle(this.row);
    return this.row.offsetHeight + parseFloat(marginTop) + parseFloat(marginBottom);
  }

  /** The ids switched on, in the order of the page. */
  get ids() {
    return this.listed.map(([id]) => id).filter((id) => this.on.has(id));
  }

  /**
   * Take what the page says, unless it had not heard of the last switch when it said so.
   *
   * @param {{layers: Array<object>, switches: Array<[string, number|null]>, turn: number}} data
   *   turn: of the last message the page has taken
   */
  answer({ layers, switches, turn }) {
    this.listed = switches;
    if (this.pending && turn < this.pending.turn && !this.pending.over) {
      this.pending.late = true;
      return;
    }
    this.settle();
    this.on = new Set(layers.filter((layer) => layer.shown).map((layer) => layer.id));
    this.press();
  }

  /** Ids of all layers now shown, those without a switch as the page says. */
  shown(layers) {
    const asked = layers.filter((layer) => layer.shown).map((layer) => layer.id);
    const listed = new Set(this.listed.map(([id]) => id));
    return withSwitches(layers, { shown: asked, listed, on: this.on });
  }

  /** Name the switches, once the sheet with the titles has come. */
  fill(sheet, words) {
    const titles = new Map(sheet.layers.map((layer) => [layer.id, layer.title]));
    const key = JSON.stringify([words.layers, this.listed, this.listed.map(([id]) => titles.get(id))]);
    if (key === this.held) return;
    this.held = key;
    this.row.setAttribute("aria-label", words.layers);
    const focused = this.row.querySelector(":focus")?.dataset.layer;
    this.row.replaceChildren(...this.listed.map(([id, count]) => pill(id, titles.get(id) ?? id, count)));
    if (focused) this.button(focused)?.focus();
    this.press();
    this.fade();
  }

  click(button) {
    const id = button?.dataset.layer;
    if (!id) return;
    if (!this.on.delete(id)) this.on.add(id);
    this.press();
    this.told.flipped(id);
  }

  /** The page was told of the switches in its message number `turn`. */
  wait(turn) {
    this.settle();
    this.pending = { turn, late: false, timer: setTimeout(() => this.giveUp(), PATIENCE) };
  }

  /** The page never took the message: what it said last holds, or else what it says next. */
  giveUp() {
    this.pending.over = true;
    if (this.pending.late) this.told.givenUp();
  }

  settle() {
    clearTimeout(this.pending?.timer);
    this.pending = null;
  }

  /** Mark a switch whose layer is still on its way. */
  busy(id, is) {
    this.button(id)?.setAttribute("aria-busy", String(is));
  }

  button(id) {
    return [...this.row.children].find((one) => one.dataset.layer === id);
  }

  press() {
    for (const one of this.row.children) {
      one.setAttribute("aria-pressed", String(this.on.has(one.dataset.layer)));
    }
  }

  /** Fade the end beyond which there is more to scroll to. */
  fade() {
    const { scrollLeft, scrollWidth, clientWidth } = this.row;
    this.row.classList.toggle("wg-before", scrollLeft > 1);
    this.row.classList.toggle("wg-after", scrollLeft + clientWidth < scrollWidth - 1);
  }

  destroy() {
    this.settle();
    this.watch.disconnect();
    this.row.remove();
    this.root.classList.remove("wg-rowed");
  }
}

function pill(id, title, count) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.layer = id;
  button.textContent = `${title} ${count?.toLocaleString("en-US") ?? "–"}`;
  return button;
}
