// The ways one label may be written: each a box in world pixels with what to write, best first.
import { isInside, poleOf } from "./records.js";

const LEAVE = 30; // pixels a kept name may leave its area
const SLACK = 5; // pixels a name's box may reach over the edge of its area
const LEADING = 1.18;

/** Steps away from the middle, nearest first, flatter than high: names move along rather than up. */
const STEPS = (() => {
  const steps = [];
  for (let i = -8; i <= 8; i += 1)
    for (let j = -8; j <= 8; j += 1) steps.push([i * 8, j * 7, Math.hypot(i * 8, j * 9)]);
  return steps.sort((one, other) => one[2] - other[2]);
})();

/**
 * Ways to write a name inside an area: one line, two lines, smaller, and for a kept one outside.
 *
 * The name of a place that burns stands where it is nearer to its own symbol than to any other's.
 */
export function* insideWays(ask) {
  const { fires } = ask;
  if (!fires) yield* plainWays(ask);
  else {
    let found = false;
    for (const way of [...touchingWays(ask), ...plainWays(ask)])
      if (isOurs(way.box, fires)) {
        found = true;
        yield way;
      }
    if (!found) yield* plainWays(ask);
  }
}

function isOurs(box, { own, others }) {
  const nearest = (spots) => Math.min(...spots.map((spot) => apart(box, spot)));
  return !others.length || nearest(own) < nearest(others);
}

// Pixels between a box and the edge of a symbol.
function apart([left, top, right, bottom], { x, y, dx, dy, reach }) {
  const [px, py] = [x + dx, y + dy];
  return Math.hypot(Math.max(left - px, 0, px - right), Math.max(top - py, 0, py - bottom)) - reach;
}

// Beside the symbols that burn: under, above, right and left of each, as a name belongs to a sign.
function touchingWays(ask) {
  const { text, size, scale, fires } = ask;
  const ways = [];
  for (const [lines, bigness] of layouts(text, size, scale).slice(0, 2)) {
    const wide = Math.max(...lines.map((line) => ask.measure(line, bigness)));
    const half = [wide / 2, (lines.length * bigness * LEADING) / 2];
    const broken = lines.length > 1 ? 0.8 : 0;
    for (const { x, y, dx, dy, reach } of fires.own) {
      const [px, py, gap] = [x + dx, y + dy, reach + 2 * scale];
      for (const slide of [0, 0.3, -0.3, 0.6, -0.6])
        for (const side of [1, -1]) {
          const at = [px + slide * half[0], py + side * (gap + half[1])];
          const cost = Math.abs(slide) + (side < 0 ? 0.5 : 0) + broken;
          ways.push({ ...wayAt(...at, half, lines, bigness, scale), cost });
        }
      for (const side of [1, -1])
        ways.push({ ...wayAt(px + side * (gap + half[0]), py, half, lines, bigness, scale), cost: 2 + broken });
    }
  }
  return ways;
}

function* plainWays(ask) {
  const { record, label, text, size, scale, frame } = ask;
  const pole = record.kind === "area" ? poleOf(record) : middleOf(record);
  const middle = [pole[0] * frame.k, pole[1] * frame.k];
  for (const [lines, bigness] of layouts(text, size, scale)) {
    const wide = Math.max(...lines.map((line) => ask.measure(line, bigness)));
    const half = [wide / 2, (lines.length * bigness * LEADING) / 2];
    for (const [dx, dy] of STEPS) {
      const [x, y] = [middle[0] + dx * scale, middle[1] + dy * scale];
      if (record.kind === "area" && !holds(record, frame, x, y, half, scale)) continue;
      yield wayAt(x, y, half, lines, bigness, scale);
    }
  }
  if (label.keep) yield* outside(ask, middle);
}

function layouts(text, size, scale) {
  const found = [[[text], size]];
  const two = halves(text);
  if (two) found.push([two, size]);
  found.push([[text], size - 1.5 * scale]);
  if (two) found.push([two, size - 1.5 * scale]);
  return found;
}

function halves(text) {
  if (text.includes(" ")) {
    const spaces = [...text.matchAll(/ /g)].map((one) => one.index);
    const cut = spaces.reduce((one, other) =>
      Math.abs(other - text.length / 2) < Math.abs(one - text.length / 2) ? other : one,
    );
    return [text.slice(0, cut), text.slice(cut + 1)];
  }
  const letters = [...text];
  if (letters.length < 4) return null;
  const cut = Math.ceil(letters.length / 2);
  return [letters.slice(0, cut).join(""), letters.slice(cut).join("")];
}

function holds(record, frame, x, y, [w, h], scale) {
  const slack = SLACK * scale;
  const inside = (px, py) => isInside(record, px / frame.k, py / frame.k);
  const [left, right] = [x - Math.max(1, w - slack), x + Math.max(1, w - slack)];
  const [top, bottom] = [y - Math.max(1, h - slack), y + Math.max(1, h - slack)];
  return inside(left, top) && inside(right, top) && inside(left, bottom) && inside(right, bottom) && inside(x, y);
}

function outside(ask, middle) {
  const { record, text, size, scale, frame } = ask;
  const half = [ask.measure(text, size) / 2, (size * LEADING) / 2];
  const reach = LEAVE * scale;
  const [x0, y0, x1, y1] = record.box.map((edge) => edge * frame.k);
  const ways = [];
  for (const [dx, dy] of STEPS) {
    const [x, y] = [middle[0] + dx * 1.6 * scale, middle[1] + dy * 1.6 * scale];
    if (x - half[0] < x0 - reach || x + half[0] > x1 + reach) continue;
    if (y - half[1] < y0 - reach || y + half[1] > y1 + reach) continue;
    ways.push({ ...wayAt(x, y, half, [text], size, scale), cost: Math.hypot(dx, dy) });
  }
  return ways.length ? ways : [wayAt(...middle, half, [text], size, scale)];
}

function wayAt(x, y, half, lines, size, scale) {
  return { x, y, lines, size, scale, align: "center", box: [x - half[0], y - half[1], x + half[0], y + half[1]] };
}

/** Ways to set the framed label of a grid: free places inside it, nearest the middle first. */
export function* pillWays(ask) {
  const { record, text, size, scale, frame, wall } = ask;
  const number = /\d+/.exec(text)?.[0];
  const round = (frame.band === 0 || wall) && number;
  const shown = round ? number : text;
  const bigness = wall ? (29 / 1.7) * frame.scale : round ? size * 0.96 : size;
  const high = wall ? (42 / 1.7 / 2) * frame.scale : round ? 10 * scale : size * 0.88;
  const half = [round ? high : ask.measure(shown, bigness) / 2 + size * 0.62, high];
  const pole = record.kind === "area" ? poleOf(record) : middleOf(record);
  let found = false;
  for (const spread of [1, 2.2, 3.4])
    for (const [dx, dy, far] of STEPS) {
      const [x, y] = [pole[0] * frame.k + dx * spread * scale, pole[1] * frame.k + dy * spread * scale];
      if (record.kind === "area" && !holds(record, frame, x, y, half, scale)) continue;
      found = true;
      yield { ...wayAt(x, y, half, [shown], bigness, scale), pill: half, cost: far * spread * 0.25 };
    }
  if (!found) yield { ...wayAt(pole[0] * frame.k, pole[1] * frame.k, half, [shown], bigness, scale), pill: half };
}

/** Ways to write a name at a point: beside it, or above it. */
export function pointWays(ask) {
  const { record, label, text, size, scale, frame, spot } = ask;
  const [px, py] = spot
    ? [spot.x + spot.dx, spot.y + spot.dy]
    : middleOf(record).map((one) => one * frame.k);
  const gap = (spot?.reach ?? 3 * scale) + 3 * scale;
  const half = [ask.measure(text, size) / 2, (size * LEADING) / 2];
  const right = [px + gap + half[0], py];
  const left = [px - gap - half[0], py];
  const above = [px, py - gap - half[1]];
  const below = [px, py + gap + half[1]];
  const order = label.place === "above" ? [above, below, right, left] : [right, left, below, above];
  return order.map(([x, y]) => wayAt(x, y, half, [text], size, scale));
}

function middleOf(record) {
  const [x0, y0, x1, y1] = record.box;
  if (record.kind !== "line") return [(x0 + x1) / 2, (y0 + y1) / 2, 0];
  const flat = record.parts[0];
  const at = 2 * Math.floor(flat.length / 4);
  return [flat[at], flat[at + 1], 0];
}
