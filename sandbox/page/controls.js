/** The control strip: what time the program believes it is, Telegram's limits, faults, groups, links, the page's language. */

import { api } from "./api.js";
import { el, icon } from "./dom.js";
import { span, wholeMoment } from "./times.js";
import { language, t } from "./words.js";

const moves = [
  [300, "plus5m"],
  [900, "plus15m"],
  [3600, "plus1h"],
  [21600, "plus6h"],
];

export class Controls {
  constructor(page) {
    this.page = page;
    this.store = page.store;
    this.shared = el("p", { class: "shared-hint", "aria-hidden": "true" });
    const parts = [this.pageCard(), this.clock(), this.network(), this.shared, this.community()];
    this.element = el(
      "section",
      { class: "controls", id: "controls", "aria-label": t("controls"), testid: "controls" },
      ...parts,
    );
    for (const type of ["pointerover", "focusin"])
      this.element.addEventListener(type, (event) => this.explain(event.target));
    this.element.addEventListener("pointerleave", () => this.explain(null));
    this.ticking = setInterval(() => this.tick(), 1000);
  }

  /** The page was built anew: this strip's clock need not run on. */
  stop() {
    clearInterval(this.ticking);
  }

  card(name, title, shape, row, hint) {
    const head = el("h2", {}, icon(shape), title);
    return el("div", { class: `control ${name}` }, head, el("div", { class: "control-row" }, ...row), hint);
  }

  /** A button whose consequence is told in the line under the strip while it is pointed at or focused. */
  button(words, hint, testid, run, shape) {
    return el(
      "button",
      { type: "button", class: "soft", testid: testid, "data-hint": hint, "aria-description": hint, onClick: run },
      shape && icon(shape),
      words,
    );
  }

  pageCard() {
    const other = language() === "en" ? "zh-CN" : "en";
    const button = this.button(t("otherLanguage"), "", "page-language", () => this.page.speakIn(other), "globe");
    button.lang = other;
    return this.card("of-page", t("pageLanguage"), "globe", [button], null);
  }

  clock() {
    this.now = el("output", { class: "now", testid: "clock-now" });
    this.offset = el("span", { class: "offset" });
    this.moveButtons = moves.map(([seconds, key]) =>
      this.button(t(key), t(`${key}Hint`), `clock-${seconds}`, () => this.move({ seconds })),
    );
    this.moveButtons.push(this.button(t("toNext"), t("toNextHint"), "clock-next", () => this.move({ to: "next" })));
    this.clockHint = el("p", { class: "hint" });
    const card = this.card("of-clock", t("clockTitle"), "clock", this.moveButtons, this.clockHint);
    card.querySelector("h2").append(this.now, this.offset);
    return card;
  }

  async move(move) {
    try {
      const answer = await api.clock(move);
      if (answer.clock) this.store.apply({ type: "clock", clock: answer.clock });
      this.page.notice(t("clockMoved", { time: wholeMoment(this.store.now()) }));
    } catch (error) {
      console.warn(error.message);
      this.page.notice(move.to ? t("noNext") : t("clockRefused"));
    }
  }

  network() {
    const toggle = () => this.toggleLimits();
    this.limits = el("button", {
      type: "button",
      class: "switch",
      role: "switch",
      testid: "limits",
      "data-hint": t("limitsHint"),
      "aria-description": t("limitsHint"),
      onClick: toggle,
    });
    this.limits.append(el("span", { class: "knob", "aria-hidden": "true" }), t("limits"));
    this.faultCount = el("span", { class: "badge", hidden: true });
    const faults = this.button(t("faultsOpen"), t("faultsHint"), "faults-open", () => this.page.showFaults(), "cloud");
    faults.append(this.faultCount);
    return this.card(
      "of-network",
      t("networkTitle"),
      "cloud",
      [this.limits, faults],
      el("p", { class: "hint" }, t("networkHint")),
    );
  }

  toggleLimits() {
    const on = !this.store.state.limits;
    this.page.attempt(() => api.limits(on), t(on ? "limitsOn" : "limitsOff"));
  }

  community() {
    const links = this.button(t("linksOpen"), t("linksHint"), "links-open", () => this.page.showLinks(), "link");
    const groups = this.button(t("groupsOpen"), t("groupsHint"), "groups-open", () => this.page.showGroups(), "people");
    return this.card(
      "of-community",
      t("communityTitle"),
      "people",
      [links, groups],
      el("p", { class: "hint" }, t("communityHint")),
    );
  }

  explain(target) {
    const hint = target?.closest("[data-hint]")?.dataset.hint;
    this.shared.textContent = hint || `${this.clockHint.textContent} ${this.offset.textContent}`;
  }

  sync() {
    const { clock, limits, faults } = this.store.state;
    this.moveButtons.forEach((button) => (button.disabled = !clock.can_move));
    this.clockHint.textContent = t(clock.can_move ? "clockHint" : "clockFixed");
    this.offset.textContent = clock.offset >= 60 ? t("clockAhead", { span: span(clock.offset) }) : "";
    this.limits.setAttribute("aria-checked", String(Boolean(limits)));
    this.faultCount.hidden = !faults.length;
    this.faultCount.textContent = String(faults.length);
    this.explain(this.element.querySelector("[data-hint]:is(:hover, :focus)"));
    this.tick();
  }

  tick() {
    const words = wholeMoment(this.store.now());
    if (this.now.textContent === words) return;
    this.now.textContent = words;
    this.page.top.showTime(this.store.now());
  }
}
