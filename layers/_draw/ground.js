// The ground canvas, painted with as little work as what changed allows: a copy is kept of what lies
// under the lowest layer that changed, and of what two drawings of one view share.
import { paintGround } from "./paint.js";

/** Paints the ground of one drawing, or of two that show one view. */
export class Ground {
  constructor() {
    this.copy = null; // {view, names}: what `canvas` holds
    this.last = null; // {view, names}: what was painted last
  }

  /**
   * Paint layers on a cleared context.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {{strata: Stratum[], ink: Ink, shared: number|null}} what shared: how many layers, from the
   *   bottom, another drawing of this view has too; null: there is no other
   */
  paint(context, frame, { strata, ink, shared = null }) {
    const view = viewOf(frame, ink);
    const names = strata.map(({ id, digest }) => `${id} ${digest}`);
    let from = 0;
    if (this.copy && same(this.copy.view, view) && startsWith(names, this.copy.names)) {
      from = this.copy.names.length;
      stamp(context, this.canvas);
    }
    const until = shared ?? this.unchanged(view, names);
    if (until > from) {
      paintGround(context, frame, strata.slice(from, until), ink);
      this.keep(context.canvas, { view, names: names.slice(0, until) });
      from = until;
    }
    paintGround(context, frame, strata.slice(from), ink);
    this.last = { view, names };
  }

  /** How many layers from the bottom are as they were in the last paint; 0 when nothing is gained. */
  unchanged(view, names) {
    if (!this.last || !same(this.last.view, view)) return 0;
    const changed = names.findIndex((name, at) => name !== this.last.names[at]);
    return changed < 0 ? 0 : changed;
  }

  keep(source, copy) {
    this.canvas ??= document.createElement("canvas");
    if (this.canvas.width !== source.width) this.canvas.width = source.width;
    if (this.canvas.height !== source.height) this.canvas.height = source.height;
    const context = this.canvas.getContext("2d");
    context.globalCompositeOperation = "copy";
    context.drawImage(source, 0, 0);
    this.copy = copy;
  }
}

function stamp(context, canvas) {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(canvas, 0, 0);
  context.restore();
}

function viewOf({ zoom, left, top, width, height, scale, ratio, band }, ink) {
  return [ink.sheet, ink.theme, zoom, left, top, width, height, scale, ratio, band];
}

function same(one, other) {
  return one.every((value, at) => value === other[at]);
}

function startsWith(names, first) {
  return first.length <= names.length && first.every((name, at) => name === names[at]);
}
