// The buttons at the top right of the map: zoom, full screen, measure, fit, layers, print.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  zoom_in: ["M12 5v14", "M5 12h14"],
  zoom_out: ["M5 12h14"],
  fullscreen: ["M4 9V4h5", "M15 4h5v5", "M20 15v5h-5", "M9 20H4v-5"],
  measure: ["M4 16 16 4l4 4L8 20z", "M8 12l2 2", "M11 9l2 2", "M14 6l2 2"],
  fit: ["M4 8V4h4", "M16 4h4v4", "M20 16v4h-4", "M8 20H4v-4", "M8.5 8.5h7v7h-7z"],
  layers: ["M12 4 3 9l9 5 9-5z", "M3 14l9 5 9-5"],
  print: ["M7 9V4h10v5", "M7 17H4v-8h16v8h-3", "M7 14h10v6H7z"],
};

/**
 * Put the buttons into `root`.
 *
 * @param {HTMLElement} root
 * @param {Object<string, function(): void>} actions by button; a button without one is left out
 * @returns {{setWords: function(object): void, press: function(string, boolean): void,
 *   able: function(string, boolean): void, destroy: function(): void}}
 */
export function tools(root, actions) {
  const stack = document.createElement("div");
  stack.className = "wg-tools";
  stack.setAttribute("role", "toolbar");
  const buttons = new Map();
  for (const name of Object.keys(ICONS).filter((one) => actions[one])) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.tool = name;
    button.append(icon(ICONS[name]));
    button.addEventListener("click", actions[name]);
    buttons.set(name, button);
    stack.append(button);
  }
  root.append(stack);
  let words = {};
  const name = (button, text) => {
    button.setAttribute("aria-label", text);
    button.title = text;
  };
  const onScreen = () => {
    const button = buttons.get("fullscreen");
    if (button) name(button, words[document.fullscreenElement ? "fullscreen_exit" : "fullscreen"]);
  };
  document.addEventListener("fullscreenchange", onScreen);
  return {
    setWords(given) {
      words = given;
      for (const [key, button] of buttons) name(button, words[key]);
      onScreen();
    },
    press(key, down) {
      buttons.get(key)?.setAttribute("aria-pressed", String(down));
    },
    able(key, may) {
      const button = buttons.get(key);
      if (button) button.disabled = !may;
    },
    destroy() {
      document.removeEventListener("fullscreenchange", onScreen);
      stack.remove();
    },
  };
}

/** Enter full screen with `root`, or leave it. */
export function toggleFullScreen(root) {
  if (document.fullscreenElement) return document.exitFullscreen();
  return root.requestFullscreen();
}

function icon(paths) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
