// The outlines of what is selected and of what is under the pointer, on a canvas of their own.
import { traceRecord } from "./ink.js";

const SELECTED = { line: 4, halo: 9, tint: 0.1, bore: 9 };
const HOVER = 2;

/** Draw the outlines of the selected record and of the one under the pointer; either may be missing. */
export function paintPicked(context, frame, { selected, hovered, spread }, ink) {
  if (selected) paintSelected(context, frame, targetOf(selected, spread), ink);
  if (hovered && hovered !== selected) paintHover(context, frame, targetOf(hovered, spread), ink);
}

function targetOf(record, { spots, k }) {
  const isAt = (spot) => spot.record === record || spot.members?.some((one) => one.record === record);
  return { record, spots: spots.filter(isAt), k };
}

// Accent on a halo, an area tinted.
function paintSelected(context, frame, target, ink) {
  const u = frame.scale;
  context.lineJoin = "round";
  context.lineCap = "round";
  context.setLineDash([]);
  if (target.record.kind === "line") {
    paintTube(context, frame, target, ink);
    return;
  }
  for (const path of pathsOf(frame, target, 5 * u)) {
    context.strokeStyle = ink.colour("halo");
    context.lineWidth = SELECTED.halo * u;
    context.stroke(path);
    if (target.record.kind === "area") {
      context.globalAlpha = SELECTED.tint;
      context.fillStyle = ink.colour("accent");
      context.fill(path);
      context.globalAlpha = 1;
    }
    context.strokeStyle = ink.colour("accent");
    context.lineWidth = SELECTED.line * u;
    context.stroke(path);
  }
}

// A line is outlined on both sides, so that what it is drawn as shows between.
function paintTube(context, frame, target, ink) {
  const { line, halo, bore } = SELECTED;
  const strokes = [
    ["halo", bore + line + halo],
    ["accent", bore + 2 * line],
    [null, bore],
  ];
  for (const path of pathsOf(frame, target, 0)) {
    for (const [name, width] of strokes) {
      context.globalCompositeOperation = name ? "source-over" : "destination-out";
      context.strokeStyle = ink.colour(name ?? "text");
      context.lineWidth = width * frame.scale;
      context.stroke(path);
    }
    context.globalCompositeOperation = "source-over";
  }
}

// The outline of what is under the pointer.
function paintHover(context, frame, target, ink) {
  context.lineJoin = "round";
  context.setLineDash([]);
  context.strokeStyle = ink.colour("text");
  context.lineWidth = HOVER * frame.scale;
  for (const path of pathsOf(frame, target, 2.5 * frame.scale)) context.stroke(path);
}

// A point gets a ring around its symbol, wherever that was moved to.
function pathsOf(frame, { record, spots, k }, gap) {
  const path = new Path2D();
  if (record.kind !== "point") {
    traceRecord(path, frame, record);
    return [path];
  }
  const ratio = frame.k / k;
  const places = spots.length
    ? spots.map((spot) => [spot.x * ratio + spot.dx, spot.y * ratio + spot.dy, spot.reach])
    : [[record.parts[0][0] * frame.k, record.parts[0][1] * frame.k, 6 * frame.scale]];
  for (const [x, y, reach] of places) {
    const radius = reach * 1.12 + gap;
    path.moveTo(x - frame.left + radius, y - frame.top);
    path.arc(x - frame.left, y - frame.top, radius, 0, 2 * Math.PI);
  }
  return [path];
}
