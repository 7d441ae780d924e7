/** The foot of a phone: writing, answering, changing, the big keys of a reply keyboard, and the START of a new chat. */

import { authorName, summary } from "./bubble.js";
import { el, iconButton, icon, languageOf } from "./dom.js";
import { t } from "./words.js";

const tallestInputPixels = 132;

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.mode = null;
    this.keysHidden = false;
    this.makeInput();
    this.strip = el("div", { class: "reply-strip", hidden: true });
    this.keys = el("div", {
      class: "reply-keys",
      role: "group",
      "aria-label": t("replyKeys"),
      testid: "reply-keyboard",
    });
    this.keysToggle = iconButton("keys", t("keysToggle"), { testid: "keys-toggle", onClick: () => this.toggleKeys() });
    const attributes = { class: "topics", hidden: true, "aria-label": t("topicChoice"), testid: "topic-choice" };
    this.topics = el("select", attributes);
    this.row = this.inputRow();
    this.start = this.bigButton("start", t("start"), () => phone.send("/start"));
    this.unblock = this.bigButton("unblock", t("unblockBig"), () => phone.block(false));
    this.element = el("div", { class: "composer" }, this.strip, this.topics, this.row, this.keys, this.start, this.unblock);
  }

  makeInput() {
    const { person } = this.phone;
    this.input = el("textarea", {
      class: "input",
      rows: "1",
      dir: "auto",
      testid: "input",
      placeholder: t("inputHint"),
      "aria-label": t("inputLabel", { name: person.name }),
      enterkeyhint: "send",
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => this.grow());
  }

  inputRow() {
    const attach = iconButton("clip", t("attach"), { testid: "attach", onClick: () => this.phone.attachMenu() });
    const commands = iconButton("slash", t("commands"), {
      testid: "commands",
      onClick: () => this.phone.commandMenu(),
    });
    const send = iconButton("send", t("send"), {
      testid: "send",
      class: "icon-button send",
      onClick: () => this.submit(),
    });
    return el("div", { class: "input-row" }, commands, attach, this.input, this.keysToggle, send);
  }

  bigButton(testid, label, run) {
    return el("button", { type: "button", class: "primary big", testid: testid, hidden: true, onClick: run }, label);
  }

  /** `here` = {blocked, started, rows, force, view}: what this chat allows and offers now. */
  sync(here) {
    this.view = here.view;
    this.unblock.hidden = !here.blocked;
    this.start.hidden = here.blocked || here.started;
    this.row.hidden = here.blocked || !here.started;
    this.drawTopics(this.row.hidden ? [] : here.topics);
    this.drawKeys(this.row.hidden ? [] : here.rows);
    this.forceReply(here.force);
    this.drawStrip();
  }

  /** In a group with topics: in which of them is it said? */
  drawTopics(topics) {
    const key = JSON.stringify(topics);
    this.topics.hidden = !topics.length;
    if (key === this.drawnTopics) return;
    this.drawnTopics = key;
    const chosen = this.topics.value;
    const options = [{ id: "", name: t("topicGeneral") }, ...topics];
    this.topics.replaceChildren(...options.map(({ id, name }) => el("option", { value: id }, `# ${name}`)));
    if (topics.some(({ id }) => String(id) === chosen)) this.topics.value = chosen;
  }

  /** The number of the chosen topic; null: General, or no topics at all. */
  topic() {
    return this.topics.hidden || !this.topics.value ? null : Number(this.topics.value);
  }

  drawKeys(rows) {
    const key = JSON.stringify(rows);
    this.keysToggle.hidden = !rows.length;
    this.keys.hidden = !rows.length || this.keysHidden;
    if (key === this.drawnKeys) return;
    this.drawnKeys = key;
    this.keysHidden = false;
    this.keys.hidden = !rows.length;
    this.keys.replaceChildren(...rows.map((row, place) => this.keyRow(row, place)));
  }

  keyRow(row, place) {
    const keys = row.map((entry, column) => {
      const { text, request } = typeof entry === "string" ? { text: entry } : entry;
      const run = () => (request ? this.phone.media(request) : this.phone.send(text));
      return el(
        "button",
        {
          type: "button",
          class: "reply-key",
          dir: "auto",
          lang: languageOf(text),
          testid: "reply-key",
          "data-row": place,
          "data-column": column,
          onClick: run,
        },
        text,
      );
    });
    return el("div", { class: "key-row" }, ...keys);
  }

  toggleKeys() {
    this.keysHidden = !this.keysHidden;
    this.keys.hidden = this.keysHidden;
    this.keysToggle.setAttribute("aria-expanded", String(!this.keysHidden));
  }

  /** A message that asks for a reply puts the phone into answering it, once. */
  forceReply(message) {
    if (!message || this.forced === message.id) return;
    this.forced = message.id;
    this.reply(message, message.force_reply?.placeholder, this.phone.isInUse());
  }

  reply(message, placeholder, takeFocus = true) {
    this.setMode({ kind: "reply", message }, placeholder, takeFocus);
  }

  edit(message) {
    this.setMode({ kind: "edit", message });
    this.input.value = message.text || message.caption || "";
    this.grow();
  }

  setMode(mode, placeholder, takeFocus = true) {
    this.mode = mode;
    this.input.placeholder = placeholder || t("inputHint");
    this.drawStrip();
    if (takeFocus) this.input.focus({ preventScroll: true });
  }

  leaveMode() {
    if (this.mode?.kind === "edit") this.input.value = "";
    this.setMode(null, null, this.element.contains(document.activeElement));
    this.grow();
  }

  drawStrip() {
    this.strip.hidden = !this.mode || this.row.hidden;
    if (this.strip.hidden) return;
    const { kind, message } = this.mode;
    const title = kind === "edit" ? t("editing") : t("replyingTo", { name: authorName(message, this.view) });
    const words = el(
      "p",
      {},
      el("strong", {}, title),
      el("span", { dir: "auto", lang: languageOf(summary(message)) }, summary(message)),
    );
    const cancel = iconButton("close", t("cancel"), { testid: "cancel-reply", onClick: () => this.leaveMode() });
    this.strip.replaceChildren(icon(kind === "edit" ? "pencil" : "reply"), words, cancel);
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.mode) this.leaveMode();
    else if (event.key === "ArrowUp" && !this.input.value) this.phone.editLast(event);
  }

  async submit() {
    const text = this.input.value;
    if (!text.trim()) return this.input.focus();
    const { mode } = this;
    this.input.value = "";
    this.mode = null;
    this.setMode(null, null, true);
    this.grow();
    const done =
      mode?.kind === "edit" ? await this.phone.edit(mode.message, text) : await this.phone.send(text, mode?.message.id);
    if (!done && !this.input.value) this.input.value = text;
    this.grow();
  }

  /** Text that was begun and not sent stays with its chat. */
  swapDraft(draft) {
    const before = this.input.value;
    this.input.value = draft ?? "";
    this.mode = null;
    this.input.placeholder = t("inputHint");
    this.grow();
    return before;
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight + 2, tallestInputPixels)}px`;
  }
}
