/** The chats of one phone as tabs: the bot and the groups, with what is unread; arrow keys go along them. */

import { arrange, el } from "./dom.js";
import { t } from "./words.js";

export class ChatTabs {
  constructor(phone) {
    this.phone = phone;
    this.element = el("div", { class: "chat-tabs", role: "tablist", "aria-label": t("chats") });
    this.element.addEventListener("keydown", (event) => this.walk(event));
  }

  /** Show these chats; a single one needs no tabs. */
  sync(chats) {
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset.chatId : null;
    arrange(
      this.element,
      chats.map((chat) => this.present(chat)),
    );
    this.element.hidden = chats.length < 2;
    if (focused) this.of(focused)?.focus();
  }

  of(chatId) {
    return this.element.querySelector(`[data-chat-id="${chatId}"]`);
  }

  present(chat) {
    const unread = this.phone.reading.unread(chat.id);
    const chosen = chat.id === this.phone.chatId;
    const key = JSON.stringify([chat.title, unread, chosen]);
    const known = this.of(chat.id);
    return known?.dataset.drawn === key ? known : this.tab(chat, unread, chosen, key);
  }

  tab(chat, unread, chosen, key) {
    const attributes = {
      type: "button",
      role: "tab",
      class: "chat-tab",
      "aria-selected": String(chosen),
      tabindex: chosen ? "0" : "-1",
      testid: "chat-tab",
      "data-chat-id": chat.id,
      "data-drawn": key,
      onClick: () => this.phone.choose(chat.id),
    };
    return el(
      "button",
      attributes,
      el("span", { dir: "auto", class: "tab-name" }, chat.title),
      unreadBadge(unread, "unread"),
    );
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = [...this.element.children];
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    this.phone.choose(Number(next.dataset.chatId));
  }
}

/** The red number of what has not been read; nothing for none. */
export function unreadBadge(number, testid) {
  if (!number) return null;
  return el(
    "span",
    { class: "badge", testid: testid },
    String(number),
    el("span", { class: "heard" }, t("unreadHeard")),
  );
}
