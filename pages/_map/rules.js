// Style rules of a part of the map, adopted where the map lives: a sheet made by script passes a
// content security policy that allows no inline style.

/** Adopt `rules` in the document or shadow root that holds `root`, once for each `name`. */
export function adopt(root, name, rules) {
  const place = root.getRootNode();
  if (place.adoptedStyleSheets.some((sheet) => sheet.part === name)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  sheet.part = name;
  place.adoptedStyleSheets = [...place.adoptedStyleSheets, sheet];
}
