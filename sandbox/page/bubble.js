/** One message as a bubble: who, what, when, and the buttons under it. */

import { el, icon, languageOf } from "./dom.js";
import { textNodes } from "./text.js";
import { hourAndMinute } from "./times.js";
import { t } from "./words.js";

const pictures = new Set(["sticker", "voice", "poll", "location", "contact", "document", "album", "video", "photo"]);

const events = new Set(["created", "joined", "left", "removed", "upgraded", "pinned", "renamed"]);

/** What happened in a group, in the page's own words: `service` is {what, by, names}. */
function serviceWords(message) {
  const { what, by, names } = message.service ?? {};
  if (!events.has(what)) return message.text || t("kind_other");
  return t(`service_${what}`, { by: by || message.name || t("someone"), names: (names ?? []).join(t("listComma")) });
}

/** What is read of a message: what a link put behind "/start" is for the bot alone, as in Telegram. */
function wordsOf(message) {
  const words = message.text || message.caption || "";
  return words.replace(/^(\/start(?:@\w+)?) \S+$/, "$1");
}

/** What stands for a message where there is room for one line only. */
export function summary(message) {
  const words = message.kind === "service" ? serviceWords(message) : wordsOf(message);
  if (words) return words.replace(/\s+/g, " ").slice(0, 90);
  return pictures.has(message.kind) ? t(`kind_${message.kind}`) : t("kind_other");
}

/** The name over a message as this phone's owner sees it. */
export function authorName(message, view) {
  if (message.from === view.person.id) return t("you");
  return message.name || (message.from === null ? view.botName : t("someone"));
}

/**
 * The element for `message` on the phone of `view.person`.
 * `act` holds what a person can do: open, command, press(message, row, column), menu(message), jump(messageId).
 */
export function bubble(message, view, act) {
  if (message.kind === "service") return serviceLine(message, view);
  const own = message.from === view.person.id;
  return el(
    "article",
    {
      ...marks(message),
      class: `message ${own ? "own" : "theirs"} ${message.kind}`,
      "aria-label": heading(message, view),
    },
    el(
      "div",
      { class: "line" },
      el(
        "div",
        { class: "bubble" },
        message.topic && el("p", { class: "topic", dir: "auto", testid: "topic" }, `# ${message.topic}`),
        view.inGroup && !own && author(message, view),
        quote(message, view, act),
        content(message, act),
        footer(message),
      ),
      actions(message, act),
    ),
    keyboard(message, act),
  );
}

function marks(message) {
  return {
    testid: "message",
    "data-message-id": message.id,
    "data-chat-id": message.chat_id,
    "data-from": message.from === null ? "bot" : message.from,
    "data-kind": message.kind,
    tabindex: "-1",
  };
}

const heading = (message, view) =>
  t("messageHeading", { name: authorName(message, view), time: hourAndMinute(message.date) });

function serviceLine(message, view) {
  const words = serviceWords(message);
  return el(
    "article",
    { ...marks(message), class: "message service", "aria-label": heading(message, view) },
    el("p", { lang: languageOf(words) }, words),
  );
}

function author(message, view) {
  return el(
    "p",
    { class: `author hue-text-${Math.abs(message.from ?? 0) % 7}`, dir: "auto" },
    authorName(message, view),
  );
}

function quote(message, view, act) {
  const target = message.reply_to ? view.find(message.reply_to) : null;
  if (!target) return null;
  const words = summary(target);
  return el(
    "button",
    {
      type: "button",
      class: "quote",
      testid: "quote",
      "aria-label": t("quoteLabel", { text: words }),
      onClick: () => act.jump(target.id),
    },
    el("strong", { dir: "auto" }, authorName(target, view)),
    el("span", { dir: "auto", lang: languageOf(words) }, words),
  );
}

function content(message, act) {
  const words = wordsOf(message);
  const parts = [];
  if (message.kind && message.kind !== "text") parts.push(media(message));
  if (words)
    parts.push(
      el("div", { class: "text", dir: "auto", lang: languageOf(words) }, ...textNodes(words, message.entities, act)),
    );
  return parts;
}

function media(message) {
  const label = t(pictures.has(message.kind) ? `kind_${message.kind}` : "kind_other");
  if (message.kind === "photo" && message.media)
    return el("img", { class: "photo", src: message.media, alt: label, loading: "lazy" });
  if (message.kind === "voice" && message.media)
    return el("audio", { class: "voice-note", src: message.media, controls: true, preload: "none", "aria-label": label, testid: "voice" });
  const tile = [
    icon(pictures.has(message.kind) ? message.kind : "document"),
    el("span", {}, message.file_name || label),
  ];
  if (!message.media) return el("div", { class: "media" }, ...tile);
  return el("a", { class: "media", href: message.media, target: "_blank", rel: "noopener", testid: "media" }, ...tile);
}

function footer(message) {
  return el(
    "p",
    { class: "foot" },
    message.protected &&
      el("span", { class: "protected", title: t("protectedHint"), testid: "protected" }, icon("lock"), t("protected")),
    message.edited && el("span", { testid: "edited" }, t("edited")),
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, hourAndMinute(message.date)),
  );
}

function actions(message, act) {
  return el(
    "button",
    {
      type: "button",
      class: "message-menu",
      tabindex: "-1",
      "aria-label": t("messageActions"),
      title: t("messageActions"),
      testid: "message-menu",
      onClick: () => act.menu(message),
    },
    icon("more"),
  );
}

function keyboard(message, act) {
  if (!message.buttons?.length) return null;
  const rows = message.buttons.map((buttons, row) =>
    el(
      "div",
      { class: "button-row" },
      ...buttons.map((button, column) => inlineButton(message, button, row, column, act)),
    ),
  );
  return el("div", { class: "inline-keyboard", role: "group", "aria-label": t("buttonsUnder") }, ...rows);
}

function inlineButton(message, button, row, column, act) {
  const element = el(
    "button",
    {
      type: "button",
      class: "inline-button",
      dir: "auto",
      lang: languageOf(button.text),
      testid: "inline-button",
      "data-row": row,
      "data-column": column,
    },
    button.text,
    button.url && icon("out"),
  );
  element.addEventListener("click", async () => {
    element.setAttribute("aria-busy", "true");
    await (button.url ? act.open(button.url) : act.press(message, row, column));
    element.removeAttribute("aria-busy");
  });
  return element;
}
