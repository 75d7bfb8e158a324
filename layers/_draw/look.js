// How the map's frame looks: its controls, tooltip, scale, chip and legend. Colours are custom
// properties, set from the sheet's tokens; --wu is a pixel on a desk and 1/1080 of a wall's height.

const RULES = `
.wg { position: relative; display: flex; flex-direction: column; min-height: 0; height: 100%;
  overflow: hidden; box-sizing: border-box; background: var(--m_out); color: var(--text);
  border: 1px solid var(--border); border-radius: 8px; --wu: 1px;
  font: calc(13 * var(--wu))/1.5 var(--fonts, "Noto Sans SC", "Microsoft YaHei", sans-serif);
  font-variant-numeric: tabular-nums; }
.wg { user-select: none; -webkit-user-select: none; }
.wg *, .wg *::before { box-sizing: border-box; }
.wg:fullscreen { height: 100vh !important; border: 0; border-radius: 0; }
.wg-wall { --wu: calc(100vh / 1080); border: 0; border-radius: 0; }
.wg-rowed { border: 0; border-radius: 0; overflow: visible; background: var(--page); }
.wg-rowed > .wg-stage { border: 1px solid var(--border); border-radius: 8px 8px 0 0; border-bottom: 0; }
.wg-rowed > .wg-legend { min-height: 39px; border: 1px solid var(--border); border-radius: 0 0 8px 8px; }
.wg-rowed:fullscreen > .wg-stage, .wg-rowed:fullscreen > .wg-legend { border-inline: 0; border-radius: 0; }
.wg-pills { flex: none; display: flex; gap: 3.75px; min-height: 36px; margin: -3px -3px 5px; padding: 3px;
  overflow-x: auto; scrollbar-width: none; --before: #000; --after: #000; font-variant-numeric: normal;
  mask-image: linear-gradient(to right, var(--before), #000 28px calc(100% - 28px), var(--after)); }
.wg-pills.wg-before { --before: transparent; }
.wg-pills.wg-after { --after: transparent; }
.wg-rowed:fullscreen .wg-pills { margin: 5px 9px; }
.wg-pills button { flex: none; min-height: 30px; padding: 0 11.25px; font: inherit; font-size: 13.125px;
  line-height: 21px; color: var(--text); background: var(--page); border: 1px solid var(--border);
  border-radius: 16px; white-space: nowrap; cursor: pointer; touch-action: manipulation; }
.wg-pills button:hover { background: var(--subtle); }
.wg-pills button[aria-pressed=true] { color: var(--accent); border-color: var(--accent);
  background: color-mix(in srgb, var(--accent) 10%, var(--page)); }
.wg-pills button[aria-pressed=true]:hover { background: color-mix(in srgb, var(--accent) 20%, var(--page)); }
.wg-pills button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.wg-pills button[aria-busy=true] { opacity: 0.6; }
@media (pointer: coarse) { .wg-pills { min-height: 50px; } .wg-pills button { min-height: 44px; } }
.wg-stage { position: relative; flex: 1 1 auto; min-height: 0; overflow: hidden; container-type: size; }
.wg-canvas { position: absolute; inset: 0; background: var(--m_out); outline: none; cursor: grab; }
.wg-keys .wg-canvas:focus::after { content: ""; position: absolute; inset: 0; z-index: 900;
  border: 2px solid var(--accent); border-radius: 8px 8px 0 0; pointer-events: none; }
.wg-canvas.leaflet-container { background: var(--m_out); font: inherit; }
.wg-canvas.wg-over { cursor: pointer; }
.wg-canvas.leaflet-drag-target, .wg-canvas:active { cursor: grabbing; }
.wg-measuring .wg-canvas, .wg-measuring .wg-canvas:active { cursor: crosshair; }
.wg-wall .wg-canvas { cursor: none; }
.wg-chip { position: absolute; left: 12px; top: 12px; z-index: 810; padding: 1px 8px;
  max-width: calc(100% - 80px); font-size: 12px; line-height: 20px; color: var(--text2);
  background: var(--panel); border: 1px solid var(--border); border-radius: 4px;
  pointer-events: none; }
.wg-wall .wg-chip { font-size: calc(22 * var(--wu)); line-height: 1.4; }
.wg-tools { position: absolute; right: 12px; top: 12px; z-index: 820; display: flex;
  flex-direction: column; background: var(--panel); border: 1px solid var(--border);
  border-radius: 6px; }
.wg-tools button { width: 34px; height: 34px; padding: 0; display: grid; place-items: center;
  color: var(--text); background: none; border: 0; border-bottom: 1px solid var(--rule);
  border-radius: 0; cursor: pointer; }
.wg-tools button:last-child { border-bottom: 0; }
.wg-tools button:hover { background: var(--subtle); }
.wg-tools button[aria-pressed=true] { color: var(--on_accent); background: var(--accent); }
.wg-tools button:focus-visible, .wg-box button:focus-visible { outline: 2px solid var(--accent);
  outline-offset: 1px; z-index: 1; }
.wg-tools button:disabled { color: var(--text3); cursor: default; }
.wg-tools svg { width: 18px; height: 18px; fill: none; stroke: currentColor; stroke-width: 1.6;
  stroke-linecap: round; stroke-linejoin: round; pointer-events: none; }
@media (pointer: coarse) { .wg-tools button { width: 44px; height: 44px; } }
@media (pointer: coarse) and (max-width: 600px) { .wg-tools [data-tool^=zoom] { display: none; } }
@container (max-height: 320px) {
  .wg-tools :is([data-tool=print], [data-tool=measure], [data-tool=fullscreen]) { display: none; } }
@container (max-width: 480px) {
  .wg-tools { flex-direction: row; }
  .wg-tools button { border-bottom: 0; border-right: 1px solid var(--rule); }
  .wg-tools button:last-child { border-right: 0; }
  .wg-chip { max-width: calc(100% - 212px); } }
.wg-switches { position: absolute; right: 56px; top: 12px; z-index: 820; margin: 0; padding: 8px 12px;
  max-height: calc(100% - 24px); overflow: auto; background: var(--panel);
  border: 1px solid var(--border); border-radius: 6px; }
.wg-switches[hidden] { display: none; }
.wg-switches legend { float: left; width: 100%; padding: 0 0 4px; font-weight: 700; }
.wg-switches label { clear: both; display: flex; align-items: center; gap: 8px; min-height: 28px;
  white-space: nowrap; cursor: pointer; }
.wg-switches input { accent-color: var(--accent); margin: 0; }
.wg-switches em { margin-left: auto; font-style: normal; color: var(--text3); }
@media (pointer: coarse) { .wg-switches { right: 66px; } .wg-switches label { min-height: 44px; } }
.wg-scale { position: absolute; left: 10px; bottom: 8px; z-index: 800; display: flex;
  align-items: flex-end; gap: 6px; padding: 2px 6px 4px; border-radius: 4px; font-size: 12px;
  line-height: 14px; color: var(--text); pointer-events: none;
  background: color-mix(in srgb, var(--panel) 85%, transparent); }
.wg-scale i { display: block; height: 6px; border: 1.5px solid var(--text); border-top: 0; }
.wg-wall .wg-scale { display: none; }
.wg-tip { position: absolute; z-index: 830; min-width: 96px; max-width: 280px; padding: 6px 10px;
  color: var(--text); background: var(--panel); border: 1px solid var(--border);
  border-radius: 6px; font-size: 13px; line-height: 20px; pointer-events: none; }
.wg-tip[hidden], .wg-box[hidden] { display: none; }
.wg-tip div { display: flex; justify-content: space-between; gap: 16px; }
.wg-tip b { font-weight: 700; overflow-wrap: anywhere; }
.wg-tip span { overflow-wrap: anywhere; }
.wg-tip span:first-child { color: var(--text2); flex: none; }
.wg-tip span:last-child { text-align: right; }
.wg-box { position: absolute; left: 50%; z-index: 825; transform: translateX(-50%);
  display: flex; gap: 12px; align-items: baseline; padding: 6px 12px; max-width: calc(100% - 24px);
  color: var(--text); background: var(--panel); border: 1px solid var(--border);
  border-radius: 6px; font-size: 13px; line-height: 20px; }
.wg-box b { font-size: 15px; white-space: nowrap; }
.wg-box span { color: var(--text2); }
.wg-measure { bottom: 12px; }
.wg-note { top: 50%; margin-top: -18px; }
.wg-note.wg-low { top: auto; bottom: 44px; margin: 0; }
.wg-wall .wg-note { font-size: calc(28 * var(--wu)); line-height: 1.5; }
.wg .leaflet-tooltip.wg-length { padding: 0 6px; color: var(--text); background: var(--panel);
  border: 1px solid var(--border); border-radius: 4px; box-shadow: none; font-size: 12px;
  line-height: 18px; }
.wg .leaflet-tooltip.wg-length::before { display: none; }
.wg-legend { flex: none; min-height: 38px; padding: 3px 14px; overflow: hidden; font-size: 12.5px;
  line-height: 15px; color: var(--text2); background: var(--panel);
  border-top: 1px solid var(--border); display: flex; align-items: center; }
.wg-legend[hidden] { display: none; }
.wg-legend > div { display: flex; flex-wrap: wrap; margin-left: -9px; overflow: hidden; }
.wg-legend ul { display: contents; list-style: none; }
.wg-legend li { position: relative; left: -1px; display: flex; align-items: center; gap: 5px;
  min-height: 24px; padding: 0 4px 0 8px; white-space: nowrap; }
.wg-legend ul + ul li:first-child { padding-left: 12px; }
.wg-legend ul + ul li:first-child::before { content: ""; position: absolute; left: 0; top: 4px;
  bottom: 4px; width: 1px; background: var(--border); }
.wg-legend canvas { flex: none; }
.wg-legend em { font-style: normal; color: var(--text3); }
.wg-legend .wg-away canvas { opacity: 0.45; }
.wg-legend .wg-away { color: var(--text3); }
.wg-legend i { font-style: normal; font-size: 12px; padding: 0 5px; border-radius: 4px; background: var(--subtle); }
@media (max-width: 600px) { .wg-legend { overflow-x: auto; }
  .wg-legend > div { flex-wrap: nowrap; overflow: visible; } }
.wg-wall .wg-legend { position: absolute; left: 0; bottom: 0; z-index: 805; border: 0;
  background: none; padding: calc(14 * var(--wu)) calc(28 * var(--wu)); color: var(--text);
  max-width: 100%; gap: 0 calc(26 * var(--wu)); font-size: calc(26 * var(--wu)); line-height: 1.4;
  text-shadow: 0 0 4px var(--m_out), 0 0 4px var(--m_out); }
.wg-wall .wg-legend > div { margin: 0; gap: 0 calc(26 * var(--wu)); }
.wg-wall .wg-legend li { left: 0; padding: 0 !important; gap: calc(10 * var(--wu)); }
.wg-wall .wg-legend li::before { display: none; }
.wg-wall .wg-legend em { display: none; }
`;

/**
 * Adopt the frame's rules in the document or shadow root that `root` lives in, once.
 *
 * Sheets made by script pass a content security policy that allows no inline style.
 *
 * @param {HTMLElement} root
 */
export function dress(root) {
  const place = root.getRootNode();
  if (place.adoptedStyleSheets.some((sheet) => sheet.wangge)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  sheet.wangge = true;
  place.adoptedStyleSheets = [...place.adoptedStyleSheets, sheet];
}

/**
 * Set the colours the rules name.
 *
 * @param {HTMLElement} root
 * @param {Object<string, string>} tokens by name
 */
export function colour(root, tokens) {
  for (const [name, value] of Object.entries(tokens)) root.style.setProperty(`--${name}`, value);
}

/** Make a box of the frame inside `parent`. */
export function element(name, parent) {
  const made = document.createElement("div");
  made.className = name;
  parent.append(made);
  return made;
}
