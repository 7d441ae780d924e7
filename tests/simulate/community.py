"""The made community: thirty buildings, two hundred volunteers with habits, a thousand needs in a month."""

import math
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.matching import PARTS
from bot.domain.needs import Urgency
from bot.domain.people import Language

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
DAYS, GRIDS, BUILDINGS = 30, 6, 30
RESIDENTS = 400
SKILLS = ("repairs", "medical", "driving", "tutoring", "haircut")
# How many needs are posted in each hour of the day, by weight: few at night, most in the morning and before supper.
HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 12, 14, 13, 10, 7, 8, 10, 11, 11, 10, 8, 6, 4, 3, 2, 1)
URGENCIES = {Urgency.NOW: 15, Urgency.TODAY: 55, Urgency.WEEK: 30}


@dataclass
class Volunteer:
    """Somebody with habits. `times`: when they have time (a bit for each part of the week), `said`: whether the bot knows it.

    `attention`: the share of offers that they read and answer; `yes`: how often an answer is yes when all suits; `minutes`: how
    soon they mostly answer when they have time.
    """

    id: int
    building: int
    skills: frozenset[str]
    language: Language
    times: int
    said: bool
    attention: float
    yes: float
    minutes: float
    night_now: bool
    rest_until: datetime | None = None
    silent: int = 0
    asked_at: datetime | None = None
    offers: list[datetime] = field(default_factory=list)
    helped: list[tuple[datetime, float]] = field(default_factory=list)
    busy_until: list[datetime] = field(default_factory=list)
    stars: dict[int, list[int]] = field(default_factory=dict)
    parted: set[int] = field(default_factory=set)


@dataclass
class Wish:
    """A need of the made month. `answers` remembers who said what to it."""

    id: int
    resident: int
    building: int
    urgency: Urgency
    skill: str | None
    language: Language
    at: datetime
    asked: set[int] = field(default_factory=set)
    answers: dict[int, tuple[str, datetime | None]] = field(default_factory=dict)
    claimed_at: datetime | None = None
    offers: int = 0


def grid_of(building: int) -> int:
    """The grid that a building is in."""
    return building * GRIDS // BUILDINGS


def make_volunteers(chance: random.Random, count: int, willing: float) -> list[Volunteer]:
    """People with a home, skills, times, and habits; one in six has given up answering.

    `willing` scales how often they say yes.
    """
    return [_volunteer(chance, number, willing) for number in range(1, count + 1)]


def _volunteer(chance: random.Random, number: int, willing: float) -> Volunteer:
    parts = [part for part in range(7 * len(PARTS)) if chance.random() < 0.5]
    return Volunteer(
        id=number,
        building=chance.randrange(BUILDINGS),
        skills=frozenset(skill for skill in SKILLS if chance.random() < 0.12),
        language=Language.ENGLISH if chance.random() < 0.1 else Language.CHINESE,
        times=sum(1 << part for part in parts),
        said=chance.random() < 0.5,
        attention=0.03 if chance.random() < 1 / 6 else chance.betavariate(4, 2),
        yes=willing * chance.betavariate(3, 3),
        minutes=math.exp(chance.gauss(math.log(8), 0.8)),
        night_now=chance.random() < 0.15,
    )


def make_wishes(chance: random.Random, count: int) -> list[Wish]:
    """What residents ask for, in the order in which they do; a fifth of the residents ask for half of it."""
    wishes = []
    for _ in range(count):
        resident = chance.randrange(RESIDENTS // 5) if chance.random() < 0.5 else chance.randrange(RESIDENTS)
        home = random.Random(resident)
        hour = chance.choices(range(24), HOURS)[0]
        at = START + timedelta(days=chance.randrange(DAYS), hours=hour, minutes=chance.randrange(60))
        skill = chance.choice(SKILLS) if chance.random() < 0.25 else None
        urgency = chance.choices(list(URGENCIES), list(URGENCIES.values()))[0]
        language = Language.ENGLISH if home.random() < 0.05 else Language.CHINESE
        wishes.append(Wish(0, -1 - resident, home.randrange(BUILDINGS), urgency, skill, language, at))
    wishes.sort(key=lambda wish: wish.at)
    for number, wish in enumerate(wishes):
        wish.id = number
    return wishes


def answer(chance: random.Random, one: Volunteer, wish: Wish, now: datetime) -> tuple[str, timedelta] | None:
    """What somebody says to being asked, and after how long; None: nothing at all.

    Whoever has no time then answers a third as often and six times as late; the way to the other end of the community costs a
    third of the yeses, a skill that is missing four fifths of them.
    """
    local = now.astimezone(ZONE)
    part = local.weekday() * len(PARTS) + max(at for at, start in enumerate(PARTS) if local.hour * 60 >= start)
    free = bool(one.times >> part & 1)
    if chance.random() > one.attention * (1 if free else 0.35):
        return None
    delay = timedelta(minutes=one.minutes * math.exp(chance.gauss(0, 0.7)) * (1 if free else 6))
    near = 1.0 if one.building == wish.building else 0.85 if grid_of(one.building) == grid_of(wish.building) else 0.67
    able = 1.0 if wish.skill is None or wish.skill in one.skills else 0.2
    if chance.random() < one.yes * near * able * (1 if free else 0.5):
        return "yes", delay
    return chance.choices(("declined", "later", "today"), (80, 12, 8))[0], delay
