// The wall's clock and the age of its data: both go on ticking in the browser when the
// connection is lost, which is how a screen nobody touches can say that it stands still.
const held = new WeakMap();

const two = (n) => String(n).padStart(2, "0");

/** Minutes after which the age is written in words, and after which the line is a warning. */
const QUIET = 60;
const LOST = 300;

class Clock {
  constructor(root) {
    this.root = root;
    this.timer = setInterval(() => this.show(), 1000);
  }

  set(data) {
    this.data = data;
    this.arrived = performance.now();
    this.show();
  }

  /** Seconds since the server last answered. */
  age() {
    return (performance.now() - this.arrived) / 1000;
  }

  show() {
    if (!this.data) return;
    if (!this.root.isConnected) return;
    const node = this.root.querySelector("[data-testid]");
    if (node) this.data.kind === "clock" ? this.time(node) : this.status(node);
  }

  /** Server time carried on: hours and minutes of a clock in Shanghai, whatever this machine's. */
  now(seconds) {
    const t = this.data.seconds + (this.data.fixed ? 0 : seconds);
    return { h: two(Math.floor(t / 3600) % 24), m: two(Math.floor(t / 60) % 60), s: two(Math.floor(t) % 60) };
  }

  time(node) {
    const { h, m } = this.now(this.age());
    put(node.querySelector("span"), this.data.day);
    put(node.querySelector("b"), `${h}:${m}`);
  }

  status(node) {
    const age = this.age();
    const { h, m, s } = this.now(0);
    const state = age < QUIET ? "live" : age < LOST ? "stale" : "lost";
    const words = this.data.words;
    const text = {
      live: () => words.live.replace("{at}", `${h}:${m}:${s}`).replace("{s}", Math.floor(age)),
      stale: () => words.stale.replace("{at}", `${h}:${m}:${s}`).replace("{m}", Math.floor(age / 60)),
      lost: () => words.lost.replace("{at}", `${h}:${m}`),
    }[state]();
    node.dataset.state = state;
    put(node.querySelector("span"), text);
    put(node.querySelector("small"), this.data.note);
  }
}

function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export default function render(component) {
  const root = component.parentElement;
  if (!held.has(root)) held.set(root, new Clock(root));
  held.get(root).set(component.data);
  return () => {
    if (root.isConnected) return; // a rerun overtook a render: the clock is still on the page
    clearInterval(held.get(root)?.timer);
    held.delete(root);
  };
}
