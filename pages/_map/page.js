// The page around a live map: how much room it leaves, its theme, and the map's rules in it.

const BELOW = 16; // px left free under a map that fills the window
const NARROW = 1200; // px; below this the panel stands under the map
const NARROW_SHARE = 0.62; // of the window's height a map takes there

const COLOURS = {
  text: "text-color",
  page: "background-color",
  subtle: "secondary-background-color",
  border: "border-color",
  accent: "primary-color",
};

/** The room of the map whose element is `root`; `changed` is called when it may have changed. */
export class Room {
  constructor(root, changed) {
    Object.assign(this, { root, changed });
    // In a shadow root the way up to Streamlit's scrolling column leads through the host.
    this.column = (root.getRootNode().host ?? root).closest("[data-testid=stMain]");
    this.watch = new ResizeObserver(changed);
    if (this.column?.firstElementChild) this.watch.observe(this.column.firstElementChild);
    addEventListener("resize", changed);
  }

  /** Take a height: "window" for what is left of it, a number of pixels, or a CSS length. */
  take({ height, least }, row) {
    const { root } = this;
    const wanted = typeof height === "number" ? `${height}px` : height;
    root.style.height = wanted === "window" ? `${this.left(least + row, row)}px` : wanted;
    root.style.minHeight = wanted === "window" ? `${least + row}px` : "0";
  }

  left(least, row) {
    const top = this.root.getBoundingClientRect().top + (this.column?.scrollTop ?? 0);
    const rest = Math.floor(innerHeight - top - BELOW);
    const most = innerWidth < NARROW ? Math.floor(innerHeight * NARROW_SHARE) + row : Infinity;
    return Math.max(least, Math.min(rest, most));
  }

  destroy() {
    this.watch.disconnect();
    removeEventListener("resize", this.changed);
  }
}

/** Give a row above the map the colours of the page, whose theme need not be the map's. */
export function inPageColours(row) {
  for (const [name, theirs] of Object.entries(COLOURS)) row.style.setProperty(`--${name}`, `var(--st-${theirs})`);
}

/** The theme to draw in: Streamlit changes the page's without asking the server. */
export function themeOf(root, { theme, follows }) {
  const page = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  const parts = /^#(..)(..)(..)/.exec(page);
  if (!follows || !parts) return theme;
  const [red, green, blue] = parts.slice(1).map((part) => parseInt(part, 16));
  return 0.3 * red + 0.6 * green + 0.1 * blue < 128 ? "dark" : "light";
}

/** Leaflet's own rules, in the shadow root the map lives in. */
export function style(root) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("../vendor/leaflet-1.9.4/leaflet.css", import.meta.url).href;
  return new Promise((done, failed) => {
    link.addEventListener("load", done);
    link.addEventListener("error", () => failed(new Error("leaflet.css did not load")));
    root.after(link);
  });
}
