/** Groups: made, filled with people, and the bot brought in or sent away by somebody. */

import { api } from "./api.js";
import { avatar, el, icon } from "./dom.js";
import { choice, field, live, Panel } from "./panel.js";
import { t } from "./words.js";

export function groupsPanel(page) {
  const panel = new Panel("groups", () => [live(() => cards(page, panel)), form(page, panel)]);
  return panel;
}

function cards(page, panel) {
  const groups = page.store.state.chats.filter((chat) => chat.type !== "private");
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
    { class: "card", "aria-label": group.title, "data-testid": "group", "data-group": group.id },
    el("h3", { dir: "auto" }, group.title),
    el("ul", { class: "faces", "aria-label": t("members") }, ...faces),
    outside.length ? addMember(page, panel, group, outside) : null,
    inside.length ? botRow(page, panel, group, inside, present) : null,
  );
}

function addMember(page, panel, group, outside) {
  const who = choice(outside.map((person) => [person.id, person.name]), null, { "data-focus": `member-${group.id}`, "data-testid": "group-member" });
  const add = () => page.attempt(() => api.addMember(group.id, Number(who.value)), t("memberAdded"), panel);
  return el("div", { class: "form inline" }, field(t("memberField"), who), el("button", { type: "button", class: "soft", "data-focus": `add-${group.id}`, "data-testid": "group-member-add", onClick: add }, t("add")));
}

function botRow(page, panel, group, inside, present) {
  const who = choice(inside.map((person) => [person.id, person.name]), null, { "data-focus": `by-${group.id}`, "data-testid": "group-by" });
  const change = () => page.attempt(() => api.groupBot(group.id, Number(who.value), !present), t(present ? "botRemoved" : "botAdded"), panel);
  const words = t(present ? "botRemove" : "botAdd");
  return el(
    "div",
    { class: "form inline" },
    field(t(present ? "botRemoveBy" : "botAddBy"), who),
    el("button", { type: "button", class: present ? "soft" : "primary", "data-focus": `bot-${group.id}`, "data-testid": present ? "group-bot-remove" : "group-bot-add", onClick: change }, words),
  );
}

function form(page, panel) {
  const title = el("input", { type: "text", required: true, maxlength: "128", autocomplete: "off", placeholder: t("groupTitleHint"), "data-testid": "group-title" });
  const boxes = page.store.state.people.map((person) => ({ person, box: el("input", { type: "checkbox", value: person.id, "data-testid": "group-pick", "data-person-pick": person.id }) }));
  const create = async (event) => {
    event.preventDefault();
    const members = boxes.filter(({ box }) => box.checked).map(({ person }) => person.id);
    if (!members.length) return panel.say(t("groupNeedsMembers"));
    const made = await page.attempt(() => api.addGroup(title.value.trim(), members), t("groupMade", { title: title.value.trim() }), panel);
    if (!made) return;
    title.value = "";
    boxes.forEach(({ box }) => (box.checked = false));
  };
  return el(
    "form",
    { class: "form card", onSubmit: create },
    el("h3", {}, t("groupNew")),
    field(t("groupTitle"), title),
    el("fieldset", { class: "picks" }, el("legend", {}, t("groupWho")), ...boxes.map(({ person, box }) => el("label", { class: "pick" }, box, person.name))),
    el("button", { type: "submit", class: "primary", "data-testid": "group-create" }, t("groupCreate")),
  );
}
