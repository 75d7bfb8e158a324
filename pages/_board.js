// Cases by state: columns of cards. Every text is set as text. A press tells the page which card,
// or which column, and the page answers with new data; nothing is drawn as chosen before.
const held = new WeakMap();

function made(kind, name, text) {
  const node = document.createElement(kind);
  node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
}

class Board {
  constructor(root) {
    this.node = root.querySelector("[data-testid=board]");
    this.presses = []; // not heard yet, as far as is known here
    this.node.addEventListener("click", (event) => {
      const at = event.target.closest("[data-case], [data-state]");
      if (at) this.tell(at);
    });
  }

  /** Tell what is to be chosen from now on; what is chosen already is let go. */
  tell(at) {
    const { heard } = this.component.data;
    const turn = Math.max(Date.now(), heard + 1, (this.presses.at(-1)?.turn ?? 0) + 1);
    const [name] = Object.keys(at.dataset);
    const chosen = at.matches(".card.chosen, section.chosen > .head, section.chosen .more");
    const press = { turn, [name]: chosen ? "" : at.dataset[name] };
    this.presses = [...this.presses.filter((one) => one.turn > heard), press];
    this.component.setStateValue("told", this.presses);
  }

  update(component) {
    this.component = component;
    const { columns, label } = component.data;
    const now = JSON.stringify([columns, label]);
    if (now === this.shown) return; // a rerun that changed nothing here
    this.shown = now;
    const far = new Map([...this.node.querySelectorAll("section")].map((one) => [one.dataset.of, one.lastChild.scrollTop]));
    const focused = this.node.contains(document.activeElement) ? { ...document.activeElement.dataset } : null;
    this.node.setAttribute("aria-label", label);
    this.node.replaceChildren(...columns.map((one) => this.column(one)));
    for (const one of this.node.children) one.lastChild.scrollTop = far.get(one.dataset.of) ?? 0;
    if (focused) this.find(focused)?.focus({ preventScroll: true });
  }

  find(data) {
    const all = [...this.node.querySelectorAll("button")];
    return all.find((one) => one.dataset.case === data.case && one.dataset.state === data.state);
  }

  column({ id, title, count, chosen, cards, more }) {
    const section = made("section", chosen ? "chosen" : "");
    section.dataset.of = id;
    section.dataset.count = count;
    const head = made("button", "head", title);
    head.type = "button";
    head.dataset.state = id;
    head.setAttribute("aria-pressed", String(chosen));
    head.append(made("span", "count", count));
    const list = made("div", "cards");
    list.append(...cards.map((one) => this.card(one)));
    if (more) {
      const rest = made("button", "more", more);
      rest.type = "button";
      rest.dataset.state = id;
      list.append(rest);
    }
    section.append(head, list);
    return section;
  }

  card({ id, sign, tone, title, place, limit, late, chosen, says }) {
    const card = made("button", chosen ? "card chosen" : "card");
    card.type = "button";
    card.dataset.case = id;
    card.setAttribute("aria-label", says);
    if (chosen) card.setAttribute("aria-current", "true");
    const first = made("span", "first");
    first.append(made("i", tone, sign), made("b", "", title));
    card.append(first, made("span", "place", place), made("span", late ? "limit late" : "limit", limit));
    return card;
  }
}

export default function render(component) {
  const root = component.parentElement;
  if (!held.has(root)) held.set(root, new Board(root));
  held.get(root).update(component);
  return () => {
    if (!root.isConnected) held.delete(root); // else a rerun overtook a render
  };
}
