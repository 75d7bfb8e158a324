// Lengths on the map: metres between two places, how a length is written, and the scale bar.

const MAJOR = 6378137; // WGS84
const FLAT = 1 / 298.257223563;
const SQUARE = FLAT * (2 - FLAT); // first eccentricity squared
const RADIAN = Math.PI / 180;
const LONGEST = 120; // px, of the bar

/**
 * Metres between two places on the WGS84 ellipsoid; within 1 mm of the geodesic up to 3 km.
 *
 * @param {{lat: number, lng: number}} from
 * @param {{lat: number, lng: number}} to
 */
export function metres(from, to) {
  const middle = ((from.lat + to.lat) / 2) * RADIAN;
  const bend = 1 - SQUARE * Math.sin(middle) ** 2;
  const north = (MAJOR * (1 - SQUARE)) / bend ** 1.5;
  const east = (MAJOR / Math.sqrt(bend)) * Math.cos(middle);
  return Math.hypot((to.lat - from.lat) * RADIAN * north, (to.lng - from.lng) * RADIAN * east);
}

/**
 * Write a length as the product writes it: "64 米", "1,017 米", "2.4 公里" from 2,000 m.
 *
 * @param {number} length metres
 * @param {{metre: string, kilometre: string}} words
 */
export function written(length, words) {
  if (length >= 1999.5) return `${(length / 1000).toFixed(1)} ${words.kilometre}`;
  return `${Math.round(length).toLocaleString("en-US")} ${words.metre}`;
}

/**
 * The longest round length (1, 2 or 5 times a power of ten) not above `most` metres.
 *
 * @param {number} most
 */
export function round(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return power * [5, 2, 1].find((digit) => digit * power <= most);
}

/**
 * Keep a metric scale bar right while the map moves.
 *
 * @returns {{setWords: function(object): void, destroy: function(): void}}
 */
export function scaleBar(map, root, { longest = LONGEST } = {}) {
  const bar = document.createElement("div");
  const line = document.createElement("i");
  const text = document.createElement("span");
  bar.className = "wg-scale";
  bar.append(line, text);
  root.append(bar);
  let words = null;
  const update = () => {
    const size = map.getSize();
    if (!words || !size.x || !map._loaded) return; // Leaflet has no public name for it
    const y = size.y / 2;
    const across = metres(
      map.containerPointToLatLng([0, y]),
      map.containerPointToLatLng([longest, y]),
    );
    if (!(across > 0)) return;
    const shown = round(across);
    line.style.width = `${Math.round((longest * shown) / across)}px`;
    text.textContent = written(shown, words);
    bar.dataset.metres = String(shown);
  };
  map.on("zoomend moveend resize", update);
  return {
    setWords(given) {
      words = given;
      bar.setAttribute("aria-label", given.scale);
      update();
    },
    destroy() {
      map.off("zoomend moveend resize", update);
      bar.remove();
    },
  };
}
