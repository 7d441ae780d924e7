/** The menus of a phone: what can be done with a message, what to send, which commands, and the phone itself. */

import { api } from "./api.js";
import { t } from "./words.js";

/** Words that were written meanwhile stand under these. */
const captioned = ["photo", "album", "voice", "document"];
/** These say what was written meanwhile, if it can be read so: "30.5, 114.3", "王强 13800138000". */
const valued = ["location", "contact"];
const attachments = ["photo", "album", "sticker", "voice", "location", "contact", "poll", "document"];

/** Telegram's language codes that the phones can be set to, by their own names. */
export const languages = [
  ["zh-hans", "中文"],
  ["en", "English"],
];

export function ofMessage(phone, message) {
  if (!message) return;
  const own = message.from === phone.id;
  const rows = [{ label: t("reply"), icon: "reply", testid: "reply", run: () => phone.composer.reply(message) }];
  if (own && message.kind === "text") {
    rows.push({
      label: t("editMessage"),
      hint: t("editHint"),
      icon: "pencil",
      testid: "edit",
      run: () => phone.composer.edit(message),
    });
  }
  if (!message.protected && message.text) {
    rows.push({
      label: t("copy"),
      icon: "copy",
      testid: "copy",
      run: () => navigator.clipboard?.writeText(message.text),
    });
  }
  phone.sheets.menu(t("messageActions"), rows, "message-sheet");
}

export function ofAttachments(phone) {
  const rows = attachments.map((kind) => ({
    label: t(`send_${kind}`),
    hint: valued.includes(kind) ? t(`hint_${kind}`) : undefined,
    icon: kind,
    testid: `attach-${kind}`,
    run: () => sends(phone, kind),
  }));
  rows.push(
    { label: t("ownPhoto"), icon: "photo", testid: "attach-own-photo", run: () => phone.choosePhoto() },
    { label: t("ownVoice"), hint: t("ownVoiceHint"), icon: "voice", testid: "attach-own-voice", run: () => phone.speak() },
  );
  phone.sheets.menu(t("attachTitle"), rows, "attach-sheet");
}

function sends(phone, kind) {
  if (captioned.includes(kind)) return phone.captioned(kind);
  return valued.includes(kind) ? phone.valued(kind) : phone.media(kind);
}

export async function ofCommands(phone) {
  const answer = await phone.attempt(() => api.commands(phone.id, phone.chatId));
  if (!answer) return;
  const list = answer.commands ?? [];
  const rows = list.map(({ command, description }) => ({
    label: `/${command}`,
    hint: description,
    testid: "command",
    data: { "data-command": command },
    run: () => phone.send(`/${command}`),
  }));
  if (!rows.length) return phone.sheets.toast(t("noCommands"));
  phone.sheets.menu(t("commands"), rows, "command-sheet");
}

export function ofPhone(phone) {
  const { blocked, language, name } = phone.person;
  const rows = [
    { label: t("commands"), icon: "slash", testid: "menu-commands", run: () => ofCommands(phone) },
    {
      label: t("openLink"),
      hint: t("openLinkHint"),
      icon: "link",
      testid: "menu-links",
      run: () => phone.page.showLinks(phone.id),
    },
    {
      label: t("phoneLanguage"),
      hint: t("phoneLanguageHint", { now: languageName(language) }),
      icon: "globe",
      testid: "menu-language",
      run: () => ofLanguage(phone),
    },
    blocked
      ? {
          label: t("unblock"),
          hint: t("unblockHint"),
          icon: "check",
          testid: "menu-unblock",
          run: () => phone.block(false),
        }
      : { label: t("block"), hint: t("blockHint"), icon: "stop", testid: "menu-block", run: () => phone.block(true) },
    {
      label: t("putAway"),
      hint: t("putAwayHint"),
      icon: "tray",
      testid: "menu-put-away",
      run: () => phone.page.putAway(phone.id),
    },
  ];
  phone.sheets.menu(t("phoneMenu", { name }), rows, "phone-menu");
}

function ofLanguage(phone) {
  const present = phone.person.language ?? "";
  const rows = languages.map(([code, label]) => ({
    label,
    chosen: sameLanguage(present, code),
    testid: "language",
    data: { "data-language": code },
    run: () => phone.attempt(() => api.language(phone.id, code)),
  }));
  phone.sheets.menu(t("phoneLanguage"), rows, "language-sheet");
}

const sameLanguage = (one, other) => one.slice(0, 2).toLowerCase() === other.slice(0, 2);

function languageName(code) {
  return languages.find(([known]) => sameLanguage(code ?? "", known))?.[1] ?? code ?? "";
}

/** A link that brings the bot into a group asks which one, as a phone does. */
export function ofGroupsFor(phone, link) {
  const groups = phone.store.chatsOf(phone.id).slice(1);
  if (!groups.length) return phone.sheets.toast(t("noGroups"));
  const rows = groups.map((group) => ({
    label: group.title,
    icon: "people",
    testid: "pick-group",
    data: { "data-chat-id": group.id },
    run: () => phone.openNow(link, group.id),
  }));
  phone.sheets.menu(t("pickGroup"), rows, "group-sheet");
}
