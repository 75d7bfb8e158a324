// Colours and typefaces of the sheet in one theme, and the few drawing habits all painters share.

/** Colours by token name, and the font stack, of one theme. */
export class Ink {
  constructor(sheet, theme) {
    Object.assign(this, { sheet, theme });
    this.tokens = sheet.tokens?.[theme] ?? {};
    this.fonts = sheet.fonts || "sans-serif";
  }

  /** The colour of a token; a colour written out is returned as it is. */
  colour(name) {
    return this.tokens[name] ?? name;
  }

  /** A canvas font of `size` pixels. */
  font(size, bold) {
    return `${bold ? 700 : 400} ${Math.round(size * 100) / 100}px ${this.fonts}`;
  }
}

/** Add a record's lines or rings to the current path. */
export function traceRecord(context, frame, record) {
  const { k, left, top } = frame;
  for (const flat of record.parts) {
    context.moveTo(flat[0] * k - left, flat[1] * k - top);
    for (let at = 2; at < flat.length; at += 2) context.lineTo(flat[at] * k - left, flat[at + 1] * k - top);
    if (record.kind === "area") context.closePath();
  }
}

/** Set how lines end and break: `dash` in pixels before `factor`; `dots` are round. */
export function setDash(context, dash, factor, dots) {
  context.setLineDash(dash.map((length, at) => (dots && at % 2 === 0 ? 0.01 : length * factor)));
  context.lineCap = dots || !dash.length ? "round" : "butt";
  context.lineJoin = dash.length && !dots ? "miter" : "round";
}
