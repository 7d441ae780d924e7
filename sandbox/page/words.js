/** The page's own words, in Chinese and in English; what the bot says is the bot's own. */

import { english } from "./words_en.js";
import { chinese } from "./words_zh.js";

const catalogues = { "zh-CN": chinese, en: english };
const remembered = "linli.language";
let chosen = catalogues[localStorage.getItem(remembered)] ? localStorage.getItem(remembered) : "zh-CN";

/** The page's language, as a `lang` attribute has it. */
export const language = () => chosen;

export function setLanguage(name) {
  chosen = name;
  localStorage.setItem(remembered, name);
}

/** The words for `key`, with {names} filled in. */
export function t(key, values = {}) {
  const words = catalogues[chosen][key];
  if (words === undefined) throw new Error(`no words for ${key}`);
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
