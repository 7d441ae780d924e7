/** The row of people over the phones: whose phone, what is unread there, and the way to it. */

import { arrange, avatar, el, icon } from "./dom.js";
import { unreadBadge } from "./tabs.js";
import { t } from "./words.js";

export class PeopleBar {
  constructor(page) {
    this.page = page;
    this.list = el("div", { class: "people-list" });
    this.add = el(
      "button",
      { type: "button", class: "chip add", testid: "add-phone", onClick: () => page.showAdd() },
      icon("plus"),
      el("span", {}, t("addPhone")),
    );
    this.element = el("nav", { class: "people", "aria-label": t("people") }, this.list, this.add);
    this.element.addEventListener("keydown", (event) => this.walk(event));
  }

  sync() {
    const chips = this.page.inOrder().map((person) => this.chip(person));
    const focused = document.activeElement?.dataset?.chip;
    arrange(this.list, chips);
    if (focused) this.list.querySelector(`[data-chip="${focused}"]`)?.focus({ preventScroll: true });
  }

  chip(person) {
    const unread = this.page.phone(person.id)?.reading.unreadAnywhere() ?? 0;
    const active = this.page.active === person.id;
    const away = this.page.isAway(person.id);
    const key = JSON.stringify([person.name, unread, active, away]);
    const known = this.list.querySelector(`[data-chip="${person.id}"]`);
    if (known?.dataset.drawn === key) return known;
    return el(
      "button",
      {
        type: "button",
        class: `chip ${away ? "away" : ""}`,
        "aria-current": active ? "true" : null,
        "aria-controls": `phone-${person.id}`,
        title: away ? t("bringBack", { name: person.name }) : t("goTo", { name: person.name }),
        testid: "person-tab",
        "data-chip": person.id,
        "data-drawn": key,
        onClick: () => this.page.goTo(person.id),
      },
      avatar(person.name, person.id),
      el("span", { class: "chip-name", dir: "auto" }, person.name),
      unreadBadge(unread, "person-unread"),
    );
  }

  /** The chosen person's chip comes into view on a narrow screen. */
  reveal() {
    const chip = this.list.querySelector('[aria-current="true"]');
    chip?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const chips = [...this.element.querySelectorAll(".chip")];
    const here = chips.indexOf(document.activeElement);
    if (!step || here < 0) return;
    event.preventDefault();
    chips[(here + step + chips.length) % chips.length].focus();
  }
}
