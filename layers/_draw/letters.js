// Writing the labels that were placed.

/** Draw placed labels; `k` is the pixels per world unit they were placed at. */
export function paintLabels(context, frame, { labels, k }, ink) {
  const ratio = frame.k / k;
  context.setLineDash([]);
  context.lineJoin = "round";
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  const backwards = [...labels].reverse(); // the important last, on top
  for (const halo of [true, false])
    for (const placed of backwards) if (placed.glyphs) paintAlong(context, frame, placed, ratio, ink, halo);
  for (const placed of backwards)
    if (!placed.glyphs && !placed.pill) paintLines(context, frame, placed, ratio, ink);
  for (const placed of backwards) if (placed.pill) paintPill(context, frame, placed, ratio, ink);
}

function onScreen(frame, x, y) {
  return x > -120 && y > -40 && x < frame.width + 120 && y < frame.height + 40;
}

// Canvas text stands on whole device pixels, or it is blurred.
function whole(frame, value) {
  return Math.round(value * frame.ratio) / frame.ratio;
}

function paintAlong(context, frame, placed, ratio, ink, halo) {
  const { label, size, scale } = placed;
  context.font = ink.font(size, label.bold);
  context.strokeStyle = ink.colour(label.halo);
  context.fillStyle = ink.colour(label.color);
  context.lineWidth = label.halo_width * scale;
  for (const glyph of placed.glyphs) {
    const x = glyph.x * ratio - frame.left;
    const y = glyph.y * ratio - frame.top;
    if (!onScreen(frame, x, y)) continue;
    context.save();
    context.translate(whole(frame, x), whole(frame, y));
    if (glyph.angle) context.rotate(glyph.angle);
    if (halo) context.strokeText(glyph.text, 0, size * 0.37);
    else context.fillText(glyph.text, 0, size * 0.37);
    context.restore();
  }
}

function paintLines(context, frame, placed, ratio, ink) {
  const { label, size, scale, lines } = placed;
  const x = whole(frame, placed.x * ratio - frame.left);
  const y = placed.y * ratio - frame.top;
  if (!onScreen(frame, x, y)) return;
  context.font = ink.font(size, label.bold);
  context.strokeStyle = ink.colour(label.halo);
  context.fillStyle = ink.colour(label.color);
  context.lineWidth = label.halo_width * scale;
  const leading = size * 1.18;
  for (const halo of [true, false])
    for (const [at, text] of lines.entries()) {
      const base = whole(frame, y + (at - (lines.length - 1) / 2) * leading + size * 0.37);
      if (halo && label.halo_width > 0) context.strokeText(text, x, base);
      else if (!halo) context.fillText(text, x, base);
    }
}

function paintPill(context, frame, placed, ratio, ink) {
  const { label, size, scale, lines, pill } = placed;
  const x = whole(frame, placed.x * ratio - frame.left);
  const y = whole(frame, placed.y * ratio - frame.top);
  if (!onScreen(frame, x, y)) return;
  const [half, high] = pill;
  context.beginPath();
  context.roundRect(x - half, y - high, 2 * half, 2 * high, high);
  context.fillStyle = ink.colour("page");
  context.fill();
  context.strokeStyle = ink.colour(label.color);
  context.lineWidth = 1.4 * scale;
  context.stroke();
  context.font = ink.font(size, label.bold);
  context.fillStyle = ink.colour(label.color);
  context.fillText(lines[0], x, whole(frame, y + size * 0.36));
}
