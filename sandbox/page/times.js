/** The program's instants in words, in the place's own time and the page's language. */

import { language, t } from "./words.js";

const daySeconds = 86400;
let zone = "Asia/Shanghai";

/** Show times in this zone (an IANA name) from now on. */
export function showTimesIn(name) {
  if (name) zone = name;
}

/** Formatters are dear to make and asked for with every message, so each kind is made once. */
const made = new Map();

function format(seconds, options) {
  const key = JSON.stringify([language(), zone, options]);
  if (!made.has(key))
    made.set(key, new Intl.DateTimeFormat(language(), { timeZone: zone, hourCycle: "h23", ...options }));
  return made.get(key).format(seconds * 1000);
}

/** "08:05" */
export const hourAndMinute = (seconds) => format(seconds, { hour: "2-digit", minute: "2-digit" });

/** "11月22日星期六 08:05" */
export const wholeMoment = (seconds) => `${calendarDay(seconds)} ${hourAndMinute(seconds)}`;

export const calendarDay = (seconds) =>
  format(seconds, { month: language() === "en" ? "short" : "long", day: "numeric", weekday: "short" });

/** A key that is equal for two instants of one local day. */
export const dayKey = (seconds) => format(seconds, { year: "numeric", month: "2-digit", day: "2-digit" });

/** "今天", "昨天", or the calendar day; `now` is the program's. */
export function dayName(seconds, now) {
  if (dayKey(seconds) === dayKey(now)) return t("today");
  if (dayKey(seconds) === dayKey(now - daySeconds)) return t("yesterday");
  return calendarDay(seconds);
}

/** "2 天 3 小时 5 分钟": how far the program's clock was moved. */
export function span(seconds) {
  const minutes = Math.round(seconds / 60);
  const parts = [
    ["spanDays", Math.floor(minutes / 1440)],
    ["spanHours", Math.floor((minutes % 1440) / 60)],
    ["spanMinutes", minutes % 60],
  ];
  return parts
    .filter(([, number]) => number > 0)
    .map(([key, number]) => t(key, { number }))
    .join(" ");
}
