// What an exported file runs: the same map as the live one, with a switch between light and dark.
import { createMap } from "./app.js";

/**
 * Draw the file's only map into its <main>, from the bodies written into the file.
 *
 * @param {object} L Leaflet
 * @param {{head: object, sheet: object, theme: string}} settings
 * @param {Object<string, object>} bodies FeatureCollections by digest
 */
export function start(L, { head, sheet, theme }, bodies) {
  const page = document.documentElement;
  const root = document.querySelector("main");
  const button = document.querySelector("header button");
  const map = createMap(L, root, { sheet, head, bodies, theme, words: sheet.words });
  let shown = theme;
  const paint = () => {
    page.dataset.theme = shown;
    for (const [name, colour] of Object.entries(sheet.tokens[shown])) {
      page.style.setProperty(`--${name}`, colour);
    }
    button.textContent = shown === "light" ? sheet.words.theme_dark : sheet.words.theme_light;
  };
  button.addEventListener("click", () => {
    shown = shown === "light" ? "dark" : "light";
    paint();
    map.setTheme(shown);
  });
  paint();
}
