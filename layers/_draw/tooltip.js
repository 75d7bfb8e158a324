// What a feature says of itself under the pointer: at most five rows, set as text, never as HTML.

const ROWS = 5;
const AWAY = 14; // px between the pointer and the box

/**
 * The rows of a feature: its fields in the sheet's language.
 *
 * @param {object} layer of the sheet
 * @param {object} feature GeoJSON
 * @param {object} words of the sheet
 * @returns {Array<[string, string]>} label and value
 */
export function rowsOf(layer, feature, words) {
  const rows = layer.fields.map((field) => {
    const value = valueOf(feature.properties[field.column], field, words);
    return [field.label, value, field.column];
  });
  // A place without a name is no line; other things unknown are said to be.
  return rows.filter(([, value, column]) => value !== words.unknown || column !== "name")
    .slice(0, ROWS);
}

function valueOf(value, field, words) {
  if (value === null || value === undefined || value === "") return words.unknown;
  if (Array.isArray(value)) {
    return value.map((one) => valueOf(one, field, words)).join(words.metre === "米" ? "、" : ", ");
  }
  if (Object.hasOwn(field.terms, String(value))) return field.terms[String(value)];
  if (typeof value === "boolean") return value ? words.yes : words.no;
  const text = typeof value === "number" ? number(value) : String(value);
  return field.unit ? `${text} ${field.unit}` : text;
}

function number(value) {
  const digits = Number.isInteger(value) ? 0 : 1;
  const whole = Math.abs(value) >= 100;
  return value.toLocaleString("en-US", { maximumFractionDigits: whole ? 0 : digits });
}

/**
 * One box inside `root` that is filled and placed again and again.
 *
 * @returns {{show: function(object, object): void, hide: function(): void, destroy: function(): void}}
 */
export function tooltip(root) {
  const box = document.createElement("div");
  box.className = "wg-tip";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  root.append(box);
  return {
    /** Fill the box with `rows` under `title` and place it beside `point` (px in the map). */
    show(point, { title, rows }) {
      const lines = rows.map(([label, value, column]) => line(label, value, column));
      const plain = rows.some(([, , column]) => column === "name");
      if (!plain && title) lines.unshift(line(title, "", "title"));
      box.replaceChildren(...lines.slice(0, ROWS + 1));
      box.hidden = !lines.length;
      const [width, height] = [box.offsetWidth, box.offsetHeight];
      const right = point.x + AWAY + width <= root.clientWidth;
      const below = point.y + AWAY + height <= root.clientHeight;
      box.style.left = `${Math.max(4, right ? point.x + AWAY : point.x - AWAY - width)}px`;
      box.style.top = `${Math.max(4, below ? point.y + AWAY : point.y - AWAY - height)}px`;
    },
    hide() {
      box.hidden = true;
    },
    destroy() {
      box.remove();
    },
  };
}

function line(label, value, column) {
  const row = document.createElement("div");
  if (column === "name" || column === "title") {
    const name = document.createElement("b");
    name.textContent = column === "name" ? value : label;
    row.append(name);
    return row;
  }
  const what = document.createElement("span");
  what.textContent = label;
  const is = document.createElement("span");
  is.textContent = value;
  row.append(what, is);
  return row;
}
