// The few questions a kind asks; each is answered by one tap or one number.
import { node } from "./parts.js";

/** The questions of the report's kind. */
export class Questions {
  constructor(report) {
    this.report = report;
    this.root = node("div", { class: "asks" });
    this.asked = "";
  }

  draw() {
    const { questions, draft, data } = this.report;
    const asked = JSON.stringify([questions, data.lang]);
    if (asked !== this.asked) {
      this.asked = asked;
      this.root.replaceChildren(...questions.map((question) => this.made(question)));
    }
    for (const input of this.root.querySelectorAll("input")) {
      const answer = draft.answers[input.name] ?? "";
      if (input.type === "radio") input.checked = input.value === answer;
      else if (input.value !== answer) input.value = answer;
    }
  }

  made(question) {
    const { id, asks, form, options, unit, whole } = question;
    if (form === "number") {
      const input = node("input", {
        type: "text", inputmode: whole ? "numeric" : "decimal", name: id, autocomplete: "off", maxlength: 8,
        oninput: ({ target }) => this.report.reply(id, target.value.trim()),
      });
      return node("label", { class: "ask" }, node("span", {}, asks), input, node("i", {}, unit));
    }
    const pill = ({ id: value, label }) => node("label", {},
      node("input", { type: "radio", name: id, value, onchange: () => this.report.reply(id, value) }),
      node("span", {}, label));
    return node("fieldset", { class: "ask" }, node("legend", {}, asks), node("div", {}, ...options.map(pill)));
  }
}
