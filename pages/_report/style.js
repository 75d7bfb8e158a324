// The form's rules; colours are the page's own variables, so light and dark need nothing here.

const RULES = `
[data-testid=report] { color: var(--text); font-size: 15px; line-height: 1.5; }
[data-testid=report] * { box-sizing: border-box; }
[hidden] { display: none !important; }
button, input, textarea { font: inherit; color: inherit; }
button { min-height: 40px; padding: 0 14px; background: var(--panel); border: 1px solid var(--border); border-radius: 6px;
  cursor: pointer; touch-action: manipulation; }
button:hover { background: var(--subtle); }
button.plain { border: 0; background: none; color: var(--accent); padding: 0 4px; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on_accent); font-weight: 700; }
button:focus-visible, textarea:focus-visible, input:focus-visible, a:focus-visible,
label:has(> input:focus-visible) > span { outline: 2px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
.bar { margin: 0 0 8px; padding: 8px 12px; font-size: 15px; white-space: pre-line; background: var(--fault); border: 1px solid var(--general);
  border-radius: 6px; }
.unsent { margin: 0 0 8px; padding: 8px 12px; border: 1px solid var(--border); border-radius: 6px; }
h2 { margin: 0; font-size: 15px; font-weight: 700; }
ul { margin: 0; padding: 0; list-style: none; }
small, em, i { font-style: normal; font-size: 13px; color: var(--text2); }
.place { display: flex; justify-content: space-between; align-items: center; gap: 12px; padding: 10px 0;
  border-bottom: 1px solid var(--rule); }
.place b { display: block; font-size: 17px; line-height: 1.4; overflow-wrap: anywhere; }
.aim { flex: none; display: none; }
.thing { display: block; min-height: 30px; margin-top: 4px; padding: 0 10px; font-size: 13px; border-radius: 16px;
  color: var(--accent); background: var(--accent_tint); border-color: var(--accent_tint); }
.found { display: flex; justify-content: space-between; align-items: center; margin: 6px 0 0; font-size: 13px; color: var(--text2); }
.found button { min-height: 32px; }
fieldset { min-width: 0; margin: 12px 0 0; padding: 0; border: 0; }
legend, .field > span, .ask > span { display: flex; justify-content: space-between; width: 100%; padding: 0; margin: 0 0 6px;
  font-size: 13.5px; color: var(--text2); }
label > input[type=radio], .shot input { position: absolute; opacity: 0; pointer-events: none; }
.kinds > div { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; }
.kinds span { display: flex; align-items: center; justify-content: center; min-height: 46px; padding: 2px 4px; text-align: center;
  line-height: 1.25; border: 1px solid var(--border); border-radius: 8px; background: var(--panel); }
label { cursor: pointer; touch-action: manipulation; }
fieldset label:hover > span, .shot:hover > span { background: var(--subtle); }
.kinds :checked + span { color: var(--accent); font-weight: 700; background: var(--accent_tint); border: 2px solid var(--accent); }
.severities > div { display: grid; grid-template-columns: repeat(4, 1fr); border: 1px solid var(--border); border-radius: 8px;
  overflow: hidden; background: var(--panel); }
.severities label + label { border-left: 1px solid var(--border); }
.severities span { display: flex; align-items: center; justify-content: center; gap: 6px; min-height: 46px; padding: 2px;
  border-bottom: 3px solid transparent; }
.severities :checked + span { font-weight: 700; background: var(--subtle); border-bottom-color: var(--text); }
.severities label:has(:focus-visible) > span { outline-offset: -3px; }
svg { flex: none; width: 14px; height: 14px; overflow: visible; stroke-width: 1; }
.low { fill: var(--low); stroke: var(--low_edge); } .general { fill: var(--general); stroke: var(--general_edge); }
.serious { fill: var(--serious); } .major { fill: var(--major); }
.mark { stroke: var(--page); stroke-width: 1.8; fill: none; }
.asks { display: grid; gap: 10px; } .asks:not(:empty) { margin-top: 12px; }
.ask { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 8px; margin: 0; }
.ask > span, .ask > legend { margin: 0; } label.ask > span { width: auto; flex: 1; }
.ask legend { float: left; width: auto; flex: 1 1 auto; padding: 6px 0; } .ask > div { display: flex; flex-wrap: wrap; gap: 6px; }
.ask div span { display: block; padding: 5px 14px; border: 1px solid var(--border); border-radius: 16px; background: var(--panel); }
.ask :checked + span { color: var(--accent); font-weight: 700; background: var(--accent_tint); border-color: var(--accent); }
.ask > input { width: 92px; min-height: 40px; padding: 0 10px; text-align: right; background: var(--panel);
  border: 1px solid var(--border); border-radius: 6px; }
.ask > i { min-width: 2.4em; }
.field { display: block; margin-top: 12px; }
textarea { display: block; width: 100%; min-height: 46px; padding: 10px 12px; resize: vertical; background: var(--panel);
  border: 1px solid var(--border); border-radius: 8px; field-sizing: content; max-height: 200px; }
@media (pointer: coarse) { textarea { resize: none; } }
::placeholder { color: var(--text3); opacity: 1; }
.shots { display: flex; gap: 8px; margin-top: 8px; } .shot { flex: 1; } .camera { display: none; }
.shot span { display: flex; align-items: center; justify-content: center; min-height: 44px; border: 1px solid var(--border);
  border-radius: 8px; background: var(--panel); color: var(--text2); }
.photos { display: flex; gap: 8px; } .photos:not(:empty) { margin-top: 8px; }
figure { position: relative; margin: 0; } img { display: block; width: 72px; height: 72px; object-fit: cover; border-radius: 6px; }
figure button { position: absolute; top: -6px; right: -6px; min-height: 28px; width: 28px; padding: 0; border-radius: 50%; }
.near { margin-top: 12px; padding: 10px 12px; border: 1px solid var(--accent); border-radius: 8px; background: var(--accent_tint); }
.near li { padding: 8px 0; border-bottom: 1px solid var(--border); } .near li > div { overflow-wrap: anywhere; }
.near li svg { margin-right: 6px; vertical-align: -1px; } .near li small { display: block; } .near li a { font-size: 13px; }
.near button { width: 100%; min-height: 44px; margin-top: 8px; color: var(--accent); }
.tick { width: 44px; height: 44px; margin-bottom: 8px; fill: var(--ok); } .tick .mark { stroke-width: 1.4; }
.foot { position: sticky; bottom: 0; z-index: 5; margin-top: 12px; padding: 8px 0 10px; background: var(--page); }
.promise { min-height: 20px; margin: 0 0 6px; text-align: center; font-size: 13px; color: var(--text2); }
.primary { width: 100%; min-height: 48px; font-size: 17px; }
.panel { padding: 24px 0; text-align: center; outline: none; } .panel p { margin: 6px 0; overflow-wrap: anywhere; }
.panel h2 { font-size: 20px; } .panel .primary { margin: 20px 0 12px; }
.number { font-size: 30px; font-weight: 700; line-height: 1.2; font-variant-numeric: tabular-nums; }
.warn { padding: 8px 12px; text-align: left; background: var(--fault); border-radius: 6px; }
.unsent li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; } .unsent button { min-height: 32px; }
@media (pointer: coarse) {
  [data-testid=report] { font-size: 16px; }
  .kinds span, .severities span { min-height: 52px; } .primary { min-height: 54px; } .camera { display: block; }
  .ask div span { padding: 9px 16px; border-radius: 22px; } .thing, .found button, .unsent button, button.plain { min-height: 44px; }
  figure button { min-height: 36px; width: 36px; top: -10px; right: -10px; }
}
@media (max-width: 1200px) { .aim { display: block; } }
@media (max-width: 640px) {
  [data-testid=report] { padding: 0 16px 118px; } .photos { scroll-margin-bottom: 118px; }
  .foot { position: fixed; left: 0; right: 0; padding: 8px 16px calc(10px + env(safe-area-inset-bottom));
    border-top: 1px solid var(--border); }
}
`;

/** Adopt the rules above where `root` lives, once. */
export function dress(root) {
  const place = root.getRootNode();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  place.adoptedStyleSheets = [...place.adoptedStyleSheets, sheet];
}
