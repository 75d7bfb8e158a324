// Where the map looks: fitting the community, and flying to what was chosen elsewhere.

const SECONDS = { desk: 0.6, wall: 1.2 };
const BANDS = { far: 0, fit: 16.5, near: 17.75, door: 18.75 };
const CLOSE = 19.5; // zoom beyond which a fitted area gains nothing
const LEAST = 64; // px across below which an area is not well seen
const EDGE = 0.01; // share of the window at its edges where nothing is well seen
const CENTRE = 0.28; // share left free around what the map flew to

/** Show the whole community. */
export function fitTo(app, { animate = false } = {}) {
  const { map, head, L } = app;
  if (!head?.bounds) return;
  const bounds = L.latLngBounds(head.bounds);
  const padding = app.wall ? [map.getSize().x * 0.02, map.getSize().y * 0.02] : [14, 14];
  const low = app.wall && app.hasLegend ? app.legend.element.offsetHeight * 0.8 : 0;
  const options = { paddingTopLeft: padding, paddingBottomRight: [padding[0], padding[1] + low] };
  const seconds = animate ? pace(app) : 0;
  if (seconds) map.flyToBounds(bounds, { ...options, duration: seconds });
  else map.fitBounds(bounds, { ...options, animate: false });
}

/** Whether a feature lies inside the window, is large enough and not hidden by the zoom. */
export function isWellSeen(app, [layer, id]) {
  const { map, drawing } = app;
  const bounds = drawing.boundsOf(layer, id);
  if (!bounds) return true; // nothing to fly to
  if (map.getZoom() < leastZoom(app, layer, id)) return false;
  const size = map.getSize();
  const box = app.L.bounds([
    map.latLngToContainerPoint(bounds.getNorthWest()),
    map.latLngToContainerPoint(bounds.getSouthEast()),
  ]);
  const inside = app.L.bounds(size.multiplyBy(EDGE), size.multiplyBy(1 - EDGE));
  const across = Math.max(box.getSize().x, box.getSize().y);
  const isPoint = across < 0.01;
  return inside.contains(box) && (isPoint || across >= LEAST * app.engineScale());
}

/** Fly to a feature; `close` fills the window with it, else the map comes as near as names need. */
export function flyTo(app, [layer, id], { close = false, animate = true } = {}) {
  const { map, drawing } = app;
  const bounds = drawing.boundsOf(layer, id);
  if (!bounds) return;
  const least = leastZoom(app, layer, id);
  const around = bounds.pad(CENTRE);
  const isPoint = bounds.getNorthEast().equals(bounds.getSouthWest());
  const fitting = isPoint ? CLOSE : Math.min(CLOSE, map.getBoundsZoom(around));
  const near = Math.max(map.getZoom(), least, BANDS.near + Math.log2(app.engineScale()));
  const wanted = Math.max(least, close ? fitting : Math.min(fitting, Math.max(near, large(app, bounds))));
  const zoom = Math.min(map.getMaxZoom(), isPoint ? near : wanted);
  const seconds = animate ? pace(app) : 0;
  if (seconds) map.flyTo(bounds.getCenter(), zoom, { duration: seconds });
  else map.setView(bounds.getCenter(), zoom, { animate: false });
}

/** The zoom at which an area is large enough to be well seen. */
function large({ map, L }, bounds) {
  const corners = [bounds.getNorthWest(), bounds.getSouthEast()].map((corner) => map.project(corner));
  const size = L.bounds(corners).getSize();
  const across = Math.max(size.x, size.y, 1);
  return map.getZoom() + Math.log2((LEAST * 1.1) / across);
}

/** The zoom from which a feature's class is drawn. */
function leastZoom(app, layer, id) {
  const styles = app.sheet.layers.find((one) => one.id === layer);
  const feature = app.features.get(layer)?.find((one) => one.id === id);
  const style = styles?.classes.find((one) => one.key === feature?.properties.class)?.style;
  if (!style) return 0;
  const from = BANDS[style.band] + Math.log2(app.engineScale());
  const small = style.symbol?.far === 0 ? BANDS.fit : 0;
  return Math.max(style.band === "far" ? 0 : from, small);
}

function pace(app) {
  // A hidden tab gets no animation frames: it would never arrive.
  if (document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches) return 0;
  return app.wall ? SECONDS.wall : SECONDS.desk;
}
