"""A rule in plain words: "每周二、周五", "每两周", "每月15号", "every Tuesday and Friday", "every month on the 15th"."""

import re
import unicodedata
from datetime import date

from bot.domain.days import with_digits
from bot.domain.recurrences.rule import Every, Freq, Rule

CHINESE = "一二三四五六日"
CHINESE_DAYS = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天](?:[、，,和及]?[一二三四五六日天])*)")
ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ENGLISH_DAYS = re.compile(rf"\b({'|'.join(ENGLISH)})s?\b")
WORKDAYS = re.compile(r"工作日|周一到周五|星期一到星期五|\b(?:workday|weekday)s?\b|monday to friday")
DAILY = re.compile(r"每天|每日|天天|\bevery day\b|\bdaily\b")
WEEKLY = re.compile(r"每周|每星期|每个?礼拜|\bevery week\b|\bweekly\b|\bevery\b|每")
FORTNIGHT = re.compile(r"[两二2]个?(?:周|星期|礼拜)|隔周|\b(?:2|two) weeks\b|\bevery other\b|\bfortnight")
MONTHLY = re.compile(r"每个?月|\bevery month\b|\bmonthly\b")
MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*[日号]|\bthe (\d{1,2})(?:st|nd|rd|th)\b")
LAST_DAY = re.compile(r"月底|月末|最后一天|\blast day\b")


def rule_in(words: str, day: date) -> Rule | None:
    """The rule that words name, seen from this day; None: none."""
    text = unicodedata.normalize("NFKC", words).lower()
    if MONTHLY.search(text):
        return _monthly(text, day)
    if WORKDAYS.search(text):
        return Rule(Freq.WEEKLY, weekdays=tuple((at, 0) for at in range(5)))
    if DAILY.search(text):
        return Rule.every(Every.DAY, day)
    interval = 2 if FORTNIGHT.search(text) else 1
    weekdays = _weekdays(text)
    if (
        interval == 1
        and not (weekdays and WEEKLY.search(text))
        and not re.search(r"每周|每星期|weekly|every week", text)
    ):
        return None
    return Rule(Freq.WEEKLY, interval, weekdays or ((day.weekday(), 0),))


def _monthly(text: str, day: date) -> Rule | None:
    if LAST_DAY.search(text):
        return Rule(Freq.MONTHLY, month_days=(-1,))
    found = MONTH_DAY.search(with_digits(text))
    if found is None:
        return Rule.every(Every.MONTH, day)
    number = int(found[1] or found[2])
    return Rule(Freq.MONTHLY, month_days=(number,)) if 1 <= number <= 31 else None


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    named = "".join(found[1] for found in CHINESE_DAYS.finditer(text)).replace("天", "日")
    chinese = (CHINESE.index(char) for char in named if char in CHINESE)
    english = (ENGLISH.index(found[1]) for found in ENGLISH_DAYS.finditer(text))
    return tuple((number, 0) for number in sorted({*chinese, *english}))
