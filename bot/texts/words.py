"""Words in the reader's language: catalogues, plurals, times and dates, and the escaping of what people wrote themselves."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from html import escape, unescape
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.domain.home import Home
from bot.domain.people import Language

CATALOGUES = Path(__file__).with_name("catalogues")
# Read once: by its name Babel looks a locale up anew for each word it formats, which took half of a card's time.
LOCALES: Mapping[Language, Locale] = {Language.CHINESE: Locale.parse("zh_CN"), Language.ENGLISH: Locale.parse("en")}
# What each language calls itself.
NAMES: Mapping[Language, str] = {Language.CHINESE: "中文", Language.ENGLISH: "English"}


class Html(str):
    """Text that is Telegram's HTML already; any other text is escaped when it is put into a sentence."""

    __slots__ = ()


def safe(words: str) -> Html:
    """Somebody's own words, made harmless."""
    return words if isinstance(words, Html) else Html(escape(words, quote=False))


def plain(words: str) -> str:
    """The same words for where no markup is known, as on a button: an escaped name would show its escapes there."""
    return unescape(re.sub(r"<[^>]*>", "", words)) if isinstance(words, Html) else words


def clip(words: str, units: int) -> str:
    """Somebody's own words, cut to so many of the UTF-16 units in which Telegram counts; "…" says that they go on."""
    encoded = words.encode("utf-16-le")
    return words if len(encoded) <= units * 2 else encoded[: (units - 1) * 2].decode("utf-16-le", "ignore") + "…"


def marked(source: str) -> str:
    """A source text that is said somewhere else: marked here, so that the catalogues know of it."""
    return source


def bold(words: str) -> Html:
    """Words in bold."""
    return Html(f"<b>{safe(words)}</b>")


def lines(*parts: str | None) -> Html:
    """Lines under each other; None and empty ones are left out."""
    return Html("\n".join(safe(part) for part in parts if part))


def paragraphs(*parts: str | None) -> Html:
    """Paragraphs with an empty line between them; None and empty ones are left out."""
    return Html("\n\n".join(safe(part) for part in parts if part))


@cache
def catalogue(language: Language) -> NullTranslations:
    """A language's catalogue, read from its .po file; English is the source and needs none."""
    path = CATALOGUES / language.value / "LC_MESSAGES" / "linli.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        read = read_po(file)
    packed = BytesIO()
    write_mo(packed, read)
    packed.seek(0)
    return GNUTranslations(packed)


@dataclass(frozen=True)
class Words:
    """One language in one home. `say` and `count` take English source texts; values are escaped unless they are Html."""

    language: Language
    home: Home

    def say(self, source: str, /, **values: object) -> Html:
        """A sentence in this language."""
        return _fill(catalogue(self.language).gettext(source), values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> Html:
        """A sentence that depends on how many; `{number}` in it is that number."""
        return _fill(catalogue(self.language).ngettext(one, many, number), {"number": number, **values})

    def listed(self, names: Iterable[str]) -> Html:
        """Several in one line: "Li, Wang, and Zhao" or "小李、王姐和张三"; each is escaped unless it is Html."""
        return Html(format_list([safe(name) for name in names], locale=LOCALES[self.language]))

    def clock(self, at: datetime) -> str:
        """A time of day here, "15:30"."""
        return format_time(at.astimezone(self.home.timezone), "HH:mm", locale=LOCALES[self.language])

    def day(self, at: datetime) -> str:
        """A day here, "Nov 22" or "11月22日"."""
        pattern = "M月d日" if self.language is Language.CHINESE else "MMM d"
        return format_date(at.astimezone(self.home.timezone).date(), pattern, locale=LOCALES[self.language])

    def weekday(self, day: date) -> str:
        """A day's name, "Thu" or "周四"."""
        return format_date(day, "EEE", locale=LOCALES[self.language])

    def date(self, day: date) -> str:
        """A day of the calendar with its weekday, "Thu, Nov 26" or "11月26日周四"."""
        pattern = "M月d日EEE" if self.language is Language.CHINESE else "EEE, MMM d"
        return format_date(day, pattern, locale=LOCALES[self.language])

    def when(self, at: datetime, now: datetime) -> Html:
        """A moment as people say it: "today 15:30", "tomorrow 10:00", "Nov 24, 10:00"."""
        days = (at.astimezone(self.home.timezone).date() - now.astimezone(self.home.timezone).date()).days
        time = self.clock(at)
        if days == 0:
            return self.say("today {time}", time=time)
        if days == 1:
            return self.say("tomorrow {time}", time=time)
        if days == -1:
            return self.say("yesterday {time}", time=time)
        return self.say("{day}, {time}", day=self.day(at), time=time)


def _fill(template: str, values: Mapping[str, object]) -> Html:
    filled = {name: value if isinstance(value, Html) else safe(str(value)) for name, value in values.items()}
    return Html(template.format(**filled))
