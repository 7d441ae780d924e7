/** What slides over one phone: a menu, a question, an alert; and the short words that answer a tap. */

import { el, icon, languageOf } from "./dom.js";
import { t } from "./words.js";

const toastMilliseconds = 5000;

export class Sheets {
  constructor(phone) {
    this.phone = phone;
    this.toasts = el("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.layer = el("div", {
      class: "sheet-layer",
      hidden: true,
      onClick: (event) => event.target === this.layer && this.close(),
    });
    this.layer.addEventListener("keydown", (event) => this.key(event));
  }

  /** A list of things to do: rows are {label, hint?, icon?, chosen?, testid?, data?, run}. */
  menu(title, rows, testid) {
    this.show(
      el(
        "div",
        { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title, testid: testid },
        el("div", { class: "sheet-title" }, el("h3", {}, title), this.closeButton()),
        el("ul", { class: "sheet-rows" }, ...rows.map((row) => el("li", {}, this.row(row)))),
      ),
    );
  }

  row(row) {
    const run = () => {
      this.close();
      row.run();
    };
    return el(
      "button",
      {
        type: "button",
        class: "sheet-row",
        testid: row.testid,
        "aria-pressed": row.chosen === undefined ? null : String(row.chosen),
        ...row.data,
        onClick: run,
      },
      row.icon && icon(row.icon),
      el(
        "span",
        { class: "sheet-words" },
        el("span", { lang: languageOf(row.label) }, row.label),
        row.hint && el("small", {}, row.hint),
      ),
      row.chosen && icon("check"),
    );
  }

  closeButton() {
    return el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": t("close"),
        title: t("close"),
        onClick: () => this.close(),
      },
      icon("close"),
    );
  }

  /** Words that must be read before going on. */
  alert(text) {
    this.show(
      el(
        "div",
        { class: "sheet alert", role: "alertdialog", "aria-modal": "true", "aria-label": text, testid: "alert" },
        el("p", { lang: languageOf(text), dir: "auto" }, text),
        el(
          "button",
          { type: "button", class: "primary", testid: "alert-close", onClick: () => this.close() },
          t("understood"),
        ),
      ),
    );
  }

  /** Words that go away by themselves. */
  toast(text) {
    const words = el("p", { class: "toast", testid: "toast", lang: languageOf(text), dir: "auto" }, text);
    this.toasts.append(words);
    while (this.toasts.children.length > 2) this.toasts.firstElementChild.remove();
    setTimeout(() => words.remove(), toastMilliseconds);
  }

  show(sheet) {
    if (this.layer.hidden) this.before = document.activeElement;
    this.layer.replaceChildren(sheet);
    this.layer.hidden = false;
    (sheet.querySelector('[aria-pressed="true"], .sheet-row, .primary') ?? sheet.querySelector("button")).focus({
      preventScroll: true,
    });
  }

  close() {
    if (this.layer.hidden) return;
    const inside = this.layer.contains(document.activeElement);
    this.layer.hidden = true;
    this.layer.replaceChildren();
    if (inside) this.phone.focusBack(this.before);
  }

  key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    }
    const buttons = [...this.layer.querySelectorAll("button")];
    const step = steps[event.shiftKey && event.key === "Tab" ? "ArrowUp" : event.key];
    if (!step || !buttons.length) return;
    event.preventDefault();
    const here = buttons.indexOf(document.activeElement);
    buttons[(here + step + buttons.length) % buttons.length].focus();
  }
}

const steps = { Tab: 1, ArrowDown: 1, ArrowUp: -1 };
