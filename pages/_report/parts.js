// Elements. Text is only ever set as text, so nothing a user wrote can become markup.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  低: ["circle", { cx: 8, cy: 8, r: 5.6 }, "low"],
  一般: ["rect", { x: 2, y: 2, width: 12, height: 12 }, "general"],
  较大: ["path", { d: "M8 0.5 15.5 8 8 15.5 0.5 8Z" }, "serious"],
  重大: ["path", { d: "M8 0.5 16 15H0Z" }, "major"],
};

/** An element with attributes, listeners (`onclick`, …) and children; null children are left out. */
export function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true || value === false) made.toggleAttribute(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** The shape that stands for a severity on the map. */
export function symbol(severity) {
  const [tag, attributes, name] = SHAPES[severity] ?? SHAPES.低;
  const made = drawing(name, [tag, attributes]);
  if (name === "major") made.append(shape("path", { d: "M8 5v4.6M8 11.4v1.4", class: "mark" }));
  return made;
}

/** A tick: it is done. */
export function tick() {
  return drawing("tick", ["circle", { cx: 8, cy: 8, r: 7.5 }], ["path", { d: "M4.6 8.2 7 10.6 11.4 5.8", class: "mark" }]);
}

function drawing(name, ...shapes) {
  const made = shape("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: name });
  made.append(...shapes.map(([tag, attributes]) => shape(tag, attributes)));
  return made;
}

function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
