// The legend: one entry per class and mark that is on the map now, painted as the map paints it.

import { Ink, setDash } from "./ink.js";
import { strokeHatch } from "./paint.js";
import { isInBand } from "./project.js";
import { bandFactor, paintSymbol } from "./symbols.js";

const HEIGHT = 22; // px of a swatch on a desk
const LEAST = 3.6; // px, half of a symbol: on the map many small ones are read, here one is
const WIDE = { area: 26, line: 30, point: 22 };
const TITLE = { kind: "layer", key: "layer", away: true }; // a layer of which nothing is drawn
const BARE = { fill: { color: "m_parcel", opacity: 1 }, strokes: [{ color: "m_wall", width: 1, dash: [] }] };

/**
 * What the legend lists: for each layer shown its classes and marks that occur, with their counts.
 *
 * What is on but drawn only from nearer is `away`: the last of its layer, and if the layer shows
 * nothing at all, one entry with the layer's title.
 *
 * @param {object} sheet
 * @param {function(string): Array<object>} featuresOf features of a layer by id
 * @param {Set<string>} shown ids of the layers switched on
 * @param {number|null} [band] of the view; null: nothing is away
 * @param {function(string): Array<object>} [beforeOf] features in the other state that is compared:
 *   an entry then has also the count it `was`
 */
export function entriesOf(sheet, featuresOf, shown, { band = null, beforeOf = () => [] } = {}) {
  return sheet.layers.filter((layer) => shown.has(layer.id) && !layer.base).map((layer) => {
    const types = new Map(); // class -> type of its geometry: a layer may hold several
    const [counts, were] = [featuresOf, beforeOf].map((of) => countIn(of(layer.id), types));
    const [usual = ""] = types.values();
    const of = (key) => ({ count: counts.get(key) ?? 0, was: were.get(key) ?? 0 });
    const entry = (kind) => (one) => {
      const form = formOf(types.get(kind === "class" ? one.key : null) ?? usual);
      return { ...one, kind, form, ...of(`${kind} ${one.key}`) };
    };
    const isAway = (style) => band !== null && !isDrawn(style, band);
    const classes = layer.classes.map(entry("class")).map((one) => ({ ...one, away: isAway(one.style) }));
    const signs = classes.filter((one) => one.style.symbol);
    const sample = (signs.find((one) => !one.style.symbol.text) ?? signs[0])?.style; // plain: a mark shows best
    const marks = layer.marks.map(entry("mark")).map((one) => ({ ...one, style: sample }));
    const held = classes.filter((one) => one.count || one.was);
    if (held.length && held.every((one) => one.away)) {
      const [count, was] = ["count", "was"].map((name) => held.reduce((sum, one) => sum + one[name], 0));
      return { id: layer.id, title: layer.title, entries: [{ ...TITLE, label: layer.title, count, was }] };
    }
    const all = [...classes, ...marks].filter((one) => one.legend && (one.count || one.was) && one.style);
    const listed = [...all.filter((one) => !one.away), ...all.filter((one) => one.away)];
    return { id: layer.id, title: layer.title, entries: listed };
  }).filter((layer) => layer.entries.length);
}

function countIn(features, types) {
  const counts = new Map();
  const add = (key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { properties, geometry } of features) {
    add(`class ${properties.class}`);
    if (!types.has(properties.class)) types.set(properties.class, geometry?.type ?? "");
    for (const mark of String(properties.marks ?? "").split(" ")) if (mark) add(`mark ${mark}`);
  }
  return counts;
}

/** Whether a class is drawn in a band; what has no ink of its own is where its band is. */
function isDrawn(style, band) {
  const signOnly = style.symbol && !style.fill && !style.strokes.length;
  return isInBand(style, band) && !(signOnly && bandFactor(style.symbol, band) === 0);
}

function formOf(type) {
  return /Point/.test(type) ? "point" : /Line/.test(type) ? "line" : "area";
}

/**
 * What a wall still has to explain: not the characters on badges, nor the severities its blocks name.
 *
 * @param {Array<object>} layers from `entriesOf`
 */
export function essential(layers) {
  const needed = (layer) => {
    const marks = layer.entries.filter((one) => one.kind === "mark");
    if (marks.length) return marks;
    const inked = ({ style }) => style.fill || style.strokes.length || style.symbol;
    return layer.entries.filter((one) => inked(one) && !one.style.symbol?.text);
  };
  return layers.map((layer) => ({ ...layer, entries: needed(layer) }));
}

/**
 * Paint the sign of a class, or of a mark on a class, as a small picture.
 *
 * @param {object} entry from `entriesOf`
 * @param {object} sheet
 * @param {string} theme
 * @param {{scale?: number, sharp?: number}} size scale of the map, device pixels per pixel
 * @returns {HTMLCanvasElement}
 */
export function swatch(entry, sheet, theme, { scale = 1, sharp = devicePixelRatio || 1 } = {}) {
  const { style, form } = entry;
  const [width, height] = [WIDE[form] * scale, HEIGHT * scale];
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * sharp);
  canvas.height = Math.round(height * sharp);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  context.scale(sharp, sharp);
  const ink = new Ink(sheet, theme);
  if (form === "point") point(context, entry, { width, height, scale, ink });
  else if (form === "area") area(context, style, { width, height, scale, ink });
  else line(context, style, { width, height, scale, ink });
  return canvas;
}

function point(context, { style, effect }, { width, height, scale, ink }) {
  const { symbol } = style;
  if (!symbol) return;
  const most = (height / 2 - 2.5 * scale) / (effect === "ring" ? 1.5 : 1);
  const size = symbol.size + (symbol.casing ? 1 : 0);
  const factor = Math.max(Math.min(scale, most / size) * 0.92, (LEAST * scale) / size);
  const effects = effect ? [effect] : [];
  paintSymbol(context, width / 2, height / 2, symbol, { effects, ink, factor });
}

function area(context, style, { width, height, scale, ink }) {
  const box = [2 * scale, 5 * scale, width - 2 * scale, height - 5 * scale];
  const at = [box[0], box[1], box[2] - box[0], box[3] - box[1]];
  const { fill, strokes } = style.fill || style.strokes.length ? style : BARE; // managed: no ink of its own
  if (fill) {
    context.globalAlpha = fill.opacity;
    context.fillStyle = ink.colour(fill.color);
    if (fill.opacity > 0) context.fillRect(...at);
    context.globalAlpha = 1;
    if (fill.hatch) {
      context.save();
      context.beginPath();
      context.rect(...at);
      context.clip();
      strokeHatch(context, box, fill.hatch, [box[0], box[1]], scale, ink);
      context.restore();
    }
  }
  for (const stroke of strokes) {
    pen(context, stroke, scale, ink);
    context.strokeRect(...at);
  }
}

function line(context, style, { width, height, scale, ink }) {
  for (const stroke of style.strokes) {
    pen(context, stroke, scale, ink);
    context.beginPath();
    context.moveTo(1, height / 2);
    context.lineTo(width - 1, height / 2);
    context.stroke();
  }
}

function pen(context, stroke, scale, ink) {
  context.strokeStyle = ink.colour(stroke.color);
  context.lineWidth = Math.min(stroke.width, 4) * scale;
  context.globalAlpha = stroke.opacity ?? 1;
  setDash(context, stroke.dash, scale, stroke.round_);
}

/**
 * The legend strip, made anew when something it shows changes.
 *
 * @param {HTMLElement} root
 * @param {boolean} wanted
 */
export function legend(root, wanted) {
  const strip = document.createElement("div");
  strip.className = "wg-legend";
  strip.hidden = !wanted; // its place is kept from the start, so that nothing jumps
  const row = document.createElement("div");
  strip.append(row);
  root.append(strip);
  const signs = new Map(); // swatches are painted once for a theme and scale
  let held = "";
  return {
    /** Show `layers` (from `entriesOf`); tells whether they differ from before. */
    show(layers, { sheet, theme, scale, words, compares }) {
      const said = ({ kind, key, label, count, was, away }) => [kind, key, label, count, was, away];
      const entries = layers.map((layer) => [layer.id, layer.entries.map(said)]);
      const key = JSON.stringify([theme, scale, compares, words.legend, entries]);
      if (key === held) return false;
      held = key;
      strip.setAttribute("role", "group");
      strip.setAttribute("aria-label", words.legend);
      row.replaceChildren(...layers.map((layer) => list(layer, { sheet, theme, scale, signs, words, compares })));
      return true;
    },
    element: strip,
    destroy() {
      strip.remove();
    },
  };
}

/** One layer's entries as a list; the printed sheet uses it too. */
export function list(layer, { sheet, theme, scale, sharp, signs = new Map(), words = {}, compares }) {
  const items = document.createElement("ul");
  items.dataset.layer = layer.id;
  items.setAttribute("aria-label", layer.title);
  for (const entry of layer.entries) {
    const item = document.createElement("li");
    item.dataset.key = entry.key;
    item.classList.toggle("wg-away", Boolean(entry.away));
    const text = document.createElement("span");
    const [was, count] = [entry.was, entry.count].map((one) => one.toLocaleString("en-US"));
    text.append(`${entry.label} `, small(compares && was !== count ? `${was} → ${count}` : count));
    const sign = [theme, scale, layer.id, entry.kind, entry.key].join(" ");
    if (entry.style && !signs.has(sign)) signs.set(sign, swatch(entry, sheet, theme, { scale, sharp }));
    if (entry.style) item.append(signs.get(sign));
    item.append(text);
    items.append(item);
  }
  if (layer.entries.at(-1)?.away) items.lastChild.append(small(words.from_nearer, "i"));
  return items;
}

function small(text, name = "em") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
