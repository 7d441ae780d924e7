/** One person's telephone: who it belongs to, their chats, and everything they can do in them. */

import { api } from "./api.js";
import { summary } from "./bubble.js";
import { Composer } from "./composer.js";
import { avatar, el, iconButton } from "./dom.js";
import { inBase64, pickPhoto, record } from "./capture.js";
import { Log } from "./log.js";
import * as menus from "./menus.js";
import { Reading } from "./reading.js";
import { Sheets } from "./sheet.js";
import { ChatTabs } from "./tabs.js";
import { staysHere } from "./text.js";
import { valuesIn } from "./values.js";
import { t } from "./words.js";

const sameToastMilliseconds = 3000;

export class Phone {
  constructor(page, personId) {
    this.page = page;
    this.store = page.store;
    this.id = personId;
    this.chatId = personId;
    this.drafts = new Map();
    this.reading = new Reading(page.store, personId);
    this.sheets = new Sheets(this);
    this.log = new Log(this.acts());
    this.composer = new Composer(this);
    this.build();
  }

  get person() {
    return this.store.person(this.id);
  }

  build() {
    this.head = el("header", { class: "phone-head" });
    this.tabs = new ChatTabs(this);
    this.log.element.append(this.sheets.toasts);
    this.element = el(
      "section",
      {
        class: "phone",
        id: `phone-${this.id}`,
        testid: "phone",
        "data-person": this.id,
        "aria-label": t("phoneOf", { name: this.person.name }),
      },
      this.head,
      this.tabs.element,
      this.log.element,
      this.composer.element,
      this.sheets.layer,
    );
    this.element.addEventListener("focusin", () => this.page.use(this.id));
  }

  acts() {
    return {
      open: (link) => this.open(link),
      command: (text) => this.send(text),
      press: (message, row, column) => this.press(message, row, column),
      menu: (message) => menus.ofMessage(this, message),
      menuOf: (id) => menus.ofMessage(this, this.store.message(this.chatId, id)),
      jump: (id) => this.log.jump(id),
    };
  }

  /** Go on where the same phone in the other language was. */
  resume(before) {
    Object.assign(this, { chatId: before.chatId, reading: before.reading, drafts: before.drafts });
    this.composer.input.value = before.composer.input.value;
  }

  sync() {
    const chats = this.store.chatsOf(this.id);
    if (!chats.some((chat) => chat.id === this.chatId)) this.choose(this.id);
    if (this.isOnScreen()) this.reading.mark(this.chatId);
    this.drawHead();
    this.tabs.sync(chats);
    const messages = this.store.messages(this.chatId, this.id);
    const view = this.view();
    this.log.sync(messages, view, this.store.now());
    this.composer.sync({ view, ...this.offers(messages) });
  }

  view() {
    const chat = this.store.chat(this.chatId);
    const inGroup = this.chatId !== this.id;
    const title = inGroup ? chat.title : this.store.state.bot.name;
    return {
      person: this.person,
      inGroup,
      botName: this.store.state.bot.name,
      label: t("talkOf", { name: this.person.name, other: title }),
      emptyWords: inGroup ? t("emptyGroup") : t("emptyChat", { bot: this.store.state.bot.name }),
      find: (messageId) => this.store.message(this.chatId, messageId),
    };
  }

  offers(messages) {
    const inGroup = this.chatId !== this.id;
    const asked = messages.findLast((message) => message.from === null && message.force_reply);
    const answered = asked && messages.some((message) => message.id > asked.id && message.from === this.id);
    return {
      blocked: !inGroup && Boolean(this.person.blocked),
      started: inGroup || messages.length > 0,
      rows: this.store.keyboard(this.chatId, this.id),
      force: answered ? null : asked,
      topics: (inGroup && this.store.chat(this.chatId).topics) || [],
    };
  }

  drawHead() {
    const { name, note, blocked, language } = this.person;
    const key = JSON.stringify([name, note, blocked, language]);
    if (key === this.drawnHead) return;
    this.drawnHead = key;
    const marks = [
      note && el("span", { class: "note" }, note),
      blocked && el("span", { class: "note warning" }, t("blockedNote")),
    ];
    this.menuButton = iconButton("more", t("phoneMenu", { name }), {
      testid: "menu",
      onClick: () => menus.ofPhone(this),
    });
    this.head.replaceChildren(
      avatar(name, this.id),
      el("h2", { dir: "auto" }, name),
      ...marks.filter(Boolean),
      this.menuButton,
    );
  }

  choose(chatId) {
    if (chatId !== this.chatId) {
      this.drafts.set(this.chatId, this.composer.swapDraft(this.drafts.get(chatId)));
      this.chatId = chatId;
      this.log.clear();
    }
    this.reading.mark(chatId);
    this.store.changed();
  }

  isOnScreen() {
    return this.onScreen && !document.hidden;
  }

  isInUse() {
    return this.element.contains(document.activeElement);
  }

  focusBack(element) {
    const target = element?.isConnected && element !== document.body ? element : this.composer.input;
    (target.offsetParent ? target : this.menuButton).focus({ preventScroll: true });
  }

  /** Do it; if the server refuses, say so kindly on this phone. True when it was done. */
  async attempt(work) {
    try {
      return (await work()) ?? true;
    } catch (error) {
      console.warn(error.message);
      this.sheets.toast(t("notSent"));
      return false;
    }
  }

  send(text, replyTo) {
    this.log.following = true;
    return this.attempt(() => api.send(this.id, this.chatId, text, replyTo, this.composer.topic()));
  }

  edit(message, text) {
    return this.attempt(() => api.edit(this.id, message.chat_id, message.id, text));
  }

  media(kind) {
    return this.attempt(() => api.media(this.id, this.chatId, kind));
  }

  /** A photo or voice note: what was written meanwhile stands under it. `content` null: the sample. */
  async captioned(kind, content = null) {
    const caption = this.composer.input.value;
    this.composer.swapDraft("");
    const done = await this.attempt(() => api.media(this.id, this.chatId, kind, { caption, content }));
    if (!done && !this.composer.input.value) this.composer.swapDraft(caption);
    return done;
  }

  /** A place or a card of an address book with the values that were written meanwhile; without any, the sample. */
  async valued(kind) {
    const values = valuesIn(kind, this.composer.input.value);
    if (!values) return this.media(kind);
    const written = this.composer.swapDraft("");
    const done = await this.attempt(() => api.media(this.id, this.chatId, kind, values));
    if (!done && !this.composer.input.value) this.composer.swapDraft(written);
    return done;
  }

  /** Choose a picture of this computer and send it. */
  async choosePhoto() {
    const chosen = await pickPhoto();
    if (chosen) await this.captioned("photo", await inBase64(chosen));
  }

  /** Speak until it is stopped; what was spoken is sent. */
  async speak() {
    const recording = await this.attempt(() => record());
    if (!recording) return;
    this.sheets.menu(
      t("recording"),
      [
        {
          label: t("stopAndSend"),
          icon: "send",
          testid: "stop-recording",
          run: async () => this.captioned("voice", await inBase64(await recording.stop())),
        },
        { label: t("cancel"), icon: "close", testid: "drop-recording", run: () => recording.stop() },
      ],
      "recording-sheet",
    );
  }

  block(blocked) {
    return this.attempt(() => api.block(this.id, blocked));
  }

  async press(message, row, column) {
    const answer = await this.attempt(() => api.press(this.id, message.chat_id, message.id, row, column));
    if (answer?.toast) this.hear(answer.toast);
  }

  /** A link of this Telegram is opened on this phone; any other in a new tab, as a phone would. */
  open(link) {
    if (!staysHere(link)) return window.open(link, "_blank", "noopener,noreferrer");
    if (/[?&]startgroup(?:=|&|$)/.test(link)) return menus.ofGroupsFor(this, link);
    return this.openNow(link, null);
  }

  openNow(link, groupId) {
    return this.attempt(async () => {
      const answer = await api.open(this.id, link, groupId);
      this.choose(answer.chat_id ?? groupId ?? this.id);
    });
  }

  /** The answer to a tap comes twice, with the tap's own answer and with the events: it is shown once. */
  hear(toast) {
    const key = `${toast.text}|${toast.url}`;
    const now = performance.now();
    if (this.heard?.key === key && now - this.heard.at < sameToastMilliseconds) return;
    this.heard = { key, at: now };
    if (toast.url) this.open(toast.url);
    if (!toast.text) return;
    if (toast.alert) this.sheets.alert(toast.text);
    else this.sheets.toast(toast.text);
  }

  editLast(event) {
    const own = this.store
      .messages(this.chatId, this.id)
      .findLast((message) => message.from === this.id && message.kind === "text");
    if (!own) return;
    event.preventDefault();
    this.composer.edit(own);
  }

  attachMenu() {
    menus.ofAttachments(this);
  }

  commandMenu() {
    menus.ofCommands(this);
  }

  /** One line about a message, for a screen reader that is elsewhere on the page. */
  spoken(message) {
    return t("spoken", { phone: this.person.name, name: message.name || t("someone"), text: summary(message) });
  }
}
