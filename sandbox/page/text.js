/** A message's text with its entities: bold, links, commands one can tap, hidden words one can uncover. */

import { el } from "./dom.js";
import { t } from "./words.js";

const found = new RegExp(
  [
    "(?<link>(?:https?:\\/\\/|(?<![\\w.])t\\.me\\/)[^\\s<>\"'，。；！？、）】》」]+)",
    "(?<command>(?<![\\w/@.])\\/(?=\\w*[a-z])[a-z0-9_]{1,32}(?:@\\w+)?)",
  ].join("|"),
  "gi",
);

const plainTags = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

const blocks = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** Links that belong to this Telegram are opened on the phone itself. */
export function staysHere(url) {
  return /^(?:https?:\/\/)?(?:t|telegram)\.me\//i.test(url) || /^tg:/i.test(url);
}

/** Nodes for `text`; `act.open(link)` and `act.command(text)` are called when a person taps one. */
export function textNodes(text, entities, act) {
  const inside = (entities ?? []).filter((entity) => entity.length > 0 && entity.offset + entity.length <= text.length);
  inside.sort((one, other) => one.offset - other.offset || other.length - one.length);
  return nest(text, 0, text.length, inside, act, false);
}

function nest(text, start, end, entities, act, quiet) {
  const nodes = [];
  let at = start;
  let before = null;
  for (let place = 0; place < entities.length;) {
    const outer = entities[place];
    const stop = Math.min(outer.offset + outer.length, end);
    let next = place + 1;
    while (next < entities.length && entities[next].offset < stop) next += 1;
    if (outer.offset >= at) {
      nodes.push(...loose(between(text, at, outer.offset, outer, before), act, quiet));
      nodes.push(
        wrap(outer, text.slice(outer.offset, stop), act, (hush) =>
          nest(text, outer.offset, stop, entities.slice(place + 1, next), act, quiet || hush),
        ),
      );
      at = stop;
      before = outer;
    }
    place = next;
  }
  return [...nodes, ...loose(between(text, at, end, null, before), act, quiet)];
}

/** The text between two entities; a block stands on its own lines already, so the line ends at its edges go. */
function between(text, start, end, next, before) {
  let words = text.slice(start, end);
  if (blocks.has(before?.type)) words = words.replace(/^\n/, "");
  if (blocks.has(next?.type)) words = words.replace(/\n$/, "");
  return words;
}

function wrap(entity, words, act, inner) {
  const { type } = entity;
  if (type === "pre") return el("pre", { class: "pre" }, el("code", {}, ...inner(true)));
  if (type === "code") return el("code", {}, ...inner(true));
  if (plainTags[type]) return el(plainTags[type], {}, ...inner(false));
  if (type === "spoiler") return hidden(inner(true));
  if (type === "bot_command") return command(words, act);
  if (type === "text_link") return link(entity.url, inner(true), act);
  if (type === "url") return link(words, inner(true), act);
  if (type === "email") return link(`mailto:${words}`, inner(true), act);
  if (type === "phone_number") return link(`tel:${words.replace(/[^\d+]/g, "")}`, inner(true), act);
  if (type === "mention" || type === "text_mention" || type === "hashtag")
    return el("span", { class: "mention" }, ...inner(true));
  return el("span", {}, ...inner(false));
}

/** Text between entities: addresses and commands are found as Telegram finds them. */
function loose(text, act, quiet) {
  if (quiet || !text) return text ? [text] : [];
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(found)) {
    nodes.push(text.slice(at, match.index));
    nodes.push(match.groups.link ? link(match[0], [match[0]], act) : command(match[0], act));
    at = match.index + match[0].length;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== "");
}

function command(words, act) {
  return tappable("text-command", "#", [words], () => act.command(words), "button");
}

function link(address, nodes, act) {
  const url = /^[a-z][a-z+.-]*:/i.test(address ?? "") ? address : `https://${address}`;
  if (staysHere(url)) return tappable("text-link", url, nodes, () => act.open(url), null);
  if (!/^(?:https?|mailto|tel):/i.test(url)) return el("span", {}, ...nodes);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...nodes);
}

/** Words within the text that do something here instead of leaving the page. */
function tappable(testid, address, nodes, run, role) {
  const element = el("a", { href: address, role, testid: testid }, ...nodes);
  element.addEventListener("click", (event) => {
    event.preventDefault();
    run();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== " " || !role) return;
    event.preventDefault();
    run();
  });
  return element;
}

function hidden(nodes) {
  const cover = el(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoilerShow"), testid: "spoiler" },
    ...nodes,
  );
  const uncover = () => {
    cover.classList.add("open");
    ["role", "tabindex", "aria-label"].forEach((name) => cover.removeAttribute(name));
  };
  cover.addEventListener("click", uncover);
  cover.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    uncover();
  });
  return cover;
}
