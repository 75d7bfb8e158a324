// The switches of layers in a map that stands alone: an exported file has no page around it.

/**
 * Ids of the layers to show, in drawing order: of those with a switch the ones switched on, and of
 * the others the ones shown already.
 *
 * @param {Array<{id: string}>} layers in drawing order
 * @param {{shown: string[], listed: Set<string>, on: Set<string>}} now listed: those with a switch
 */
export function withSwitches(layers, { shown, listed, on }) {
  const holds = (id) => (listed.has(id) ? on.has(id) : shown.includes(id));
  return layers.map((layer) => layer.id).filter(holds);
}

/**
 * A box with one switch a layer, opened by the button "layers".
 *
 * @param {HTMLElement} root
 * @param {function(string[]): void} change told the ids now shown
 */
export function switches(root, change) {
  const box = document.createElement("fieldset");
  box.className = "wg-switches";
  box.hidden = true;
  const title = document.createElement("legend");
  box.append(title);
  root.append(box);
  return {
    /** List the layers of `sheet` that can be switched, with how many features each holds. */
    fill(sheet, shown, words, countOf) {
      title.textContent = words.layers;
      const own = sheet.layers.filter((layer) => layer.picks && !layer.base && countOf(layer.id));
      const rows = own.map((layer) => row(layer, shown.has(layer.id), countOf(layer.id)));
      box.replaceChildren(title, ...rows);
      box.onchange = () => {
        const on = new Set([...box.querySelectorAll("input:checked")].map((one) => one.value));
        const listed = new Set(own.map((layer) => layer.id));
        change(withSwitches(sheet.layers, { shown: [...shown], listed, on }));
      };
    },
    toggle() {
      box.hidden = !box.hidden;
      if (!box.hidden) box.querySelector("input")?.focus();
      return !box.hidden;
    },
    destroy() {
      box.remove();
    },
  };
}

function row(layer, on, count) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "checkbox";
  input.value = layer.id;
  input.checked = on;
  const name = document.createElement("span");
  name.textContent = layer.title;
  const number = document.createElement("em");
  number.textContent = count.toLocaleString("en-US");
  label.append(input, name, number);
  return label;
}
