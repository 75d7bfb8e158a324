// Which names are written, and where: greedily, the important first, nothing ever over a symbol.
import { isInBand, bandNumber } from "./project.js";
import { isInside } from "./records.js";
import { Boxes } from "./boxes.js";
import { alongLine, isSquare } from "./lines.js";
import { insideWays, pillWays, pointWays } from "./ways.js";

const SAME = 260; // pixels within which one name is not written twice along lines
const SOLID = 4.5; // symbols smaller than this (half extent) may be written over

/**
 * Place the labels of a whole community at one zoom, so that panning never changes them.
 *
 * @param {Stratum[]} strata shown layers, bottom first
 * @param {Frame} frame
 * @param {object[]} spots symbols as spread
 * @param {{measure: function(string, number, boolean): number, wall: boolean, selected: object|null}} how
 * @returns {object[]} placed labels: {label, colour names, x, y (world pixels), lines | glyphs | pill}
 */
export function placeLabels(strata, frame, spots, how) {
  const taken = new Boxes();
  for (const spot of spots)
    if (spot.reach >= SOLID * frame.scale) {
      const [x, y] = [spot.x + spot.dx, spot.y + spot.dy];
      const wide = spot.members ? spot.reach * 1.3 : spot.reach;
      taken.add([x - wide, y - spot.reach, x + wide, y + spot.reach]);
    }
  const wishes = collect(strata, frame, spots, how);
  const wanted = new Boxes(); // where names inside areas would like to stand: pills keep off
  for (const wish of wishes)
    if (wish.label.place === "inside")
      for (const way of wish.ways()) {
        wanted.add(way.box);
        break;
      }
  const placed = [];
  const written = new Map();
  for (const wish of wishes) {
    if (wish.label.place === "line") placeLine(wish, taken, placed, written, frame);
    else placeOne(wish, taken, wanted, placed);
  }
  return placed;
}

function collect(strata, frame, spots, how) {
  const wishes = [];
  const burning = how.wall ? worstSpots(spots) : [];
  const spotOf = new Map(spots.map((spot) => [spot.record, spot]));
  for (const spot of spots) for (const member of spot.members ?? []) spotOf.set(member.record, null);
  for (const stratum of strata)
    for (const group of stratum.groups()) {
      const { label } = group.style;
      const kept = label && { ...label, keep: true };
      if (!label || !isInBand(group.style, frame.band) || bandNumber(label.band) > frame.band) continue;
      for (const record of group.records) {
        const text = wordsOf(label, record);
        if (!text || spotOf.get(record) === null) continue;
        const own = burning.filter(({ x, y }) => isInside(record, x / frame.k, y / frame.k));
        const burns = own.length > 0;
        if (how.wall && !isForWall(label, burns)) continue;
        const wish = { stratum, record, style: group.style, text, spot: spotOf.get(record) };
        wish.label = burns && label.place === "inside" ? kept : label;
        wish.first = how.selected === record;
        if (burns) wish.fires = { own, others: rivals(spots, own, record, frame) };
        wish.ways = waysOf(wish, frame, how);
        wishes.push(wish);
      }
    }
  const extent = ({ record: { box } }) => (box[2] - box[0]) * (box[3] - box[1]);
  return wishes.sort(
    (one, other) =>
      other.first - one.first ||
      other.label.priority - one.label.priority ||
      other.label.keep - one.label.keep ||
      extent(other) - extent(one) ||
      (one.record.id < other.record.id ? -1 : 1),
  );
}

// A label says its column's value, a code as its word, inside a form such as "网格 {}" if it has one.
function wordsOf(label, record) {
  const value = String(record.feature.properties?.[label.column] ?? "").trim();
  const text = Object.hasOwn(label.terms ?? {}, value) ? label.terms[value] : value;
  return text && label.form ? label.form.replace("{}", () => text) : text;
}

function worstSpots(spots) {
  return spots.filter((spot) => spot.symbol.movable && spot.rank === 0 && spot.symbol.shape === "triangle");
}

// Symbols of the same layer that belong to somewhere else: a burning place's name must not seem theirs.
function rivals(spots, own, record, frame) {
  const strata = new Set(own.map((spot) => spot.stratum));
  const isElsewhere = ({ x, y }) => !isInside(record, x / frame.k, y / frame.k);
  return spots.filter((spot) => strata.has(spot.stratum) && isElsewhere(spot));
}

// From five metres only what is uncovered, what burns and the grid's number can be read.
function isForWall(label, burns) {
  return label.keep || label.place === "pill" || (burns && label.place === "inside" && label.priority > 0);
}

function waysOf(wish, frame, how) {
  const { label } = wish;
  const scale = frame.scale * (how.wall && label.place === "inside" ? 1.13 : 1);
  const size = label.size * scale;
  const measure = (one, bigness = size) => how.measure(one, bigness, label.bold);
  const ask = { ...wish, size, scale, frame, measure, wall: how.wall };
  const make = { inside: insideWays, pill: pillWays, line: lineWays }[label.place] ?? pointWays;
  return () => make(ask);
}

function lineWays({ record, style, label, text, size, scale, frame, measure }) {
  const own = (style.strokes ?? []).find((stroke) => !stroke.width_column && stroke.opacity > 0);
  const growth = frame.band >= 2 ? 1.5 : 1;
  const halo = own ? Math.max(own.width, own.casing_width) : 0;
  const aside = own ? (halo * growth * scale) / 2 + size * 0.64 : 0; // a marked line is not broken
  const spacing = isSquare(text) ? label.spacing : 0;
  return alongLine(record.parts, frame.k, text, { size, spacing, aside, measure, scale });
}

function placeLine(wish, taken, placed, written, frame) {
  const others = written.get(wish.text) ?? [];
  for (const ways of wish.ways())
    for (const glyphs of ways) {
      const middle = glyphs[Math.floor(glyphs.length / 2)];
      const near = ([x, y]) => Math.hypot(middle.x - x, middle.y - y) < SAME * frame.scale;
      if (others.some(near)) break;
      if (glyphs.some((glyph) => taken.isTaken(glyph.box))) continue;
      for (const glyph of glyphs) taken.add(glyph.box);
      others.push([middle.x, middle.y]);
      placed.push(done(wish, { glyphs, size: wish.label.size * frame.scale, scale: frame.scale }));
      break;
    }
  written.set(wish.text, others);
}

function placeOne(wish, taken, wanted, placed) {
  const { label, first } = wish;
  const pill = label.place === "pill";
  const free = (box) => (taken.isTaken(box) ? Infinity : pill ? wanted.covered(box) : 0);
  let best = cheapest(wish.ways(), free);
  if (!best && (label.keep || pill || first)) best = cheapest(wish.ways(), (box) => taken.covered(box));
  if (!best) return;
  taken.add(best.way.box);
  placed.push(done(wish, best.way));
}

// The way with the least cost: what it costs by itself, and the price of where it stands.
function cheapest(ways, price) {
  let best = null;
  for (const way of ways) {
    const own = way.cost ?? 0;
    if (best && own >= best.cost) continue;
    const cost = own + price(way.box);
    if (cost < (best?.cost ?? Infinity)) best = { way, cost };
    if (best?.cost === 0) break;
  }
  return best;
}

function done({ stratum, record, label, style }, way) {
  return { stratum, record, label, style, ...way };
}
