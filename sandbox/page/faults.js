/** Bad weather on purpose: what goes wrong, with which request, for whom and how often. */

import { api } from "./api.js";
import { el, icon } from "./dom.js";
import { choice, field, live, Panel } from "./panel.js";
import { t } from "./words.js";

const kinds = ["429", "500", "502", "timeout", "drop_after", "duplicate_update"];
const methods = [
  "sendMessage",
  "editMessageText",
  "answerCallbackQuery",
  "getUpdates",
  "deleteMessage",
  "setMyCommands",
];

export function faultsPanel(page) {
  const panel = new Panel("faults", () => [form(page, panel), list(page, panel)]);
  return panel;
}

function form(page, panel) {
  const hint = el("p", { class: "hint", id: "fault-hint" });
  const kind = choice(
    kinds.map((key) => [key, t(`fault_${key}`)]),
    "429",
    { testid: "fault-kind", "aria-describedby": "fault-hint" },
  );
  const method = choice([["", t("anyMethod")], ...methods.map((key) => [key, t(`method_${key}`)])], "", {
    testid: "fault-method",
  });
  const chat = choice([["", t("anyChat")], ...chats(page)], "", { testid: "fault-chat" });
  const times = number(1, 1000, 1, "fault-times");
  const wait = number(1, 600, 3, "fault-wait");
  const waitField = field(t("faultWait"), wait);
  const methodField = field(t("faultMethod"), method);
  const explain = () => {
    hint.textContent = t(`fault_${kind.value}_hint`);
    waitField.hidden = kind.value !== "429";
    methodField.hidden = kind.value === "duplicate_update";
  };
  kind.addEventListener("change", explain);
  explain();
  const add = async (event) => {
    event.preventDefault();
    const fault = {
      kind: kind.value,
      method: methodField.hidden ? null : method.value || null,
      chat_id: chat.value ? Number(chat.value) : null,
      times: Number(times.value),
    };
    if (!waitField.hidden) fault.retry_after = Number(wait.value);
    await page.attempt(() => api.addFault(fault), t("faultAdded"), panel);
  };
  return el(
    "form",
    { class: "form", onSubmit: add },
    el("p", {}, t("faultsIntro")),
    field(t("faultKind"), kind),
    hint,
    el("div", { class: "fields" }, methodField, field(t("faultChat"), chat), field(t("faultTimes"), times), waitField),
    el("button", { type: "submit", class: "primary", testid: "fault-add" }, t("faultAdd")),
  );
}

const number = (min, max, value, testid) =>
  el("input", { type: "number", min, max, value, required: true, testid: testid });

function chats(page) {
  const people = page.store.state.people.map((person) => [person.id, person.name]);
  const groups = page.store.state.chats.filter((chat) => chat.type !== "private").map((chat) => [chat.id, chat.title]);
  return [...people, ...groups];
}

function list(page, panel) {
  return live(() => {
    const { faults } = page.store.state;
    if (!faults.length) return [el("h3", {}, t("faultsNow")), el("p", { class: "hint" }, t("faultsNone"))];
    return [
      el("h3", {}, t("faultsNow")),
      el("ul", { class: "rows" }, ...faults.map((fault) => row(page, panel, fault))),
    ];
  });
}

function row(page, panel, fault) {
  const where = [
    fault.method ? (methods.includes(fault.method) ? t(`method_${fault.method}`) : fault.method) : t("anyMethod"),
    fault.chat_id ? (chats(page).find(([id]) => id === fault.chat_id)?.[1] ?? String(fault.chat_id)) : t("anyChat"),
    fault.times === null ? t("faultAlways") : t("faultLeft", { number: fault.times }),
  ];
  const remove = () => page.attempt(() => api.removeFault(fault.id), t("faultRemoved"), panel);
  return el(
    "li",
    { testid: "fault", "data-fault": fault.id },
    el("div", {}, el("strong", {}, t(`fault_${fault.kind}`)), el("small", {}, where.join(" · "))),
    el(
      "button",
      { type: "button", class: "soft", "data-focus": `fault-${fault.id}`, testid: "fault-remove", onClick: remove },
      icon("close"),
      t("remove"),
    ),
  );
}
