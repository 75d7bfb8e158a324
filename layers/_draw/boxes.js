// Boxes already taken on the screen, found quickly: [left, top, right, bottom] in pixels.

const CELL = 80;

/** A set of boxes that answers which of them a new box would cover. */
export class Boxes {
  constructor() {
    this.cells = new Map();
  }

  *#keys([left, top, right, bottom]) {
    for (let i = Math.floor(left / CELL); i <= Math.floor(right / CELL); i += 1)
      for (let j = Math.floor(top / CELL); j <= Math.floor(bottom / CELL); j += 1) yield i * 4194304 + j;
  }

  add(box) {
    for (const key of this.#keys(box)) {
      if (this.cells.has(key)) this.cells.get(key).push(box);
      else this.cells.set(key, [box]);
    }
  }

  /** Whether a box touches any that is taken. */
  isTaken(box) {
    for (const key of this.#keys(box))
      for (const other of this.cells.get(key) ?? []) if (overlap(box, other) > 0) return true;
    return false;
  }

  /** Area, in square pixels, that a box shares with those taken. */
  covered(box) {
    let sum = 0;
    const seen = new Set();
    for (const key of this.#keys(box))
      for (const other of this.cells.get(key) ?? [])
        if (!seen.has(other)) {
          seen.add(other);
          sum += overlap(box, other);
        }
    return sum;
  }
}

function overlap(one, other) {
  const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
  const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
  return width > 0 && height > 0 ? width * height : 0;
}
