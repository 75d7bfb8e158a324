// Sends what the report form has left in the outbox, on every page: whoever comes back to a network
// need not open the form. Says how many still wait, and leads to them.
import { Drafts } from "./draft.js";
import { Outbox } from "./outbox.js";

const held = new WeakMap();

class Sender {
  constructor(root, data) {
    this.root = root;
    this.drafts = new Drafts(data.post, data.limits);
    const show = () => this.show();
    this.outbox = new Outbox(this.drafts, data.send, { sent: show, refused: show, waiting: show });
    this.unwatch = this.drafts.watch(show);
    this.outbox.send();
  }

  update({ data }) {
    this.data = data;
    this.outbox.address = data.send;
    this.show();
  }

  show() {
    const link = this.root.querySelector("a");
    const waiting = this.drafts.outbox().length;
    link.hidden = !waiting;
    link.href = this.data?.href ?? "";
    const text = this.data?.waiting.replace("{n}", waiting) ?? "";
    if (link.textContent !== text) link.textContent = text;
  }

  remove() {
    this.outbox.remove();
    this.unwatch();
    held.delete(this.root);
  }
}

export default function render(component) {
  const root = component.parentElement;
  if (!held.has(root)) held.set(root, new Sender(root, component.data));
  held.get(root).update(component);
  // Streamlit also runs this when a rerun overtakes a render that is still loading.
  return () => setTimeout(() => root.isConnected || held.get(root)?.remove());
}
