/** A window over the page (a real <dialog>): Escape closes it and focus goes back to where it was. */

import { el, iconButton } from "./dom.js";
import { t } from "./words.js";

export class Panel {
  /** `name` is its test id; `draw(panel)` gives the nodes and is called again whenever the world changes. */
  constructor(name, draw) {
    this.name = name;
    this.draw = draw;
    this.dialog = el("dialog", { class: "panel", testid: name, "aria-labelledby": `${name}-title` });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  open(title) {
    this.body = el("div", { class: "panel-body" });
    this.status = el("p", { class: "panel-status", role: "status" });
    const close = iconButton("close", t("close"), { testid: `${this.name}-close`, onClick: () => this.dialog.close() });
    const head = el("header", { class: "panel-head" }, el("h2", { id: `${this.name}-title` }, title), close);
    this.dialog.replaceChildren(el("div", { class: "panel-frame" }, head, this.status, this.body));
    this.body.replaceChildren(...this.draw(this));
    this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }

  /** Draw again what depends on the world, unless somebody is writing in it. */
  refresh() {
    if (!this.dialog.open) return;
    this.body.querySelectorAll("[data-live]").forEach((part) => part.dispatchEvent(new CustomEvent("refresh")));
  }

  say(words) {
    this.status.textContent = words;
  }
}

/** A part of a panel that draws itself again when the world changes; focus survives by `data-focus`. */
export function live(draw, attributes = {}) {
  const part = el("div", { "data-live": true, ...attributes });
  const redraw = () => {
    const focused = part.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    part.replaceChildren(...draw());
    if (focused) (part.querySelector(`[data-focus="${focused}"]`) ?? part.querySelector("button, select"))?.focus();
  };
  part.addEventListener("refresh", redraw);
  part.replaceChildren(...draw());
  return part;
}

/** A labelled field: the label stands over its control, a hint under it. */
export function field(label, control, hint) {
  return el("label", { class: "field" }, el("span", {}, label), control, hint && el("small", {}, hint));
}

/** A choice from a list of [value, words]. */
export function choice(pairs, value, attributes = {}) {
  const select = el("select", attributes, ...pairs.map(([key, words]) => el("option", { value: key }, words)));
  if (value !== null && value !== undefined) select.value = String(value);
  return select;
}
