/** The control strip: what time the program believes it is, Telegram's limits, faults, people, groups, links. */

import { api } from "./api.js";
import { el, icon } from "./dom.js";
import { span, wholeMoment } from "./times.js";
import { t } from "./words.js";

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
    this.element = el("section", { class: "controls", id: "controls", "aria-label": t("controls"), "data-testid": "controls" }, this.clock(), this.weather(), this.community());
    setInterval(() => this.tick(), 1000);
  }

  clock() {
    this.now = el("output", { class: "now", "data-testid": "clock-now" });
    this.offset = el("span", { class: "offset" });
    this.moveButtons = moves.map(([seconds, key]) => this.moveButton(t(key), t(`${key}Heard`), { seconds }, `clock-${seconds}`));
    this.moveButtons.push(this.moveButton(t("toNext"), t("toNextHeard"), { to: "next" }, "clock-next"));
    this.clockHint = el("p", { class: "hint", id: "clock-hint" }, t("clockHint"));
    const head = el("h2", {}, icon("clock"), t("clockTitle"), this.now, this.offset);
    return el("div", { class: "control" }, head, el("div", { class: "control-row" }, ...this.moveButtons), this.clockHint);
  }

  moveButton(words, heard, move, testid) {
    const button = el("button", { type: "button", class: "soft", "aria-label": heard, title: heard, "aria-describedby": "clock-hint", "data-testid": testid }, words);
    button.addEventListener("click", () => this.move(move));
    return button;
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

  weather() {
    this.limits = el("button", { type: "button", class: "switch", role: "switch", "aria-describedby": "weather-hint", "data-testid": "limits", onClick: () => this.toggleLimits() }, el("span", { class: "knob", "aria-hidden": "true" }), t("limits"));
    this.faultCount = el("span", { class: "badge", hidden: true });
    this.faults = el("button", { type: "button", class: "soft", "data-testid": "faults-open", onClick: () => this.page.showFaults() }, icon("cloud"), t("faultsOpen"), this.faultCount);
    const head = el("h2", {}, icon("cloud"), t("weatherTitle"));
    return el("div", { class: "control" }, head, el("div", { class: "control-row" }, this.limits, this.faults), el("p", { class: "hint", id: "weather-hint" }, t("weatherHint")));
  }

  toggleLimits() {
    const on = !this.store.state.limits;
    this.page.attempt(() => api.limits(on), t(on ? "limitsOn" : "limitsOff"));
  }

  community() {
    const button = (shape, words, testid, run) => el("button", { type: "button", class: "soft", "data-testid": testid, onClick: run }, icon(shape), words);
    const links = button("link", t("linksOpen"), "links-open", () => this.page.showLinks());
    const groups = button("people", t("groupsOpen"), "groups-open", () => this.page.showGroups());
    const head = el("h2", {}, icon("people"), t("communityTitle"));
    return el("div", { class: "control" }, head, el("div", { class: "control-row" }, links, groups), el("p", { class: "hint" }, t("communityHint")));
  }

  sync() {
    const { clock, limits, faults } = this.store.state;
    this.moveButtons.forEach((button) => (button.disabled = !clock.can_move));
    this.clockHint.textContent = t(clock.can_move ? "clockHint" : "clockFixed");
    this.offset.textContent = clock.offset >= 60 ? t("clockAhead", { span: span(clock.offset) }) : "";
    this.limits.setAttribute("aria-checked", String(Boolean(limits)));
    this.faultCount.hidden = !faults.length;
    this.faultCount.textContent = String(faults.length);
    this.tick();
  }

  tick() {
    const words = wholeMoment(this.store.now());
    if (this.now.textContent !== words) this.now.textContent = words;
  }
}
