/** The messages of one chat on one phone, newest at the bottom, kept in step without losing place or focus. */

import { bubble } from "./bubble.js";
import { arrange, el, icon } from "./dom.js";
import { dayKey, dayName } from "./times.js";
import { t } from "./words.js";

const shownAtFirst = 120;
const nearBottomPixels = 90;

export class Log {
  constructor(act) {
    this.act = act;
    this.drawn = new Map();
    this.days = new Map();
    this.shown = shownAtFirst;
    this.list = el("div", { class: "log-list" });
    this.scroller = el(
      "div",
      { class: "log", role: "log", "aria-live": "off", tabindex: "0", testid: "log" },
      this.list,
    );
    this.newer = el(
      "button",
      { type: "button", class: "newer", hidden: true, testid: "newest", onClick: () => this.toBottom() },
      icon("down"),
      t("newest"),
    );
    this.element = el("div", { class: "log-frame" }, this.scroller, this.newer);
    this.scroller.addEventListener("keydown", (event) => this.walk(event));
    this.scroller.addEventListener("scroll", () => this.scrolled());
    this.following = true;
    this.top = 0;
    const keepUp = new ResizeObserver(() => this.following && this.toBottom());
    keepUp.observe(this.scroller);
    keepUp.observe(this.list);
  }

  /** Start anew for another chat. */
  clear() {
    this.drawn.clear();
    this.shown = shownAtFirst;
    this.last = null;
    this.following = true;
    arrange(this.list, []);
  }

  /** Show these messages; `view` says whose phone this is and how to find a quoted message. */
  sync(messages, view, now) {
    this.scroller.setAttribute("aria-label", view.label);
    const part = messages.slice(-this.shown);
    const nodes = messages.length > part.length ? [this.earlier(messages, view, now)] : [];
    let day = null;
    for (const message of part) {
      const key = dayKey(message.date);
      if (key !== day) nodes.push(this.dayLine(key, message.date, now));
      day = key;
      nodes.push(this.draw(message, view));
    }
    if (!part.length) nodes.push(this.emptyLine(view));
    const focused = this.focusedButton();
    arrange(this.list, nodes);
    this.forget(part);
    this.restoreFocus(focused);
    this.settle(messages.at(-1), view);
  }

  draw(message, view) {
    const known = this.drawn.get(message.id);
    if (known && known.message === message) return known.node;
    const node = bubble(message, view, this.act);
    if (known) node.classList.add("changed");
    else if (this.last !== null && this.last !== undefined) node.classList.add("fresh");
    this.drawn.set(message.id, { message, node });
    return node;
  }

  dayLine(key, date, now) {
    const name = dayName(date, now);
    const known = this.days.get(key);
    if (known?.name === name) return known.node;
    const node = el("p", { class: "day" }, el("span", {}, name));
    this.days.set(key, { name, node });
    return node;
  }

  emptyLine(view) {
    return el("div", { class: "empty-chat" }, icon("house"), el("p", {}, view.emptyWords));
  }

  earlier(messages, view, now) {
    const more = () => {
      this.shown += shownAtFirst;
      this.sync(messages, view, now);
    };
    return el("button", { type: "button", class: "earlier", onClick: more }, t("earlier"));
  }

  forget(part) {
    const present = new Set(part.map((message) => message.id));
    for (const id of this.drawn.keys()) if (!present.has(id)) this.drawn.delete(id);
  }

  settle(newest, view) {
    const isNew = newest && newest.id !== this.last;
    const first = this.last === null || this.last === undefined;
    this.last = newest?.id ?? 0;
    if (this.following || first || (isNew && newest.from === view.person.id)) this.toBottom();
    else if (isNew) this.newer.hidden = false;
  }

  /** Somebody who reads further up is not pulled down by what arrives. */
  scrolled() {
    const { scrollTop } = this.scroller;
    if (this.atBottom()) this.following = true;
    else if (scrollTop < this.top) this.following = false;
    if (this.following) this.newer.hidden = true;
    this.top = scrollTop;
  }

  atBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < nearBottomPixels;
  }

  toBottom() {
    this.newer.hidden = true;
    this.following = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** Bring a message into view and into focus: for quotes. */
  jump(messageId) {
    const node = this.drawn.get(messageId)?.node;
    node?.scrollIntoView({ block: "center" });
    node?.focus({ preventScroll: true });
  }

  focusedButton() {
    const focused = document.activeElement;
    const message = this.list.contains(focused) ? focused.closest("[data-message-id]") : null;
    return (
      message && {
        focused,
        id: Number(message.dataset.messageId),
        row: focused.dataset.row,
        column: focused.dataset.column,
      }
    );
  }

  /** A message drawn again must not throw a keyboard's user back to the top of the page. */
  restoreFocus(before) {
    if (!before || this.list.contains(before.focused)) return;
    const node = this.drawn.get(before.id)?.node;
    const button = node?.querySelector(`[data-row="${before.row}"][data-column="${before.column}"]`);
    (button ?? node ?? this.scroller).focus({ preventScroll: true });
  }

  /** Arrow keys go from message to message; Enter on one shows what can be done with it. */
  walk(event) {
    const here = event.target.closest("[data-message-id]");
    if (event.key === "Enter" && event.target === here) {
      event.preventDefault();
      return this.act.menuOf(Number(here.dataset.messageId));
    }
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const all = [...this.list.querySelectorAll("[data-message-id]")];
    const step = event.key === "ArrowUp" ? -1 : 1;
    const next = here ? all[all.indexOf(here) + step] : all.at(-1);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
