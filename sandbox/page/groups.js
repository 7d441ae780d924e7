/** Groups: made, filled with people, and the bot brought in or sent away by somebody. */

import { api } from "./api.js";
import { avatar, el, icon } from "./dom.js";
import { choice, field, live, Panel } from "./panel.js";
import { t } from "./words.js";

export function groupsPanel(page) {
  const panel = new Panel("groups", () => [live(() => cards(page, panel)), form(page, panel)]);
  panel.opened = new Set();
  return panel;
}

const isGroup = (chat) => chat.type !== "private";
const named = (people) => people.map((person) => [person.id, person.name]);

function cards(page, panel) {
  const groups = page.store.state.chats.filter(isGroup);
  if (!groups.length) return [el("p", { class: "hint" }, t("groupsNone"))];
  return groups.map((group) => card(page, panel, group));
}

function card(page, panel, group) {
  const { people, bot } = page.store.state;
  const inside = people.filter((person) => group.member_ids.includes(person.id));
  const outside = people.filter((person) => !group.member_ids.includes(person.id));
  const present = group.bot_present ?? group.member_ids.includes(bot.id);
  const faces = inside.map((person) => el("li", {}, avatar(person.name, person.id), person.name));
  if (present) faces.push(el("li", { class: "bot" }, icon("house"), bot.name));
  return el(
    "section",
    { class: "card", "aria-label": group.title, testid: "group", "data-group": group.id },
    el("h3", { dir: "auto" }, group.title),
    el("ul", { class: "faces", "aria-label": t("members") }, ...faces),
    outside.length ? memberRow(page, panel, group, outside) : null,
    inside.length ? botRow(page, panel, group, inside, present) : null,
    inside.length ? more(page, panel, group, inside) : null,
  );
}

/** Somebody is chosen, and a button does something with them: {name, label, words, people, done, run, strong?}. */
function personRow(page, panel, group, row) {
  const focus = `${row.name}-${group.id}`;
  const who = choice(named(row.people), null, { "data-focus": `who-${focus}`, testid: row.who });
  const run = () => page.attempt(() => row.run(Number(who.value)), row.done, panel);
  const attributes = { type: "button", class: row.strong ? "primary" : "soft", "data-focus": focus, testid: row.name };
  return el(
    "div",
    { class: "form inline" },
    field(row.label, who),
    el("button", { ...attributes, onClick: run }, row.words),
  );
}

const memberRow = (page, panel, group, people) =>
  personRow(page, panel, group, {
    name: "group-member-add",
    who: "group-member",
    label: t("memberField"),
    words: t("add"),
    people,
    done: t("memberAdded"),
    run: (id) => api.addMember(group.id, id),
  });

const botRow = (page, panel, group, people, present) =>
  personRow(page, panel, group, {
    name: present ? "group-bot-remove" : "group-bot-add",
    who: "group-by",
    label: t(present ? "botRemoveBy" : "botAddBy"),
    words: t(present ? "botRemove" : "botAdd"),
    people,
    done: t(present ? "botRemoved" : "botAdded"),
    run: (id) => api.groupBot(group.id, id, !present),
    strong: !present,
  });

/** What is needed rarely stands behind one word: administrators, anonymous ones, the way to a supergroup. */
function more(page, panel, group, people) {
  const upgrade = () => page.attempt(() => api.upgrade(group.id), t("upgraded"), panel);
  const rows = [
    personRow(page, panel, group, {
      name: "group-promote",
      who: "group-promoted",
      label: t("promoteField"),
      words: t("promote"),
      people,
      done: t("promoted"),
      run: (id) => api.promote(group.id, id),
    }),
    personRow(page, panel, group, {
      name: "group-anonymous",
      who: "group-masked",
      label: t("anonymousField"),
      words: t("anonymousSwitch"),
      people,
      done: t("anonymousDone"),
      run: (id) => api.anonymous(group.id, id, !(group.anonymous_ids ?? []).includes(id)),
    }),
  ];
  if (group.type === "group") {
    const attributes = {
      type: "button",
      class: "soft",
      "data-focus": `up-${group.id}`,
      testid: "group-upgrade",
      onClick: upgrade,
    };
    rows.push(el("div", {}, el("button", attributes, t("upgrade"))));
  }
  if (group.type === "supergroup") rows.push(topicRow(page, panel, group), topicRight(page, panel, group));
  const details = el(
    "details",
    { open: panel.opened.has(group.id) },
    el("summary", { testid: "group-more" }, t("more")),
    el("div", { class: "form" }, ...rows),
  );
  details.addEventListener("toggle", () => panel.opened[details.open ? "add" : "delete"](group.id));
  return details;
}

/** A new topic; the group has topics from the first one on. */
function topicRow(page, panel, group) {
  const typed = { type: "text", maxlength: "128", autocomplete: "off", "data-focus": `topic-${group.id}` };
  const name = el("input", { ...typed, testid: "topic-name" });
  const add = () => page.attempt(() => api.addTopic(group.id, name.value.trim()), t("topicMade"), panel);
  const attributes = { type: "button", class: "soft", "data-focus": `topic-add-${group.id}`, testid: "topic-add" };
  const button = el("button", { ...attributes, onClick: add }, t("topicAdd"));
  return el("div", { class: "form inline" }, field(t("topicField"), name), button);
}

/** The bot becomes an administrator who may make topics. */
function topicRight(page, panel, group) {
  const grant = () => page.attempt(() => api.promote(group.id, page.store.state.bot.id, true), t("promoted"), panel);
  const attributes = { type: "button", class: "soft", "data-focus": `topic-bot-${group.id}`, testid: "topic-bot" };
  return el("div", {}, el("button", { ...attributes, onClick: grant }, t("topicBot")));
}

function form(page, panel) {
  const attributes = {
    type: "text",
    required: true,
    maxlength: "128",
    autocomplete: "off",
    placeholder: t("groupTitleHint"),
  };
  const title = el("input", { ...attributes, testid: "group-title" });
  const boxes = page.store.state.people.map((person) => ({ person, box: pick(person) }));
  const basic = el("input", { type: "checkbox", testid: "group-basic" });
  const create = async (event) => {
    event.preventDefault();
    const members = boxes.filter(({ box }) => box.checked).map(({ person }) => person.id);
    if (!members.length) return panel.say(t("groupNeedsMembers"));
    const name = title.value.trim();
    const type = basic.checked ? "group" : "supergroup";
    const made = await page.attempt(() => api.addGroup(name, members, type), t("groupMade", { title: name }), panel);
    if (made) event.target.reset();
  };
  const labels = boxes.map(({ person, box }) => el("label", { class: "pick" }, box, person.name));
  return el(
    "form",
    { class: "form card", onSubmit: create },
    el("h3", {}, t("groupNew")),
    field(t("groupTitle"), title),
    el("fieldset", { class: "picks" }, el("legend", {}, t("groupWho")), ...labels),
    el("label", { class: "pick" }, basic, t("groupBasic")),
    el("button", { type: "submit", class: "primary", testid: "group-create" }, t("groupCreate")),
  );
}

function pick(person) {
  return el("input", { type: "checkbox", value: person.id, testid: "group-pick", "data-person-pick": person.id });
}
