// The ground: fills, hatches, casings, strokes and trees, layer by layer.
import { isInBand } from "./project.js";
import { traceRecord, setDash } from "./ink.js";

const NEAR_LINES = 1.5; // lines without a real width grow from the near band on
const TREE_OPACITY = 0.8;

/** Draw the areas, lines and trees of the layers, bottom to top. */
export function paintGround(context, frame, strata, ink) {
  for (const stratum of strata) paintStratum(context, frame, stratum, ink);
}

function paintStratum(context, frame, stratum, ink) {
  for (const { style, records } of seen(stratum.stack(), frame))
    if (style.fill) paintFill(context, frame, style.fill, records, ink);
  const groups = seen(stratum.groups(), frame).reverse(); // the first, worst class on top
  for (const casing of [true, false])
    for (const { style, records } of groups)
      for (const stroke of style.strokes ?? [])
        if (!casing || stroke.casing) paintStroke(context, frame, stroke, records, ink, casing);
  for (const { style, records } of groups)
    if (style.symbol?.metres?.[1] > 0) paintTrees(context, frame, style.symbol, records, ink);
}

function seen(groups, frame) {
  return groups
    .filter(({ style }) => isInBand(style, frame.band))
    .map(({ style, records }) => ({ style, records: records.filter((one) => frame.sees(one.box, 40)) }))
    .filter(({ records }) => records.length);
}

function paintFill(context, frame, fill, records, ink) {
  const areas = records.filter((record) => record.kind === "area");
  if (!areas.length) return;
  context.beginPath();
  for (const record of areas) traceRecord(context, frame, record);
  if (fill.opacity > 0) {
    context.globalAlpha = fill.opacity;
    context.fillStyle = ink.colour(fill.color);
    context.fill();
  }
  if (fill.hatch) for (const record of areas) paintHatch(context, frame, fill.hatch, record, ink);
  context.globalAlpha = 1;
}

/** Draw the parallel lines of a hatch over one area, anchored to the world so that they pan with it. */
export function paintHatch(context, frame, hatch, record, ink) {
  const { k, left, top, scale } = frame;
  const box = [
    Math.max(record.box[0] * k - left, -4),
    Math.max(record.box[1] * k - top, -4),
    Math.min(record.box[2] * k - left, frame.width + 4),
    Math.min(record.box[3] * k - top, frame.height + 4),
  ];
  if (box[2] <= box[0] || box[3] <= box[1]) return;
  context.save();
  context.beginPath();
  traceRecord(context, frame, record);
  context.clip();
  const start = [record.box[0] * k - left, record.box[1] * k - top]; // the same corner of the area always
  strokeHatch(context, box, hatch, start, scale, ink);
  context.restore();
}

/** Fill a pixel box with the lines of a hatch that pass through `start`. */
export function strokeHatch(context, box, hatch, start, scale, ink) {
  const angle = (hatch.angle * Math.PI) / 180;
  const along = [Math.cos(angle), -Math.sin(angle)];
  const across = [Math.sin(angle), Math.cos(angle)];
  const every = hatch.every * scale;
  const corners = [[box[0], box[1]], [box[2], box[1]], [box[0], box[3]], [box[2], box[3]]];
  const project = (axis) => corners.map(([x, y]) => (x - start[0]) * axis[0] + (y - start[1]) * axis[1]);
  const offs = project(across);
  const runs = project(along);
  const [near, far] = [Math.min(...runs), Math.max(...runs)];
  context.beginPath();
  for (let off = Math.floor(Math.min(...offs) / every) * every; off <= Math.max(...offs); off += every) {
    const [x, y] = [start[0] + across[0] * off, start[1] + across[1] * off];
    context.moveTo(x + along[0] * near, y + along[1] * near);
    context.lineTo(x + along[0] * far, y + along[1] * far);
  }
  context.globalAlpha = hatch.opacity;
  context.strokeStyle = ink.colour(hatch.color);
  context.lineWidth = hatch.width * scale;
  context.setLineDash([]);
  context.lineCap = "butt";
  context.stroke();
  context.globalAlpha = 1;
}

function paintStroke(context, frame, stroke, records, ink, casing) {
  const byWidth = new Map(); // one path for each width
  for (const record of records) {
    if (record.kind === "point") continue;
    const width = strokeWidth(stroke, record, frame);
    const total = casing ? casingWidth(stroke, width, growth(record, frame) * frame.scale) : width;
    const key = Math.round(total * 8) / 8;
    if (!byWidth.has(key)) byWidth.set(key, []);
    byWidth.get(key).push(record);
  }
  context.strokeStyle = ink.colour(casing ? stroke.casing : stroke.color);
  context.globalAlpha = casing ? 1 : stroke.opacity;
  context.miterLimit = 4;
  for (const [width, group] of byWidth) {
    const factor = growth(group[0], frame) * frame.scale;
    setDash(context, casing ? [] : stroke.dash, factor, stroke.round_);
    if (casing && !stroke.width_column && group[0].kind === "line") context.lineCap = "butt";
    context.lineWidth = width;
    context.beginPath();
    for (const record of group) traceRecord(context, frame, record);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function growth(record, frame) {
  return record.kind === "line" && frame.band >= 2 ? NEAR_LINES : 1;
}

/** Width in pixels of a stroke on a record: its real width where it has one, never under the style's. */
export function strokeWidth(stroke, record, frame) {
  if (!stroke.width_column) return stroke.width * growth(record, frame) * frame.scale;
  const metres = Number(record.feature.properties?.[stroke.width_column]) || 0;
  return Math.max(stroke.width * frame.scale, metres * frame.metre);
}

function casingWidth(stroke, width, factor) {
  const wide = stroke.casing_width * factor;
  return !stroke.width_column && wide > width ? wide : width + wide; // a halo, or a rim on a road
}

function paintTrees(context, frame, symbol, records, ink) {
  const [least, most] = symbol.metres;
  const reach = most * frame.metre;
  const [width, height] = [frame.width + reach, frame.height + reach];
  context.beginPath();
  for (const record of records)
    for (const flat of record.parts)
      for (let at = 0; at < flat.length; at += 2) {
        const x = frame.x(flat[at]);
        const y = frame.y(flat[at + 1]);
        if (x < -reach || y < -reach || x > width || y > height) continue;
        const radius = (least + (most - least) * scatter(flat[at], flat[at + 1])) * frame.metre;
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 2 * Math.PI);
      }
  context.globalAlpha = TREE_OPACITY;
  context.fillStyle = ink.colour(symbol.fill);
  context.fill();
  context.globalAlpha = 1;
}

function scatter(x, y) {
  const mixed = Math.sin(x * 9.1e7 + y * 5.3e7) * 43758.5453; // the same tree is always the same size
  return mixed - Math.floor(mixed);
}
