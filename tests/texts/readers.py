"""About whom and to whom everything is said: short-named people, and people as awkward as the rules allow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.categories import load_catalogue
from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import Language
from bot.texts.buttons import LARGEST
from bot.texts.words import Words

HOME = Home(7, "linli_demo_bot", ZoneInfo("Asia/Shanghai"), Language.CHINESE, load_catalogue(), "120 / 110")
WORDS = {language: Words(language, HOME) for language in Language}
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
EVENING = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Data:
    """What people called themselves and wrote. `number` is the number of everything."""

    language: Language
    resident: str
    helper: str
    owner: str
    place: str
    text: str
    door: str
    telephone: str = "+8613800138000"
    number: int = 12
    awkward: bool = False

    @property
    def words(self) -> Words:
        """In whose language."""
        return WORDS[self.language]


PLAIN = (
    Data(Language.CHINESE, "张奶奶", "小李", "王姐", "幸福社区 3号楼", "家里的灯坏了，2单元301", "2单元301"),
    Data(
        Language.ENGLISH,
        "Granny Zhang",
        "Xiao Li",
        "Wang",
        "Happy Village House 3",
        "The lamp is broken",
        "unit 2, 301",
    ),
)
# As awkward as the rules allow: names of 40 characters, places of 60 a level, texts of 1,000, all markup or all emoji.
AWKWARD = tuple(
    Data(language, resident, helper, owner, place, text, door, "+123456789012345", LARGEST, awkward=True)
    for language in Language
    for resident, helper, owner, place, text, door in (
        ("<b>" * 13, "&amp;" * 8, "{who}" * 8, "</b>&lt;" * 22, "<&>" * 333, "<i>" * 26),
        ("😀" * 40, "👩‍🦽" * 13, "e\u0301" * 20, "🏠" * 180, "🆘" * 1000, "🚪" * 80),
        ("محمد عبد الله", "שלום עולם", "𠮷" * 40, "שכונה 3", "مساعدة " * 100, "ב 301"),
        ('"%s %d"', "\\n`*_~", "%(x)s {0}", "#1 @all /stop", "https://example.org/?a=1&b=2 /help", "-"),
    )
)

Said = Iterator[tuple[Notice, object]]


def said_as_is(*made: Notice) -> Callable[[Data], Said]:
    """Notices that need nothing but themselves."""
    return lambda data: ((notice, None) for notice in made)
