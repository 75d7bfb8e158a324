// Asks the server whether anything changed, tells the page when it has, and writes how old the
// picture is. A hidden tab asks nothing; it asks at once when it is seen again. The page may also
// ask to be run again by itself after `wake` seconds, as a wall does that turns its scenes. It also
// says in which language the page is, for whoever has it read aloud.
const EVERY = 1000; // ms between two questions
const PATIENCE = 4000; // ms an answer may take
const QUIET = 60; // s without an answer until the age is written in minutes
const LOST = 300; // s without an answer until the picture counts as standing still
const GONE = 6; // questions without an answer until the dot becomes a ring
const AGAIN = 15000; // ms until a change that the page has not followed is told again
const APP = "[data-testid=stApp]", STATE = "data-test-connection-state";
const held = new WeakMap();

function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const two = (n) => String(n).padStart(2, "0");

class Pulse {
  constructor(root) {
    this.root = root;
    this.missed = 0;
    this.onSeen = () => document.hidden || this.ask();
    document.addEventListener("visibilitychange", this.onSeen);
    this.timer = setInterval(() => this.ask(), EVERY);
    this.writing = setInterval(() => this.component && this.write(), 1000);
  }

  update(component) {
    const drawn = JSON.stringify(component.data); // the same again is no new run of the page
    this.component = component;
    document.documentElement.lang = component.data.lang === "zh" ? "zh-CN" : component.data.lang;
    if (drawn !== this.known) {
      this.known = drawn;
      this.drawn = { seconds: component.data.seconds, since: performance.now() };
      this.wake(component.data.wake);
    }
    this.heard();
  }

  /** Run the page again after so many seconds; a run that comes before sets its own. */
  wake(seconds) {
    clearTimeout(this.waking);
    if (seconds) this.waking = setTimeout(() => this.tell("due"), seconds * 1000);
  }

  tell(what) {
    this.component.setTriggerValue("changed", what);
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
      if (document.querySelector(APP)?.getAttribute(STATE) !== "CONNECTED") throw new Error("deaf");
      this.heard();
      const again = performance.now() - (this.told?.at ?? -AGAIN) >= AGAIN;
      if (stamp !== this.component.data.stamp && (stamp !== this.told?.stamp || again)) {
        this.told = { stamp, at: performance.now() }; // once, however long the page takes to draw
        this.tell(stamp);
      }
    } catch {
      this.missed += 1;
      this.write();
    } finally {
      this.asking = false;
    }
  }

  write() {
    const node = this.root.querySelector("[data-testid]");
    if (!node) return;
    const { fixed, words, note } = this.component.data;
    const age = (performance.now() - this.at) / 1000;
    const heard = this.drawn.seconds + (fixed ? 0 : (this.at - this.drawn.since) / 1000);
    const at = `${two(Math.floor(heard / 3600) % 24)}:${two(Math.floor(heard / 60) % 60)}`;
    const second = two(Math.floor(heard) % 60);
    const state = age >= LOST ? "lost" : age >= QUIET ? "stale" : "live";
    node.dataset.state = state;
    node.querySelector("i").className = state === "live" && this.missed < GONE ? "w-dot" : "w-dot old";
    const text = words[state]
      .replace("{at}", at).replace("{second}", second)
      .replace("{s}", Math.floor(age)).replace("{m}", Math.floor(age / 60));
    put(node.querySelector("span"), text);
    if (note !== undefined) put(node.querySelector("small"), note);
  }

  remove() {
    clearInterval(this.timer);
    clearInterval(this.writing);
    clearTimeout(this.waking);
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
