// What lies under the pointer: symbols first, then grid labels, lines, and areas, topmost first.
import { isInBand } from "./project.js";
import { distanceTo, isInside } from "./records.js";
import { strokeWidth } from "./paint.js";

const LINE = { fine: 6, coarse: 12 }; // pixels beside a line that still count
const POINT = { fine: 8, coarse: 18 }; // pixels around a symbol's middle, at least

/**
 * The topmost feature at a place, or null: {layer, id, feature, by}, `by` being what was met there,
 * its symbol, its framed name, or its line or area.
 *
 * @param {object[]} strata shown layers, bottom first
 * @param {{spots: object[], labels: object[], k: number}} spread as drawn
 * @param {Frame} frame
 * @param {number[]} at world x, y
 * @param {{accept?: function(string, object): boolean, coarse?: boolean}} how
 */
export function findHit(strata, spread, frame, at, { accept = () => true, coarse = false } = {}) {
  const allowed = (stratum, record) => stratum.picks && accept(stratum.id, record.feature);
  return (
    findSpot(spread, frame, at, allowed, coarse) ??
    findPill(spread, at, allowed) ??
    findShape(strata, frame, at, { allowed, kind: "line", coarse }) ??
    findShape(strata, frame, at, { allowed, kind: "area", coarse })
  );
}

function answer(stratum, record, by) {
  return { layer: stratum.id, id: record.id, feature: record.feature, by };
}

function findSpot({ spots, k }, frame, [wx, wy], allowed, coarse) {
  const [x, y] = [wx * k, wy * k];
  const least = (coarse ? POINT.coarse : POINT.fine) * frame.scale;
  let best = null;
  for (const spot of spots) {
    const wide = spot.members ? 1.5 : 1;
    const reach = Math.max(least, spot.reach);
    const away = Math.hypot((x - spot.x - spot.dx) / wide, y - spot.y - spot.dy);
    if (away > reach) continue;
    const over = Math.max(0, away - spot.reach);
    const better = !best || over < best.over || (over === best.over && spot.order >= best.spot.order);
    const found = better && (spot.members ?? [spot]).find((one) => allowed(one.stratum, one.record));
    if (found) best = { over, spot, found };
  }
  return best && answer(best.found.stratum, best.found.record, "symbol");
}

function findPill({ labels, k }, [wx, wy], allowed) {
  const [x, y] = [wx * k, wy * k];
  const placed = labels.find(
    ({ pill, box, stratum, record }) =>
      pill && x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && allowed(stratum, record),
  );
  return placed ? answer(placed.stratum, placed.record, "name") : null;
}

function findShape(strata, frame, [wx, wy], { allowed, kind, coarse }) {
  const slack = (coarse ? LINE.coarse : LINE.fine) * frame.scale;
  for (let at = strata.length - 1; at >= 0; at -= 1) {
    const stratum = strata[at];
    if (!stratum.picks) continue;
    for (const group of stratum.groups()) {
      if (!isInBand(group.style, frame.band)) continue;
      const record = group.records.find(
        (one) =>
          one.kind === kind && touches(one, group.style, frame, [wx, wy], slack) && allowed(stratum, one),
      );
      if (record) return answer(stratum, record, kind);
    }
  }
  return null;
}

function touches(record, style, frame, [wx, wy], slack) {
  if (record.kind === "area") return isInside(record, wx, wy);
  const widths = (style.strokes ?? []).map((stroke) => strokeWidth(stroke, record, frame) / 2);
  const reach = Math.max(slack, ...widths) / frame.k;
  const box = record.box;
  if (wx < box[0] - reach || wx > box[2] + reach || wy < box[1] - reach || wy > box[3] + reach) return false;
  return distanceTo(record, wx, wy) <= reach;
}
