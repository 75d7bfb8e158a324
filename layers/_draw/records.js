// Features as the engine keeps them: geometry in world coordinates, made once, with its box.
import { worldX, worldY } from "./project.js";

/**
 * A drawable feature: `kind` is point, line or area; `parts` holds one Float64Array of x, y pairs
 * for each line or ring (outer rings clockwise on screen, holes the other way), one for all points.
 */
export function makeRecord(feature) {
  const shapes = [];
  collect(feature.geometry, shapes);
  const kind = ["area", "line", "point"].find((one) => shapes.some((shape) => shape.kind === one)) ?? "point";
  const parts = [];
  for (const shape of shapes) {
    if (shape.kind !== kind) continue;
    shape.parts.forEach((coordinates, at) => parts.push(toWorld(coordinates, kind === "area" ? at : -1)));
  }
  return { id: feature.id, feature, kind, parts, box: boxAround(parts), pole: null };
}

function collect(geometry, shapes) {
  if (!geometry) return;
  const { type, coordinates } = geometry;
  if (type === "GeometryCollection") geometry.geometries.forEach((one) => collect(one, shapes));
  else if (type === "Polygon") shapes.push({ kind: "area", parts: coordinates });
  else if (type === "MultiPolygon") coordinates.forEach((one) => shapes.push({ kind: "area", parts: one }));
  else if (type === "LineString") shapes.push({ kind: "line", parts: [coordinates] });
  else if (type === "MultiLineString") shapes.push({ kind: "line", parts: coordinates });
  else if (type === "Point") shapes.push({ kind: "point", parts: [[coordinates]] });
  else if (type === "MultiPoint") shapes.push({ kind: "point", parts: [coordinates] });
}

function toWorld(coordinates, ring) {
  const flat = new Float64Array(coordinates.length * 2);
  coordinates.forEach(([longitude, latitude], at) => {
    flat[2 * at] = worldX(longitude);
    flat[2 * at + 1] = worldY(latitude);
  });
  if (ring < 0) return flat;
  const clockwise = turn(flat) > 0;
  return clockwise === (ring === 0) ? flat : reversed(flat);
}

/** Area of a record in square world units, holes taken off. */
export function areaOf(record) {
  return record.kind === "area" ? record.parts.reduce((sum, flat) => sum + turn(flat), 0) / 2 : 0;
}

function turn(flat) {
  let sum = 0;
  for (let at = 0, before = flat.length - 2; at < flat.length; before = at, at += 2)
    sum += flat[before] * flat[at + 1] - flat[at] * flat[before + 1];
  return sum;
}

function reversed(flat) {
  const back = new Float64Array(flat.length);
  for (let at = 0; at < flat.length; at += 2) {
    back[at] = flat[flat.length - 2 - at];
    back[at + 1] = flat[flat.length - 1 - at];
  }
  return back;
}

function boxAround(parts) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const flat of parts)
    for (let at = 0; at < flat.length; at += 2) {
      box[0] = Math.min(box[0], flat[at]);
      box[1] = Math.min(box[1], flat[at + 1]);
      box[2] = Math.max(box[2], flat[at]);
      box[3] = Math.max(box[3], flat[at + 1]);
    }
  return box;
}

/** Whether two plain JSON values are equal. */
export function sameValue(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => sameValue(one[name], other[name]));
}

/** Whether a world point lies in an area, holes excepted. */
export function isInside(record, x, y) {
  const box = record.box;
  if (record.kind !== "area" || x < box[0] || x > box[2] || y < box[1] || y > box[3]) return false;
  let inside = false;
  for (const flat of record.parts)
    for (let at = 0, before = flat.length - 2; at < flat.length; before = at, at += 2) {
      const y0 = flat[before + 1];
      const y1 = flat[at + 1];
      if (y0 > y !== y1 > y && x < flat[at] + ((y - y1) / (y0 - y1)) * (flat[before] - flat[at]))
        inside = !inside;
    }
  return inside;
}

/**
 * Shortest distance, in world units, from a world point to the lines or rings of a record; the
 * search ends early once it is known to be no more than `enough`.
 */
export function distanceTo(record, x, y, enough = -Infinity) {
  let best = Infinity;
  for (const flat of record.parts) {
    if (record.kind === "point" || flat.length === 2)
      for (let at = 0; at < flat.length; at += 2)
        best = Math.min(best, Math.hypot(flat[at] - x, flat[at + 1] - y));
    else
      for (let at = 2; at < flat.length && best > enough; at += 2)
        best = Math.min(best, toSegment(x, y, flat[at - 2], flat[at - 1], flat[at], flat[at + 1]));
  }
  return best;
}

function toSegment(x, y, x0, y0, x1, y1) {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const along = dx || dy ? ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy) : 0;
  const part = Math.max(0, Math.min(1, along));
  return Math.hypot(x0 + part * dx - x, y0 + part * dy - y);
}

/** The point deepest inside an area (world x, y, depth), found by a refined grid; kept. */
export function poleOf(record) {
  if (record.pole) return record.pole;
  let [x0, y0, x1, y1] = record.box;
  let best = [(x0 + x1) / 2, (y0 + y1) / 2, -Infinity];
  const middle = best;
  const span = Math.max(x1 - x0, y1 - y0);
  for (let round = 0; round < 3; round += 1) {
    const steps = 8;
    for (let i = 0; i <= steps; i += 1)
      for (let j = 0; j <= steps; j += 1) {
        const x = x0 + ((x1 - x0) * i) / steps;
        const y = y0 + ((y1 - y0) * j) / steps;
        const off = Math.hypot(x - middle[0], y - middle[1]) * 0.08; // the middle, among equals
        if (!isInside(record, x, y)) continue;
        const depth = distanceTo(record, x, y, best[2] + off) - off;
        if (depth > best[2]) best = [x, y, depth];
      }
    const reach = span / 2 / 4 ** (round + 1);
    [x0, y0, x1, y1] = [best[0] - reach, best[1] - reach, best[0] + reach, best[1] + reach];
  }
  record.pole = best;
  return best;
}
