"""What every decision may need to know of the deployment it is made in: plain values, read once at start."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.domain.care_words import CareWords, load_care_words
from bot.domain.categories import Catalogue
from bot.domain.floods import Inflow
from bot.domain.matching import Waves
from bot.domain.people import Language
from bot.domain.showings import Limits
from bot.domain.volunteers import Rules, load_rules


@dataclass(frozen=True, eq=False)
class Home:
    """One bot's surroundings. `emergency_numbers` are the public ones ("120 / 110") that every word of alarm names;
    `emergency_chats` are told when a cry for help finds nobody on duty, by the bot `emergency_bot` that is in them (None: this
    one); `waves` are the rules for asking volunteers; `area_id` is the place that the bot serves with all below it, None: every
    place; `currency` is its three letters; `showings` says how many neighbours' contact data are shown to one volunteer,
    `inflow` how many an hour come in at a community."""

    bot_id: int
    bot_username: str
    timezone: ZoneInfo
    language: Language
    catalogue: Catalogue
    emergency_numbers: str
    care_words: CareWords = field(default_factory=load_care_words)
    emergency_chats: tuple[int, ...] = ()
    rules: Rules = field(default_factory=load_rules)
    waves: Waves = field(default_factory=Waves)
    area_id: int | None = None
    currency: str = "CNY"
    showings: Limits = field(default_factory=Limits)
    emergency_bot: int | None = None
    inflow: Inflow = field(default_factory=Inflow)

    def link(self, payload: str, bot: str | None = None) -> str:
        """A deep link that opens the private chat and says `payload` (at most 64 of A–Z a–z 0–9 _ -). `bot`: with another of
        our bots than this one."""
        return f"https://t.me/{bot or self.bot_username}?start={payload}"
