// Where symbols and names stand at a zoom: found once, kept while the map pans.
import { placeLabels } from "./labels.js";
import { spreadSymbols } from "./spread.js";

const KEPT = 12; // zooms whose placement is remembered

/** Remembers placements: symbols (`spots`), names (`labels`), and the pixels a world unit takes (`k`). */
export class Placement {
  constructor() {
    this.spreads = new Map(); // by zoom
    this.widths = new Map(); // of names, at size 1
    this.pen = document.createElement("canvas").getContext("2d");
  }

  /** What is known of a zoom, if anything. */
  at(zoom) {
    return this.spreads.get(zoom);
  }

  /** Find every place anew; `widths`: also measure every name anew. */
  forget({ widths = false } = {}) {
    this.spreads.clear();
    if (widths) this.widths.clear();
  }

  /** Place what the strata show in a frame. */
  of(frame, { strata, ink, wall, selected }) {
    const known = this.at(frame.zoom);
    if (known) return known;
    const spots = spreadSymbols(strata, frame);
    const measure = (text, size, bold) => this.width(text, size, bold, ink);
    const labels = placeLabels(strata, frame, spots, { measure, wall, selected });
    const spread = { spots, labels, k: frame.k };
    this.spreads.set(frame.zoom, spread);
    if (this.spreads.size > KEPT) this.spreads.delete(this.spreads.keys().next().value);
    return spread;
  }

  width(text, size, bold, ink) {
    const key = `${bold ? 1 : 0}${text}`;
    if (!this.widths.has(key)) {
      this.pen.font = ink.font(100, bold);
      this.widths.set(key, this.pen.measureText(text).width / 100);
    }
    return this.widths.get(key) * size;
  }
}
