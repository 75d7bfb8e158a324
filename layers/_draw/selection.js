// What is selected: a click's outline shows at once, the page's answer confirms or corrects it.

import { flyTo, isWellSeen } from "./fly.js";

export const PATIENCE = 2000; // ms what was done here waits for the page to confirm it

/** Write a selection as "layer/id"; nothing selected is an empty text. */
export function keyOf(selected) {
  return selected?.[0] ? selected.join("/") : "";
}

/** The selection of a MapApp. */
export class Selection {
  constructor(app) {
    this.app = app;
    this.value = null; // [layer, id]
    this.pending = null; // a click the page has not answered yet
  }

  /** Select what the page says; fly there when it is not well seen. */
  answer(selected, { animate = true } = {}) {
    const now = keyOf(selected);
    if (this.pending) {
      const settled = this.pending.key === now;
      if (!settled && Date.now() - this.pending.at < PATIENCE) {
        this.pending.late = { selected }; // to an earlier click; this one's is on its way
        return;
      }
      this.settle();
      if (settled) return;
    }
    if (now === keyOf(this.value)) return;
    this.outline(selected);
    if (selected && !isWellSeen(this.app, selected)) flyTo(this.app, selected, { animate });
  }

  /** Show a click's outline at once and tell the page. */
  pick(layer, id, reason = "") {
    if (reason !== "back") {
      const selected = layer ? [layer, id] : null;
      this.settle();
      this.outline(selected);
      const timer = setTimeout(() => this.giveUp(), PATIENCE);
      this.pending = { key: keyOf(selected), at: Date.now(), timer };
    }
    this.app.onPick(layer, id, reason);
  }

  /** The page never confirmed the click: show what it said last. */
  giveUp() {
    const { late } = this.pending;
    this.settle();
    if (late) this.answer(late.selected);
  }

  settle() {
    clearTimeout(this.pending?.timer);
    this.pending = null;
  }

  outline(selected) {
    const { app } = this;
    this.value = selected ?? null;
    app.drawing.setSelected(this.value);
    app.root.dataset.selected = keyOf(this.value);
    app.chooser?.chosen(this.value);
  }
}
