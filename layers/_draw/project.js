// World coordinates: the whole Mercator square is 1 by 1, x to the east, y to the south.
// A Frame is one view of it: what a canvas shows, at one zoom, in CSS pixels.

const EARTH = 40075016.68557849; // metres around the equator
const BANDS = ["far", "fit", "near", "door"];
const BAND_ENDS = [16.5, 17.75, 18.75];

/** World x of a longitude in degrees. */
export function worldX(longitude) {
  return longitude / 360 + 0.5;
}

/** World y of a latitude in degrees. */
export function worldY(latitude) {
  const sine = Math.sin((Math.max(-85.06, Math.min(85.06, latitude)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Longitude of a world x, in degrees. */
export function longitudeOf(x) {
  return (x - 0.5) * 360;
}

/** Latitude of a world y, in degrees. */
export function latitudeOf(y) {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/** CSS pixels per world unit at a zoom. */
export function pixelsAt(zoom) {
  return 256 * 2 ** zoom;
}

/** Number of the band (0 far, 1 fit, 2 near, 3 door) at a zoom, on a screen enlarged by `scale`. */
export function bandAt(zoom, scale) {
  const seen = zoom - Math.log2(scale);
  return BAND_ENDS.filter((end) => seen >= end).length;
}

/** Whether a style is drawn in a band. */
export function isInBand(style, band) {
  return BANDS.indexOf(style.band ?? "far") <= band && band <= BANDS.indexOf(style.last_band ?? "door");
}

/** Number of a band by its name. */
export function bandNumber(name) {
  return Math.max(0, BANDS.indexOf(name ?? "far"));
}

/** One view: `left`, `top` are the pixels of the canvas corner in the world at this zoom; it is never drawn in a band below `leastBand`. */
export class Frame {
  constructor({ zoom, left, top, width, height, scale, ratio = 1, leastBand = 0 }) {
    Object.assign(this, { zoom, left, top, width, height, scale, ratio, leastBand });
    this.k = pixelsAt(zoom);
    this.band = Math.max(leastBand, bandAt(zoom, scale));
    const latitude = latitudeOf((top + height / 2) / this.k);
    this.metre = this.k / (EARTH * Math.cos((latitude * Math.PI) / 180)); // pixels a metre
    this.box = [left / this.k, top / this.k, (left + width) / this.k, (top + height) / this.k];
  }

  /** The same view at another zoom. */
  at(zoom) {
    const factor = 2 ** (zoom - this.zoom);
    const [left, top] = [this.left * factor, this.top * factor];
    return new Frame({ ...this, zoom, left, top });
  }

  /** Canvas x of a world x. */
  x(worldx) {
    return worldx * this.k - this.left;
  }

  /** Canvas y of a world y. */
  y(worldy) {
    return worldy * this.k - this.top;
  }

  /** Whether a world box comes within `margin` pixels of this view. */
  sees(box, margin = 0) {
    const slack = margin / this.k;
    const mine = this.box;
    return (
      box[0] <= mine[2] + slack &&
      box[2] >= mine[0] - slack &&
      box[1] <= mine[3] + slack &&
      box[3] >= mine[1] - slack
    );
  }
}
