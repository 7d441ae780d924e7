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
  for (let place = 0; place < entities.length; ) {
    const outer = entities[place];
    const stop = Math.min(outer.offset + outer.length, end);
    let next = place + 1;
    while (next < entities.length && entities[next].offset < stop) next += 1;
    if (outer.offset >= at) {
      nodes.push(...loose(text.slice(at, outer.offset), act, quiet));
      nodes.push(wrap(outer, text.slice(outer.offset, stop), act, (hush) =>
        nest(text, outer.offset, stop, entities.slice(place + 1, next), act, quiet || hush),
      ));
      at = stop;
    }
    place = next;
  }
  return [...nodes, ...loose(text.slice(at, end), act, quiet)];
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
  if (type === "mention" || type === "text_mention" || type === "hashtag") return el("span", { class: "mention" }, ...inner(true));
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
  return el("button", { type: "button", class: "in-text", "data-testid": "text-command", onClick: () => act.command(words) }, words);
}

function link(address, nodes, act) {
  const url = /^[a-z][a-z+.-]*:/i.test(address ?? "") ? address : `https://${address}`;
  if (staysHere(url)) {
    return el("button", { type: "button", class: "in-text", "data-testid": "text-link", onClick: () => act.open(url) }, ...nodes);
  }
  if (!/^(?:https?|mailto|tel):/i.test(url)) return el("span", {}, ...nodes);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...nodes);
}

function hidden(nodes) {
  const cover = el("button", { type: "button", class: "spoiler", "aria-label": t("spoilerShow"), "aria-expanded": "false" }, ...nodes);
  cover.addEventListener("click", () => {
    cover.classList.add("open");
    cover.removeAttribute("aria-label");
    cover.setAttribute("aria-expanded", "true");
  });
  return cover;
}
