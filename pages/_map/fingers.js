// A low map on a touch screen stands in a page that is scrolled over it: one finger that moves up
// or down scrolls the page as it does beside the map; sideways, or with two, it moves the map.

const LOW = 0.45; // of the window's height; a higher map leaves no room to scroll beside it
const SURE = 7; // px until a finger has said where it goes
const READ = 2500; // ms the hint stays

/** Decides for every touch on `canvas` whose it is: the map's or the page's. */
export class Fingers {
  /**
   * @param {HTMLElement} canvas of a Leaflet map
   * @param {HTMLElement|null} column what scrolls around it
   * @param {function(boolean): void} hint told when to say, and when no longer, that two fingers move the map
   */
  constructor(canvas, column, hint) {
    Object.assign(this, { canvas, column, hint, from: null, whose: null, said: false });
    const how = { capture: true, passive: true };
    canvas.addEventListener("touchstart", (event) => this.start(event), how);
    canvas.addEventListener("touchmove", (event) => this.move(event), how);
  }

  /** Tell the browser, which must know before a touch begins, what it may do with one. */
  fit() {
    const { canvas, column } = this;
    const low = canvas.clientHeight < LOW * innerHeight;
    this.shares = low && Boolean(column) && column.scrollHeight > column.clientHeight + 1;
    canvas.style.touchAction = this.shares ? "pan-y" : "";
  }

  start({ touches, target }) {
    this.fit(); // the page may have grown since
    const alone = touches.length === 1 && !target.closest(".wg-pin");
    this.from = alone && this.shares ? spot(touches[0]) : null;
    this.whose = null;
  }

  move(event) {
    if (!this.from) return;
    if (event.touches.length > 1) {
      this.from = null;
      return;
    }
    const [x, y] = spot(event.touches[0]).map((at, axis) => Math.abs(at - this.from[axis]));
    if (!this.whose && Math.hypot(x, y) >= SURE) {
      this.whose = y > x ? "page" : "map";
      if (this.whose === "page") this.tell();
    }
    if (this.whose !== "map") event.stopPropagation(); // Leaflet, which listens above, sees no move
  }

  /** Say it once: who knows needs no telling. */
  tell() {
    if (this.said) return;
    this.said = true;
    this.hint(true);
    this.timer = setTimeout(() => this.hint(false), READ);
  }

  destroy() {
    clearTimeout(this.timer);
  }
}

function spot({ clientX, clientY }) {
  return [clientX, clientY];
}
