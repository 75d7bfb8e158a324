// Where symbols stand: pushed apart where they collide, gathered in a stack where they are too many.
import { bandFactor, hasSymbol, reachOf, paintSymbol, paintMany } from "./symbols.js";

const PUSH = 12; // pixels a symbol may be moved aside
const LEADER = 6; // beyond this a line leads back to its place
const CROWD = 20; // more than FEW within this many pixels of one become a stack
const FEW = 5;
const ROUNDS = 24;

/**
 * Give every symbol its spot: `x`, `y` in pixels of the whole world at the frame's zoom, `dx`, `dy`
 * how far it was moved, `reach` half its extent, `members` the spots a stack stands for.
 */
export function spreadSymbols(strata, frame) {
  const spots = [];
  for (const [order, stratum] of strata.entries())
    stratum.groups().forEach((group) => {
      const { rank } = group;
      if (!hasSymbol(group.style, frame.band)) return;
      const symbol = group.style.symbol;
      const factor = bandFactor(symbol, frame.band) * frame.scale;
      for (const record of group.records) {
        const effects = stratum.effects(record);
        const reach = reachOf(symbol, effects, factor);
        for (const flat of record.parts)
          if (record.kind === "point")
            for (let at = 0; at < flat.length; at += 2)
              spots.push({
                stratum, record, symbol: written(symbol, record), factor, effects, reach, order, rank,
                x: flat[at] * frame.k, y: flat[at + 1] * frame.k, dx: 0, dy: 0, members: null,
              });
      }
    });
  const stacked = gather(spots, frame.scale);
  pushApart(stacked, frame.scale);
  // Lower layers first; within a layer the worst last, so that it lies on top.
  return stacked.sort((one, other) => one.order - other.order || other.rank - one.rank || one.y - other.y);
}

// A symbol whose characters come from the feature, such as the number of a stop.
function written(symbol, record) {
  if (!symbol.text_column) return symbol;
  return { ...symbol, text: String(record.feature.properties?.[symbol.text_column] ?? "") };
}

function gather(spots, scale) {
  const kept = [];
  const byLayer = new Map();
  for (const spot of spots) {
    if (!spot.symbol.movable) kept.push(spot);
    else if (byLayer.has(spot.order)) byLayer.get(spot.order).push(spot);
    else byLayer.set(spot.order, [spot]);
  }
  for (const group of byLayer.values()) {
    let left = group.sort((one, other) => one.rank - other.rank);
    while (left.length) {
      const [worst] = left;
      const near = left.filter((one) => Math.hypot(one.x - worst.x, one.y - worst.y) <= CROWD * scale);
      if (near.length > FEW) kept.push(stackOf(near));
      else kept.push(worst);
      const taken = new Set(near.length > FEW ? near : [worst]);
      left = left.filter((one) => !taken.has(one));
    }
  }
  return kept;
}

function stackOf(members) {
  const [worst] = members; // they come worst first
  const mean = (name) => members.reduce((sum, one) => sum + one[name], 0) / members.length;
  return { ...worst, x: mean("x"), y: mean("y"), effects: [], reach: 13 * worst.factor, members };
}

function pushApart(spots, scale) {
  const large = spots.filter((spot) => spot.reach >= 4.5 * scale);
  const most = PUSH * scale;
  const cell = 64 * scale;
  const cells = new Map();
  for (const spot of large) {
    const key = `${Math.floor(spot.x / cell)},${Math.floor(spot.y / cell)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(spot);
  }
  const pairs = [];
  large.forEach((spot, at) => {
    spot.turn = at;
    const [i, j] = [Math.floor(spot.x / cell), Math.floor(spot.y / cell)];
    for (let a = i - 1; a <= i + 1; a += 1)
      for (let b = j - 1; b <= j + 1; b += 1)
        for (const other of cells.get(`${a},${b}`) ?? [])
          if (other !== spot && (other.turn ?? -1) < at && (spot.symbol.movable || other.symbol.movable))
            pairs.push([other, spot]);
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (const [one, other] of pairs) moved = part(one, other, most, scale) || moved;
    if (!moved) return;
  }
}

function part(one, other, most, scale) {
  let [x, y] = [other.x + other.dx - one.x - one.dx, other.y + other.dy - one.y - one.dy];
  const wanted = (one.reach + other.reach) * 0.94 + 0.5 * scale;
  let apart = Math.hypot(x, y);
  if (apart >= wanted) return false;
  if (apart < 0.01) [x, y, apart] = [Math.cos(other.turn * 2.4), Math.sin(other.turn * 2.4), 1];
  const share = one.symbol.movable && other.symbol.movable ? 0.5 : 1;
  const push = ((wanted - Math.min(apart, wanted)) * share) / apart || 0.5;
  let moved = false;
  for (const [spot, sign] of [[one, -1], [other, 1]])
    if (spot.symbol.movable) {
      const [dx, dy] = [spot.dx + sign * x * push, spot.dy + sign * y * push];
      const length = Math.hypot(dx, dy);
      const held = length > most ? most / length : 1;
      if (Math.hypot(dx * held - spot.dx, dy * held - spot.dy) > 0.05) moved = true;
      [spot.dx, spot.dy] = [dx * held, dy * held];
    }
  return moved;
}

/** Draw the symbols of a spread on a frame of the same zoom, or of one in flight. */
export function paintSymbols(context, frame, spread, ink) {
  const ratio = frame.k / spread.k;
  const batches = new Map();
  const single = [];
  for (const spot of spread.spots) {
    const x = spot.x * ratio - frame.left + spot.dx;
    const y = spot.y * ratio - frame.top + spot.dy;
    if (x < -40 || y < -40 || x > frame.width + 40 || y > frame.height + 40) continue;
    const plain = !spot.symbol.text && !spot.symbol.movable && !spot.effects.length;
    if (!plain) single.push([spot, x, y]);
    else if (batches.has(spot.symbol)) batches.get(spot.symbol).points.push([x, y]);
    else batches.set(spot.symbol, { factor: spot.factor, points: [[x, y]] });
  }
  for (const [symbol, { points, factor }] of batches) paintMany(context, points, symbol, ink, factor);
  for (const [spot, x, y] of single) paintLeader(context, frame.scale, spot, x, y, ink);
  for (const [spot, x, y] of single)
    if (spot.members) paintStack(context, spot, x, y, ink);
    else paintSymbol(context, x, y, spot.symbol, { effects: spot.effects, ink, factor: spot.factor });
}

function paintLeader(context, scale, spot, x, y, ink) {
  if (Math.hypot(spot.dx, spot.dy) <= LEADER * scale) return;
  context.strokeStyle = ink.colour("text");
  context.fillStyle = ink.colour("text");
  context.lineWidth = scale;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - spot.dx, y - spot.dy);
  context.stroke();
  context.beginPath();
  context.arc(x - spot.dx, y - spot.dy, 1.6 * scale, 0, 2 * Math.PI);
  context.fill();
}

function paintStack(context, spot, x, y, ink) {
  const u = spot.factor;
  const count = String(spot.members.length);
  const [half, height] = [(11 + 3.6 * count.length) * u, 10 * u];
  context.beginPath();
  context.roundRect(x - half, y - height, 2 * half, 2 * height, height);
  context.fillStyle = ink.colour("panel");
  context.fill();
  context.strokeStyle = ink.colour(spot.symbol.edge || spot.symbol.fill);
  context.lineWidth = 1.6 * u;
  context.stroke();
  const small = { ...spot.symbol, size: 6.5, casing: 0 };
  paintSymbol(context, x - half + 11.5 * u, y, small, { ink, factor: u });
  context.fillStyle = ink.colour("text");
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.font = ink.font(12.5 * u, true);
  context.fillText(count, x - half + 20 * u, y + 0.5 * u);
}
