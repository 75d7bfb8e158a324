// The divider between two states of a map: dragged, or moved with the arrow keys.
import { adopt } from "./rules.js";

const SVG = "http://www.w3.org/2000/svg";
const STEP = { ArrowLeft: -0.02, ArrowDown: -0.02, ArrowRight: 0.02, ArrowUp: 0.02, PageDown: -0.1, PageUp: 0.1 };
const NARROW = 0.12; // share of the width below which a side has no room for its name

const RULES = `
.wg-swipe { position: absolute; top: 0; bottom: 0; z-index: 700; width: 44px; margin-left: -22px;
  cursor: ew-resize; touch-action: none; outline: none; }
.wg-swipe::before { content: ""; position: absolute; top: 0; bottom: 0; left: 20px; width: 4px;
  background: var(--accent); border: solid var(--halo); border-width: 0 1px; }
.wg-swipe svg { position: absolute; left: 4px; top: calc(50% - 18px); width: 36px; height: 36px; padding: 5px;
  border-radius: 18px; fill: none; stroke: var(--on_accent); stroke-width: 2; stroke-linecap: round;
  stroke-linejoin: round; background: var(--accent); border: 1px solid var(--halo); }
.wg-swipe:focus-visible svg { outline: 3px solid var(--text); outline-offset: 1px; }
.wg-side { position: absolute; top: 12px; z-index: 808; padding: 1px 10px; font-size: 13px; line-height: 24px;
  font-weight: 700; color: var(--text); background: var(--panel); border: 1px solid var(--border);
  border-radius: 4px; pointer-events: none; }
.wg-side[hidden] { display: none; }
.wg-before { left: 12px; }
.wg-chip:not([hidden]) ~ .wg-before { top: 42px; }
.wg-after { right: 58px; color: var(--accent); }
@media (pointer: coarse) { .wg-after { right: 68px; } }
@container (max-width: 480px) { .wg-side.wg-side { top: 66px; } .wg-after { right: 12px; } }
@container (max-height: 320px) { .wg-side.wg-side { top: 12px; } .wg-after { right: 68px; }
  .wg-chip:not([hidden]) ~ .wg-before { top: 42px; } }
`;

/** A divider inside `stage` at a share `at` of its width; `moved` is told of every new place. */
export class Divider {
  constructor(stage, at, moved) {
    Object.assign(this, { stage, at, moved });
    adopt(stage, "divider", RULES);
    this.bar = box("wg-swipe");
    this.bar.append(arrows());
    for (const [name, value] of Object.entries({ role: "slider", tabindex: 0, "aria-valuemin": 0, "aria-valuemax": 100 }))
      this.bar.setAttribute(name, String(value));
    this.sides = [box("wg-side wg-before"), box("wg-side wg-after")];
    stage.append(...this.sides, this.bar);
    this.bar.addEventListener("pointerdown", (event) => this.grip(event));
    this.bar.addEventListener("pointermove", (event) => this.held !== null && this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) this.bar.addEventListener(end, () => (this.held = null));
    this.bar.addEventListener("keydown", (event) => this.key(event));
    this.held = null;
    this.put(at);
  }

  /** Name the slider and its sides. */
  setWords(words) {
    this.words = words;
    this.bar.setAttribute("aria-label", words.divider);
    this.sides[0].textContent = words.before;
    this.sides[1].textContent = words.after;
    this.put(this.at);
  }

  grip(event) {
    if (event.button) return;
    const { left } = this.bar.getBoundingClientRect();
    this.held = event.clientX - left - this.bar.offsetWidth / 2;
    this.bar.setPointerCapture(event.pointerId);
  }

  drag({ clientX }) {
    const { left, width } = this.stage.getBoundingClientRect();
    this.put((clientX - this.held - left) / width);
  }

  key(event) {
    const by = STEP[event.key] ?? { Home: -1, End: 1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.put(this.at + by * (event.shiftKey ? 5 : 1));
  }

  put(at) {
    this.at = Math.min(1, Math.max(0, at));
    const share = Math.round(this.at * 100);
    this.bar.style.left = `${this.at * 100}%`;
    this.bar.setAttribute("aria-valuenow", String(share));
    if (this.words) this.bar.setAttribute("aria-valuetext", `${this.words.before} ${share}%`);
    this.sides[0].hidden = this.at < NARROW;
    this.sides[1].hidden = this.at > 1 - NARROW;
    this.moved(this.at);
  }

  destroy() {
    for (const one of [this.bar, ...this.sides]) one.remove();
  }
}

function box(name) {
  const made = document.createElement("div");
  made.className = name;
  return made;
}

function arrows() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const d of ["M9 7l-5 5 5 5", "M15 7l5 5-5 5"]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
