// A connection that comes back may find its session gone (the server was restarted, or a phone
// slept longer than a session is kept). A page that is filled by a fragment is then deaf, for the
// new session knows no fragment until the whole app has run once: so it is run.
const STATE = "data-test-connection-state";
const held = new WeakMap();

class Revive {
  constructor(root) {
    const app = document.querySelector("[data-testid=stApp]");
    this.root = root;
    this.state = app.getAttribute(STATE);
    this.watch = new MutationObserver(() => this.changed(app.getAttribute(STATE)));
    this.watch.observe(app, { attributes: true, attributeFilter: [STATE] });
  }

  changed(state) {
    const back = state === "CONNECTED" && this.state !== state;
    this.state = state;
    if (back) this.component.setTriggerValue("again", Date.now());
  }

  remove() {
    this.watch.disconnect();
    held.delete(this.root);
  }
}

export default function render(component) {
  const root = component.parentElement;
  if (!held.has(root)) held.set(root, new Revive(root));
  held.get(root).component = component;
  // Streamlit also runs this when a rerun overtakes a render that is still loading.
  return () => setTimeout(() => root.isConnected || held.get(root)?.remove());
}
