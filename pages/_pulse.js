// Asks the server whether anything changed, tells the page when it has, and writes how old the
// picture is. A hidden tab asks nothing; it asks at once when it is seen again.
const EVERY = 1000; // ms between two questions
const PATIENCE = 4000; // ms an answer may take
const QUIET = 60; // s without an answer until the age is written in minutes
const LOST = 300; // s without an answer until the picture counts as standing still
const GONE = 6; // questions without an answer until the dot becomes a ring
const held = new WeakMap();

const two = (n) => String(n).padStart(2, "0");

class Pulse {
  constructor(root) {
    this.root = root;
    this.missed = 0;
    this.onSeen = () => document.hidden || this.ask();
    document.addEventListener("visibilitychange", this.onSeen);
    this.timer = setInterval(() => this.ask(), EVERY);
  }

  update(component) {
    this.component = component;
    this.heard();
  }

  heard() {
    this.missed = 0;
    this.at = performance.now();
    this.write();
  }

  async ask() {
    if (document.hidden || this.asking) return this.write();
    this.asking = true;
    const { data } = this.component;
    try {
      const answer = await fetch(new URL(data.address, location.origin), {
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { stamp } = await answer.json();
      this.heard();
      if (stamp !== this.component.data.stamp && stamp !== this.told) {
        this.told = stamp; // once for each change, however long the page takes to draw it
        this.component.setTriggerValue("changed", stamp);
      }
    } catch {
      this.missed += 1;
      this.write();
    } finally {
      this.asking = false;
    }
  }

  write() {
    const node = this.root.querySelector("[data-testid=age]");
    if (!node) return;
    const { seconds, fixed, words } = this.component.data;
    this.drawn ??= { seconds, since: performance.now() };
    if (this.drawn.seconds !== seconds) this.drawn = { seconds, since: performance.now() };
    const age = (performance.now() - this.at) / 1000;
    const heard = seconds + (fixed ? 0 : (this.at - this.drawn.since) / 1000);
    const at = `${two(Math.floor(heard / 3600) % 24)}:${two(Math.floor(heard / 60) % 60)}`;
    const state = age >= LOST ? "lost" : age >= QUIET ? "stale" : "live";
    node.dataset.state = state;
    node.querySelector("i").className = state === "live" && this.missed < GONE ? "w-dot" : "w-dot old";
    const text = words[state].replace("{at}", at).replace("{m}", Math.floor(age / 60));
    const line = node.querySelector("span");
    if (line.textContent !== text) line.textContent = text;
  }

  remove() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.onSeen);
    held.delete(this.root);
  }
}

export default function render(component) {
  const root = component.parentElement;
  if (!held.has(root)) held.set(root, new Pulse(root));
  const pulse = held.get(root);
  pulse.update(component);
  // Streamlit also runs this when a rerun overtakes a render that is still loading.
  return () => setTimeout(() => root.isConnected || pulse.remove());
}
