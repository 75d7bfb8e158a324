// The wall's clock goes on ticking in the browser: the server sends the time only when it draws.
const held = new WeakMap();

const two = (n) => String(n).padStart(2, "0");

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

  /** Server time carried on: hours and minutes of a clock in Shanghai, whatever this machine's. */
  show() {
    const node = this.root.isConnected && this.root.querySelector("[data-testid]");
    if (!node || !this.data) return;
    const { day, seconds, fixed } = this.data;
    const now = seconds + (fixed ? 0 : (performance.now() - this.arrived) / 1000);
    put(node.querySelector("span"), day);
    put(node.querySelector("b"), `${two(Math.floor(now / 3600) % 24)}:${two(Math.floor(now / 60) % 60)}`);
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
