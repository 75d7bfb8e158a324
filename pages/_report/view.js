// What the form looks like: built once for a language, then brought up to date.
import { node, symbol, tick } from "./parts.js";
import { Questions } from "./questions.js";

/** The form of a Report in `root`. */
export class View {
  constructor(root, report) {
    Object.assign(this, { root, report, lang: "", drawn: {} });
  }

  /** Fill `place` again if what it is made of has changed, so that nothing is replaced under a finger. */
  fill(place, of, make) {
    const told = JSON.stringify([of, this.lang]);
    if (this.drawn[place.className] === told) return;
    this.drawn[place.className] = told;
    place.replaceChildren(...make());
  }

  draw() {
    const { data } = this.report;
    if (this.lang !== data.lang) this.build(data);
    const { mode } = this.report;
    this.sheet.hidden = mode === "done" || mode === "kept";
    this.panel.hidden = !this.sheet.hidden;
    this.told();
    if (this.sheet.hidden) this.outcome();
    else this.form();
    this.waiting();
  }

  build({ lang, words, kinds, severities }) {
    const { report } = this;
    Object.assign(this, { lang, drawn: {} });
    this.bar = node("p", { class: "bar", role: "alert", hidden: true });
    this.unsent = node("div", { class: "unsent", hidden: true });
    this.where = node("b");
    this.around = node("small");
    this.thing = node("button", { type: "button", class: "thing", onclick: () => report.place.letGo() });
    this.aim = node("button", { type: "button", class: "plain aim", onclick: () => report.aim() });
    this.found = node("p", { class: "found", hidden: true }, node("span", {}, words.found), node("button", {
      type: "button", class: "plain", onclick: () => report.restart(),
    }, words.restart));
    this.kinds = choice("kinds", words.what, kinds, "kind", (id) => report.choose(id));
    this.severities = choice("severities", words.how_grave, severities, "severity", (severity) => report.write({ severity }));
    this.severities.querySelector("legend").append(node("em", {}, words.unsure));
    this.questions = new Questions(report);
    this.near = node("section", { class: "near", hidden: true });
    this.note = node("textarea", {
      rows: 2, "aria-label": words.note, placeholder: words.note_example,
      oninput: ({ target }) => report.write({ note: target.value }),
    });
    this.photos = node("div", { class: "photos" });
    this.promise = node("p", { class: "promise" });
    this.button = node("button", { type: "button", class: "primary send", onclick: () => report.press() });
    this.foot = node("div", { class: "foot" }, this.bar, this.promise, this.button);
    this.sheet = node("div", { class: "sheet" },
      node("section", { class: "place" }, node("div", {}, this.where, this.around, this.thing), this.aim),
      this.found, this.kinds, this.near, this.severities, this.questions.root,
      node("label", { class: "field" }, node("span", {}, words.note), this.note),
      node("div", { class: "shots" }, this.shot(words.camera, true), this.shot(words.gallery, false)), this.photos,
      this.foot);
    this.panel = node("div", { class: "panel", tabindex: -1, hidden: true });
    this.root.replaceChildren(this.unsent, this.sheet, this.panel);
  }

  /** A button that takes or chooses photos; on `http` a page may open the camera in no other way. */
  shot(label, camera) {
    const input = node("input", {
      type: "file", accept: "image/*", multiple: !camera, ...(camera ? { capture: "environment" } : {}),
      onchange: async ({ target }) => {
        const files = [...target.files];
        target.value = "";
        await this.report.photograph(files);
      },
    });
    return node("label", { class: camera ? "shot camera" : "shot" }, input, node("span", {}, label));
  }

  /** What must be known now stands above the button, where the finger is. */
  told() {
    const { bar } = this.report;
    const place = this.sheet.hidden ? this.root : this.foot;
    if (this.bar.parentNode !== place) place.prepend(this.bar);
    if (this.bar.textContent !== bar) this.bar.textContent = bar;
    this.bar.hidden = !bar;
  }

  form() {
    const { report } = this;
    const { draft, data, mode } = report;
    const { words } = data;
    const { at } = draft;
    this.where.textContent = at ? at.says || words.here : words.no_place;
    this.around.textContent = at ? [at.where, accuracy(at, words), words.may_move].filter(Boolean).join(words.dot) : words.how_place;
    this.thing.hidden = !at?.asset || !at.name;
    this.thing.textContent = `${at?.name ?? ""} ×`;
    this.thing.setAttribute("aria-label", words.only_place.replace("{name}", at?.name ?? ""));
    this.aim.textContent = report.aims ? words.aimed : words.aim;
    this.found.hidden = !report.found;
    check(this.kinds, draft.kind);
    check(this.severities, draft.severity || data.severity);
    this.questions.draw();
    this.suggest();
    if (this.note.value !== draft.note) this.note.value = draft.note;
    this.note.maxLength = data.limits.note;
    this.thumbs();
    this.promise.textContent = report.drafts.durable ? (navigator.onLine ? words.promise : words.offline) : "";
    this.button.textContent = mode === "sending" ? words.sending : words.send;
    this.sheet.inert = mode === "sending";
  }

  /** Open cases nearby that may be the same. */
  suggest() {
    const { report } = this;
    const { near, draft, data } = report;
    const { words } = data;
    this.near.hidden = !near.length || draft.other;
    const one = ({ id, title, line, severity, href }) => node("li", {},
      node("div", {}, symbol(severity), node("b", {}, title), node("small", {}, line),
        href ? node("a", { href, target: "_blank", rel: "noopener" }, id) : node("small", {}, id)),
      node("button", { type: "button", onclick: () => report.press(id) }, words.the_same));
    this.fill(this.near, near, () => [
      node("h2", {}, words.near.replace("{n}", near.length)),
      node("ul", {}, ...near.map(one)),
      node("button", { type: "button", onclick: () => report.another() }, words.another),
    ]);
  }

  thumbs() {
    const { report } = this;
    const { photos } = report.draft;
    const one = (jpeg, number) => node("figure", {},
      node("img", { src: `data:image/jpeg;base64,${jpeg}`, alt: report.data.words.photo_n.replace("{n}", number + 1) }),
      node("button", {
        type: "button", "aria-label": report.data.words.remove_photo.replace("{n}", number + 1),
        onclick: () => report.unphotograph(number),
      }, "×"));
    this.fill(this.photos, photos.map((jpeg) => jpeg.length), () => photos.map(one));
  }

  /** What became of it. */
  outcome() {
    const { mode, answer, current, bare } = this.report;
    this.fill(this.panel, [mode, answer, current?.key, bare], () => (mode === "kept" ? this.kept() : this.receipt()));
  }

  kept() {
    const { current, data, bare } = this.report;
    const { words } = data;
    return [
      node("h2", {}, words.kept),
      node("p", {}, title(current, data)),
      node("p", {}, words.kept_how),
      bare ? node("p", { class: "warn" }, words.kept_bare) : "",
      this.again(),
    ];
  }

  receipt() {
    const { answer, data } = this.report;
    const { words, links } = data;
    const line = [answer.kind, severityName(answer.severity, data), answer.place].filter(Boolean).join(words.dot);
    return [
      tick(),
      node("h2", {}, answer.added ? words.added : words.done),
      node("p", { class: "number", "data-testid": "number" }, answer.id),
      node("p", {}, line),
      answer.added ? "" : node("p", {}, answer.due),
      answer.photos ? node("p", {}, words.with_photos.replace("{n}", answer.photos)) : "",
      ...answer.remarks.map((remark) => node("p", { class: "warn" }, remark)),
      this.again(),
      links.case ? node("a", { href: links.case.replace("{id}", encodeURIComponent(answer.id)) }, words.look) : "",
    ];
  }

  again() {
    const { words } = this.report.data;
    return node("button", { type: "button", class: "primary", onclick: () => this.report.restart() }, words.again);
  }

  /** Reports that still wait, and those that were refused. */
  waiting() {
    const { report } = this;
    const { words } = report.data;
    const rest = report.drafts.outbox().filter(({ key }) => key !== report.current?.key);
    this.unsent.hidden = !rest.length;
    const one = (item) => node("li", {}, node("span", {}, title(item, report.data)),
      ...(item.why ? [
        node("small", {}, item.why),
        node("button", { type: "button", class: "plain", onclick: () => report.again(item) }, words.mend),
        node("button", { type: "button", class: "plain", onclick: () => report.forget(item.key) }, words.forget),
      ] : []));
    this.fill(this.unsent, rest.map(({ key, why }) => [key, why]), () => [
      node("h2", {}, words.unsent.replace("{n}", rest.length)),
      node("ul", {}, ...rest.map(one)),
    ]);
  }

  /** Bring what is to be decided into view. */
  show() {
    if (!this.near.hidden && this.report.bar === this.report.data.words.decide) this.near.scrollIntoView({ block: "center" });
  }

  /** Bring the photos into view, above the button that stands over the foot of a phone. */
  pictured() {
    this.photos.scrollIntoView({ block: "nearest" });
  }

  /** Lead eye and screen reader to what became of it. */
  attend() {
    this.panel.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "start" });
  }
}

/** A group of tiles of which one is chosen. */
function choice(name, label, options, group, chosen) {
  const tile = ({ id, label: words, grave }) => node("label", {},
    node("input", { type: "radio", name: group, value: id, onchange: () => chosen(id) }),
    node("span", {}, ...(grave ? [symbol(id)] : []), words));
  return node("fieldset", { class: name }, node("legend", {}, label), node("div", {}, ...options.map(tile)));
}

function check(group, value) {
  for (const input of group.querySelectorAll("input")) input.checked = input.value === value;
}

function accuracy({ accuracy: metres }, words) {
  return metres ? words.accuracy.replace("{m}", Math.round(metres)) : "";
}

function title(item, data) {
  const kind = data.kinds.find(({ id }) => id === item.kind)?.label;
  return [kind, item.says].filter(Boolean).join(data.words.dot);
}

function severityName(severity, data) {
  return data.severities.find(({ id }) => id === severity)?.label;
}
