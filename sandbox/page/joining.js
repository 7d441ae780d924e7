/** How somebody comes in: a new phone, and the links that open the bot on a chosen phone. */

import { api } from "./api.js";
import { el, icon } from "./dom.js";
import { languages } from "./menus.js";
import { choice, field, live, Panel } from "./panel.js";
import { language as pageLanguage, t } from "./words.js";

/** What a link is called in the page's language: `label`, or `label_en` where it has one. */
const labelOf = (link) => (pageLanguage() === "en" && link.label_en) || link.label;

export function addPanel(page) {
  const panel = new Panel("add-phone-panel", () => [addForm(page, panel)]);
  return panel;
}

function addForm(page, panel) {
  const { links } = page.store.state;
  const name = el("input", {
    type: "text",
    required: true,
    autofocus: true,
    maxlength: "64",
    autocomplete: "off",
    placeholder: t("nameHint"),
    testid: "add-name",
  });
  const language = choice(languages, "zh-hans", { testid: "add-language" });
  const link = choice([["", t("noLinkYet")], ...links.map((link) => [link.url, labelOf(link)])], "", {
    testid: "add-link",
  });
  const add = async (event) => {
    event.preventDefault();
    if (!name.value.trim()) return name.focus();
    const answer = await page.attempt(
      () => api.addPerson(name.value.trim(), language.value),
      t("phoneAdded", { name: name.value.trim() }),
      panel,
    );
    if (!answer) return;
    const id = answer.person?.id ?? answer.id;
    panel.close();
    page.whenThere(id, (phone) => link.value && phone.open(link.value));
  };
  return el(
    "form",
    { class: "form", onSubmit: add },
    el("p", {}, t("addIntro")),
    field(t("name"), name),
    field(t("phoneLanguage"), language, t("languageFieldHint")),
    links.length ? field(t("openAtOnce"), link, t("openAtOnceHint")) : null,
    el("button", { type: "submit", class: "primary", testid: "add-submit" }, t("addPhone")),
  );
}

/** `panel.personId`, set before it opens, is the phone that is chosen at first. */
export function linksPanel(page) {
  const panel = new Panel("links", () => linkParts(page, panel));
  return panel;
}

function linkParts(page, panel) {
  const people = page.store.state.people.map((person) => [person.id, person.name]);
  const who = choice(people, panel.personId ?? page.active ?? people[0]?.[0], { testid: "links-person" });
  const open = (url) => {
    const id = Number(who.value);
    panel.close();
    page.goTo(id);
    page.phone(id).open(url);
  };
  return [el("p", {}, t("linksIntro")), field(t("onWhichPhone"), who), live(() => linkRows(page, open)), ownLink(open)];
}

function linkRows(page, open) {
  const { links } = page.store.state;
  if (!links.length) return [el("p", { class: "hint" }, t("linksNone"))];
  const rows = links.map((link, place) =>
    el(
      "li",
      { testid: "link" },
      el("div", {}, el("strong", {}, labelOf(link)), el("small", { class: "address" }, link.url)),
      el(
        "button",
        {
          type: "button",
          class: "soft",
          "data-focus": `link-${place}`,
          testid: "link-open",
          "data-url": link.url,
          "aria-label": t("openLabel", { label: labelOf(link) }),
          onClick: () => open(link.url),
        },
        icon("out"),
        t("open"),
      ),
    ),
  );
  return [el("ul", { class: "rows" }, ...rows)];
}

function ownLink(open) {
  const input = el("input", {
    type: "text",
    inputmode: "url",
    autocomplete: "off",
    placeholder: "https://t.me/…",
    testid: "link-input",
  });
  const submit = (event) => {
    event.preventDefault();
    if (input.value.trim()) open(input.value.trim());
  };
  return el(
    "form",
    { class: "form inline", onSubmit: submit },
    field(t("otherLink"), input),
    el("button", { type: "submit", class: "primary", testid: "link-submit" }, t("open")),
  );
}
