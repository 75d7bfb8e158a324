// Names along lines: letters upright on lines that run east-west, stacked on those that run north-south.

const REPEAT = 620; // pixels between two names on one long line
const STEEP = 1.15; // a line rising more than this a pixel stacks its letters
const BENT = 0.6; // radians a line may turn under one letter
const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/u;

/** Whether a text is written in square characters, which may stand alone. */
export function isSquare(text) {
  return WIDE.test(text);
}

/** Points of a flat world array in pixels, with the length walked at each. */
function walk(flat, k) {
  const points = [];
  let run = 0;
  for (let at = 0; at < flat.length; at += 2) {
    const [x, y] = [flat[at] * k, flat[at + 1] * k];
    if (at) run += Math.hypot(x - points.at(-1)[0], y - points.at(-1)[1]);
    points.push([x, y, run]);
  }
  return points;
}

function pointAt(points, run) {
  let at = 1;
  while (at < points.length - 1 && points[at][2] < run) at += 1;
  const [x0, y0, r0] = points[at - 1];
  const [x1, y1, r1] = points[at];
  const part = r1 > r0 ? (run - r0) / (r1 - r0) : 0;
  return [x0 + (x1 - x0) * part, y0 + (y1 - y0) * part, Math.atan2(y1 - y0, x1 - x0)];
}

/** Middles of the stretches of a line that a name `wide` pixels long should try, best first. */
function tries(total, wide, repeat) {
  const count = Math.max(1, Math.round(total / repeat));
  const runs = [];
  for (let part = 0; part < count; part += 1) {
    const middle = (total * (part + 0.5)) / count;
    const room = (total / count - wide) / 2;
    if (room < 0) continue;
    const steps = [0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9];
    runs.push(steps.map((step) => middle + step * room));
  }
  return runs;
}

/**
 * Ways to write a name along a line: for each stretch of it a list of candidates, best first; each
 * candidate is a list of glyphs {text, x, y, angle, box} in pixels of the whole world.
 *
 * @param {Float64Array[]} parts lines in world coordinates
 * @param {number} k pixels per world unit
 * @param {string} text
 * @param {{size: number, spacing: number, aside: number, measure: function(string): number, scale: number}} how
 *   aside: pixels beside the line (0: on it)
 */
export function alongLine(parts, k, text, how) {
  const found = [];
  for (const flat of parts) {
    const points = walk(flat, k);
    const total = points.length > 1 ? points.at(-1)[2] : 0;
    const letters = isSquare(text) ? [...text] : [text];
    const wides = letters.map((one) => how.measure(one));
    const gap = letters.length > 1 ? how.spacing * how.size : 0;
    const wide = wides.reduce((sum, one) => sum + one, 0) + gap * (letters.length - 1);
    for (const runs of tries(total - how.size * 0.6, wide, REPEAT * how.scale)) {
      const ways = [];
      for (const run of runs)
        for (const aside of how.aside ? [how.aside, -how.aside] : [0]) {
          const way = write(points, run + how.size * 0.3 - wide / 2, letters, wides, gap, aside, how.size);
          if (way) ways.push(way);
        }
      if (ways.length) found.push(ways);
    }
  }
  return found;
}

function write(points, start, letters, wides, gap, aside, size) {
  const wide = wides.reduce((sum, one) => sum + one, 0) + gap * (letters.length - 1);
  const first = pointAt(points, start);
  const last = pointAt(points, start + wide);
  const [dx, dy] = [last[0] - first[0], last[1] - first[1]];
  const stacked = Math.abs(dy) > STEEP * Math.abs(dx) && letters.length > 1;
  const forward = stacked ? dy >= 0 : dx >= 0;
  const order = forward ? letters : [...letters].reverse();
  const sizes = forward ? wides : [...wides].reverse();
  const glyphs = [];
  let run = start;
  let before = null;
  for (const [at, text] of order.entries()) {
    const [x, y, raw] = pointAt(points, run + sizes[at] / 2);
    const heading = forward ? raw : raw + Math.PI;
    const angle = Math.atan2(Math.sin(heading), Math.cos(heading));
    if (before !== null && Math.abs(Math.sin(angle - before)) > BENT) return null;
    before = angle;
    const [nx, ny] = [Math.sin(angle) * aside, -Math.cos(angle) * aside];
    glyphs.push(glyphAt(text, x + nx, y + ny, stacked ? 0 : angle, sizes[at], size));
    run += sizes[at] + gap;
  }
  return forward ? glyphs : glyphs.reverse();
}

function glyphAt(text, x, y, angle, wide, size) {
  const half = [wide / 2, size * 0.56];
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [w, h] = [half[0] * cos + half[1] * sin, half[0] * sin + half[1] * cos];
  return { text, x, y, angle, box: [x - w, y - h, x + w, y + h] };
}
