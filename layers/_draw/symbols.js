// Point symbols: their shapes, and what a state (a mark) does to them.  The legend uses them too.
import { isInBand } from "./project.js";

const HOLLOW_EDGE = 2.6;
const RING_GAP = 2;
const RING_WIDTH = 1.6;

/** Radius, as a share of `size`, of a shape's outline: it keeps rims of different shapes parallel. */
const RIM = { triangle: 1.9, diamond: 1.42, square: 1, circle: 1, plus: 1.2, badge: 1, flag: 1.2 };

/** Corners of a plus after the first, in tenths of its size. */
const PLUS = [[3, -10], [3, -3], [10, -3], [10, 3], [3, 3], [3, 10], [-3, 10], [-3, 3], [-10, 3], [-10, -3], [-3, -3]];

/** Factor of a symbol in a band: far, near, or 1. */
export function bandFactor(symbol, band) {
  if (band === 0) return symbol.far ?? 1;
  return band >= 2 ? (symbol.near ?? 1.2) : 1;
}

/** Add the outline of a shape around x, y to the path; `size` is half its extent, in pixels. */
export function traceShape(context, shape, x, y, size) {
  if (shape === "triangle") {
    context.moveTo(x, y - size);
    context.lineTo(x + size, y + size * 0.82);
    context.lineTo(x - size, y + size * 0.82);
    context.closePath();
  } else if (shape === "diamond") {
    context.moveTo(x, y - size);
    context.lineTo(x + size, y);
    context.lineTo(x, y + size);
    context.lineTo(x - size, y);
    context.closePath();
  } else if (shape === "square") {
    context.rect(x - size, y - size, 2 * size, 2 * size);
  } else if (shape === "badge") {
    context.roundRect(x - size, y - size, 2 * size, 2 * size, size * 0.32);
  } else if (shape === "plus") {
    context.moveTo(x - size * 0.3, y - size);
    for (const [across, down] of PLUS) context.lineTo(x + (across * size) / 10, y + (down * size) / 10);
    context.closePath();
  } else if (shape === "flag") {
    context.moveTo(x - size * 0.7, y - size);
    context.lineTo(x + size * 0.9, y - size * 0.45);
    context.lineTo(x - size * 0.45, y + size * 0.1);
    context.lineTo(x - size * 0.45, y + size);
    context.lineTo(x - size * 0.7, y + size);
    context.closePath();
  } else {
    context.moveTo(x + size, y);
    context.arc(x, y, size, 0, 2 * Math.PI);
  }
}

/**
 * Draw one symbol.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {number} x centre, pixels
 * @param {number} y centre, pixels
 * @param {object} symbol the style's symbol
 * @param {{effects?: string[], ink: Ink, factor: number}} how factor: band and screen together
 */
export function paintSymbol(context, x, y, symbol, { effects = [], ink, factor }) {
  const size = symbol.size * factor;
  const faint = effects.includes("faint");
  const open = faint || effects.includes("hollow") || effects.includes("dot");
  const dashed = effects.includes("dashed");
  const body = faint ? ink.colour("text3") : ink.colour(symbol.fill);
  const rim = ink.colour("halo");
  const outline = (half) => {
    context.beginPath();
    traceShape(context, symbol.shape, x, y, half);
  };
  context.lineJoin = symbol.shape === "triangle" ? "round" : "miter";
  context.miterLimit = 4;
  context.setLineDash([]);
  context.globalAlpha = faint ? 0.6 : 1;
  if (effects.includes("ring")) paintRing(context, outline, symbol, size, factor, ink);
  if (symbol.casing > 0) {
    context.strokeStyle = rim;
    context.lineWidth = 2 * symbol.casing * factor;
    outline(size);
    context.stroke();
  }
  const heavy = (open ? HOLLOW_EDGE : dashed ? 2 : symbol.edge_width) * factor;
  const inner = open || dashed ? size - (heavy / 2) * (RIM[symbol.shape] > 1.2 ? 0.8 : 1) : size;
  outline(inner);
  context.fillStyle = open ? rim : body;
  context.fill();
  if (dashed) {
    context.fillStyle = rim;
    context.globalAlpha = 0.55;
    context.fill();
    context.globalAlpha = 1;
    context.setLineDash([3 * factor, 2 * factor]);
  }
  if (open || dashed || symbol.edge) {
    context.strokeStyle = open ? body : ink.colour(dashed ? strongest(symbol, ink) : symbol.edge);
    context.lineWidth = heavy;
    context.lineCap = "butt";
    context.stroke();
  }
  context.setLineDash([]);
  if (effects.includes("dot")) {
    context.beginPath();
    context.arc(x, y + (symbol.shape === "triangle" ? size * 0.25 : 0), size * 0.3, 0, 2 * Math.PI);
    context.fillStyle = body;
    context.fill();
  }
  if (symbol.text && !effects.includes("dot"))
    paintCharacter(context, x, y, symbol, size, open || dashed ? body : ink.colour(symbol.text_color || "panel"), ink);
  context.globalAlpha = 1;
}

// Of the edge and the fill, the one that stands out more from the rim.
function strongest(symbol, ink) {
  const rim = lightness(ink.colour("halo"));
  const off = (name) => Math.abs(lightness(ink.colour(name)) - rim);
  return symbol.edge && off(symbol.edge) > off(symbol.fill) ? symbol.edge : symbol.fill;
}

function lightness(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function paintRing(context, outline, symbol, size, factor, ink) {
  const reach = (RING_GAP + RING_WIDTH / 2 + (symbol.casing > RING_GAP ? symbol.casing - RING_GAP : 0)) * factor;
  const ring = size + reach * RIM[symbol.shape];
  outline(ring);
  context.strokeStyle = ink.colour("halo");
  context.lineWidth = (RING_WIDTH + 2 * symbol.casing) * factor;
  context.stroke();
  context.fillStyle = ink.colour("halo");
  context.fill();
  context.strokeStyle = ink.colour("text");
  context.lineWidth = RING_WIDTH * factor;
  context.stroke();
}

function paintCharacter(context, x, y, symbol, size, colour, ink) {
  const triangle = symbol.shape === "triangle";
  context.fillStyle = colour;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.font = ink.font(size * (triangle ? 1.12 : 1.28), true);
  const measured = context.measureText(symbol.text);
  const middle = (measured.actualBoundingBoxAscent - measured.actualBoundingBoxDescent) / 2;
  context.fillText(symbol.text, x, y + middle + (triangle ? size * 0.22 : 0));
}

/** Half the extent of a symbol with its rim and ring, in pixels. */
export function reachOf(symbol, effects, factor) {
  const ring = effects.includes("ring") ? (RING_GAP + RING_WIDTH) * (RIM[symbol.shape] > 1.2 ? 1.5 : 1) : 0;
  return (symbol.size + Math.max(symbol.casing, ring)) * factor;
}

/** Draw plain symbols of one class (no text, no marks), thousands at a time, with one path. */
export function paintMany(context, points, symbol, ink, factor) {
  const size = symbol.size * factor;
  context.beginPath();
  for (const [x, y] of points) traceShape(context, symbol.shape, x, y, size);
  context.setLineDash([]);
  context.lineJoin = "miter";
  if (symbol.casing > 0) {
    context.strokeStyle = ink.colour("halo");
    context.lineWidth = 2 * symbol.casing * factor;
    context.stroke();
  }
  context.fillStyle = ink.colour(symbol.fill);
  context.fill();
  if (symbol.edge) {
    context.strokeStyle = ink.colour(symbol.edge);
    context.lineWidth = symbol.edge_width * factor;
    context.stroke();
  }
}

/** Whether a style draws a symbol (not a tree) in a band. */
export function hasSymbol(style, band) {
  const symbol = style.symbol;
  return Boolean(symbol) && !(symbol.metres?.[1] > 0) && isInBand(style, band) && bandFactor(symbol, band) > 0;
}
