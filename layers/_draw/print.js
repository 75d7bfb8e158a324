// The map on paper: one landscape sheet with title, map, legend, scale, north arrow and date.

import { Drawing } from "./engine.js";
import { list } from "./legend.js";
import { metres, round, written } from "./scale.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 2660; // device pixels of the picture: 244 a inch on A4, 172 on A3
const HEIGHT = 1500;
const SCALE = 2.6; // symbols and letters on paper are 1.3 of those on a desk at 96 dots an inch

const RULES = `
@page { size: landscape; margin: 10mm; }
.wg-paper { display: none; }
@media print {
  html, body { height: 100% !important; margin: 0; background: #fff !important; }
  body > *:not(.wg-paper) { display: none !important; }
  .wg-paper { display: flex; flex-direction: column; height: 99vh; overflow: hidden;
    color: #1a232e; print-color-adjust: exact; -webkit-print-color-adjust: exact;
    font: 9pt/1.4 "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; }
  .wg-paper header { display: flex; align-items: baseline; gap: 6mm; padding-bottom: 2mm; }
  .wg-paper h1 { margin: 0; font-size: 16pt; line-height: 1.3; }
  .wg-paper header span:last-child { margin-left: auto; }
  .wg-paper figure { position: relative; flex: 1; min-height: 0; margin: 0; }
  .wg-paper figure > img { width: 100%; height: 100%; object-fit: cover;
    border: .3mm solid #626c77; box-sizing: border-box; }
  .wg-paper .wg-north { position: absolute; right: 4mm; top: 4mm; width: 9mm; height: 13mm; }
  .wg-paper footer { display: flex; flex-wrap: wrap; align-items: center; gap: 0 5mm;
    padding-top: 2mm; font-size: 8pt; }
  .wg-paper ul { display: contents; list-style: none; }
  .wg-paper li { display: flex; align-items: center; gap: 1.5mm; }
  .wg-paper li canvas { max-height: 5mm; max-width: 8mm; object-fit: contain; }
  .wg-paper em { font-style: normal; }
  .wg-paper .wg-bar { display: flex; align-items: flex-end; gap: 1.5mm; margin-left: auto; }
  .wg-paper .wg-bar i { display: block; height: 2mm; border: .4mm solid #1a232e; border-top: 0; }
}`;

/**
 * Lay what the map shows on a sheet and open the print dialogue.
 *
 * @param {object} app MapApp
 * @returns {HTMLElement} the sheet; it leaves the document after printing
 */
export function printMap(app) {
  document.querySelector(".wg-paper")?.remove();
  const picture = draw(app);
  const paper = document.createElement("section");
  paper.className = "wg-paper";
  paper.lang = app.sheet.lang;
  paper.append(heading(app), figure(app, picture.url), footer(app, picture));
  const rules = new CSSStyleSheet();
  rules.replaceSync(RULES);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
  document.body.append(paper);
  const clear = () => {
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== rules);
    removeEventListener("afterprint", clear);
  };
  addEventListener("afterprint", clear);
  const image = paper.querySelector("img");
  image.decode().then(() => print()).catch(clear);
  return paper;
}

/** Draw the part of the world in the window again, large and light, and return it as a picture. */
function draw(app) {
  const { L, sheet, head } = app;
  const sharp = Math.min(3, devicePixelRatio || 1);
  const place = document.createElement("div");
  Object.assign(place.style, {
    position: "fixed", left: "-20000px", top: "0", visibility: "hidden",
    width: `${WIDTH / sharp}px`, height: `${HEIGHT / sharp}px`,
  });
  app.stage.append(place);
  const map = L.map(place, { zoomControl: false, attributionControl: false, zoomSnap: 0,
    zoomAnimation: false, fadeAnimation: false, maxZoom: 23, keyboard: false });
  try {
    const scale = SCALE / sharp;
    const drawing = new Drawing(L, map, { scale, theme: "light", wall: false });
    const bounds = app.map.getBounds();
    map.setView(bounds.getCenter(), fitting(app, map));
    drawing.setSheet(sheet);
    for (const { id, hash } of head.layers) drawing.setLayer(id, hash, app.features.get(id) ?? []);
    drawing.setShown([...app.shown]);
    drawing.setSelected(app.selection.value);
    drawing.flush();
    const url = flatten(place, sharp, sheet.tokens.light.m_out);
    const ends = [map.containerPointToLatLng([0, 0]), map.containerPointToLatLng([place.clientWidth, 0])];
    drawing.destroy();
    return { url, across: metres(...ends) };
  } finally {
    map.remove();
    place.remove();
  }
}

/** The zoom at which the paper holds at least what the window holds. */
function fitting(app, map) {
  const [window, paper] = [app.map.getSize(), map.getSize()];
  const factor = Math.min(paper.x / window.x, paper.y / window.y);
  return app.map.getZoom() + Math.log2(factor);
}

function flatten(place, sharp, ground) {
  const flat = document.createElement("canvas");
  flat.width = WIDTH;
  flat.height = HEIGHT;
  const context = flat.getContext("2d");
  context.fillStyle = ground;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const corner = place.getBoundingClientRect();
  for (const canvas of place.querySelectorAll("canvas")) {
    const box = canvas.getBoundingClientRect();
    const at = [box.left - corner.left, box.top - corner.top, box.width, box.height];
    context.drawImage(canvas, ...at.map((length) => length * sharp));
  }
  return flat.toDataURL("image/png");
}

function heading({ words, title, date }) {
  const header = document.createElement("header");
  const name = document.createElement("h1");
  name.textContent = title || words.map;
  const note = document.createElement("span");
  note.textContent = words.synthetic;
  const day = document.createElement("span");
  day.textContent = `${words.made_on} ${date || today()}`;
  header.append(name, note, day);
  return header;
}

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function figure({ words }, url) {
  const frame = document.createElement("figure");
  const image = document.createElement("img");
  image.src = url;
  image.alt = words.map;
  frame.append(image, north(words));
  return frame;
}

function north(words) {
  const arrow = document.createElementNS(SVG, "svg");
  arrow.setAttribute("class", "wg-north");
  arrow.setAttribute("viewBox", "0 0 36 52");
  arrow.setAttribute("role", "img");
  arrow.setAttribute("aria-label", words.north);
  const add = (name, attributes, text = "") => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    arrow.append(made);
  };
  add("rect", { width: 36, height: 52, rx: 3, fill: "#fff", "fill-opacity": 0.85 });
  add("path", { d: "M18 4 28 34 18 28z", fill: "#1a232e" });
  add("path", { d: "M18 4 8 34 18 28z", fill: "#fff", stroke: "#1a232e", "stroke-width": 1.2 });
  add("text", { x: 18, y: 47, "text-anchor": "middle", "font-size": 12, fill: "#1a232e" }, words.north);
  return arrow;
}

function footer(app, { across }) {
  const foot = document.createElement("footer");
  const { sheet, words } = app;
  const look = { sheet, theme: "light", scale: 1, sharp: 3 };
  foot.append(...app.entries().map((layer) => list(layer, look)));
  const bar = document.createElement("div");
  bar.className = "wg-bar";
  const length = round(across / 6);
  const line = document.createElement("i");
  line.style.width = `${((100 * length) / across).toFixed(3)}vw`; // the picture is as wide as the page
  const text = document.createElement("span");
  text.textContent = written(length, words);
  bar.append(line, text);
  foot.append(bar);
  return foot;
}
