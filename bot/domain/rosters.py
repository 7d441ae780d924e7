"""Care plans as a table: everybody who is cared for in a place, a line each, written and read as spreadsheets do."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from bot.domain.alerts import Ladder, Whom, ladder_text, parse_ladder
from bot.domain.errors import DomainError, PatienceUnclear
from bot.domain.notices import Notice, Priority
from bot.domain.patience import LONGEST_EARLY, early, reminds, waits
from bot.domain.people import Language, Person, legible_door, legible_name, telephone_in, tidy
from bot.domain.plans import EVERY_DAY, Channel, Plan, PlanState, Slot
from bot.domain.rungs import MINUTES_AT_MOST, RUNGS_AT_MOST
from bot.domain.slots import APART_MINUTES, SLOTS_AT_MOST, minutes_in

T = TypeVar("T")
# More than these would hold the writer too long: a larger community is imported in parts.
LINES_AT_MOST = 500
BYTES_AT_MOST = 1_000_000
FAULTS_SHOWN = 20
NOTES_LIMIT, WITNESS_LIMIT = 500, 80

HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "姓名"),
    "telephone": ("telephone", "电话"),
    "building": ("building", "楼栋"),
    "door": ("door", "门牌"),
    "language": ("language", "语言"),
    "times": ("times", "时段"),
    "grace": ("grace", "等待分钟"),
    "reminders": ("reminders", "提醒"),
    "early": ("early", "提前分钟"),
    "ladder": ("ladder", "通知名单"),
    "may_enter": ("may_enter", "可进门"),
    "notes": ("notes", "备注"),
    "contacts": ("contacts", "联系人"),
    "agreed": ("agreed", "同意见证"),
    "state": ("state", "状态"),
}
NEEDED = ("name", "building")
CHANNELS: Mapping[Channel, tuple[str, ...]] = {
    Channel.CHAT: ("chat", "聊天"),
    Channel.CALL: ("call", "打电话", "电话"),
    Channel.KNOCK: ("knock", "敲门"),
}
LANGUAGES: Mapping[Language, tuple[str, ...]] = {
    Language.CHINESE: ("zh", "中文"),
    Language.ENGLISH: ("en", "英文", "english"),
}
YES, NO = ("yes", "是", "1"), ("no", "否", "0")
BETWEEN = re.compile(r"[;；\n]+")


class Problem(StrEnum):
    """What is wrong with a line, or with the whole file."""

    EMPTY = "empty"
    LONG = "long"
    UNREADABLE = "unreadable"
    PLACE = "place"
    ELSEWHERE = "elsewhere"
    NO_CHAT = "no chat"
    TWICE = "twice"
    LADDER = "nobody"
    NO_COLUMN = "no column"
    NO_TABLE = "no table"
    NO_LINES = "no lines"
    TOO_MANY = "too many"


@dataclass(frozen=True)
class RosterFault:
    """One thing that is wrong: where, and what. `column` "": the whole line or file."""

    line: int
    column: str
    problem: Problem


@dataclass(frozen=True)
class ListedContact:
    """An emergency contact as a table names them."""

    name: str
    relation: str
    telephone: str


@dataclass(frozen=True)
class Listed:
    """One person of a table. None: the table leaves it as it is, or as it is for everybody new.

    `building` is the code or the name of a place; `agreed` says before whom they agreed.
    """

    line: int
    name: str
    building: str
    telephone: str | None = None
    door: str | None = None
    language: Language | None = None
    slots: tuple[Slot, ...] | None = None
    grace: int | None = None
    nudges: tuple[int, ...] | None = None
    early: int | None = None
    ladder: Ladder | None = None
    may_enter: bool | None = None
    notes: str | None = None
    contacts: tuple[ListedContact, ...] = ()
    agreed: str | None = None

    def laid_over(self, plan: Plan) -> Plan:
        """The plan as the table wants it; PatienceUnclear when its minutes do not fit together."""
        new = plan if self.grace is None else waits(replace(plan, nudges=()), self.grace)
        kept = tuple(one for one in plan.nudges if one < new.grace_minutes)
        new = reminds(new, kept if self.nudges is None else self.nudges)
        new = new if self.early is None else early(new, self.early)
        return replace(
            new,
            slots=self.slots or plan.slots,
            ladder=plan.ladder if self.ladder is None else self.ladder,
            may_enter=plan.may_enter if self.may_enter is None else self.may_enter,
            notes=plan.notes if self.notes is None else self.notes,
        )


def read_line(line: int, cells: Mapping[str, str]) -> Listed | list[RosterFault]:
    """The person of one line, or everything that is wrong with it."""
    reader = _Reader(line, cells)
    listed = Listed(
        line=line,
        name=reader.cell("name", legible_name) or "",
        building=reader.cell("building", tidy) or "",
        telephone=reader.cell("telephone", _telephone),
        door=reader.cell("door", legible_door),
        language=reader.cell("language", _language),
        slots=reader.cell("times", _slots),
        grace=reader.cell("grace", int),
        nudges=reader.cell("reminders", _numbers),
        early=reader.cell("early", _early),
        ladder=reader.cell("ladder", _ladder),
        may_enter=reader.cell("may_enter", _yes_or_no),
        notes=reader.cell("notes", lambda words: _short(words, NOTES_LIMIT)),
        contacts=reader.cell("contacts", _contacts) or (),
        agreed=reader.cell("agreed", lambda words: _short(words, WITNESS_LIMIT)),
    )
    faults = reader.faults + [RosterFault(line, name, Problem.EMPTY) for name in NEEDED if not cells[name]]
    if not faults and not _fits(listed):
        faults = [RosterFault(line, "reminders", Problem.UNREADABLE)]
    return faults or listed


class _Reader:
    """Reads the cells of one line and remembers what is wrong."""

    def __init__(self, line: int, cells: Mapping[str, str]) -> None:
        self._line, self._cells = line, cells
        self.faults: list[RosterFault] = []

    def cell(self, column: str, read: Callable[[str], T]) -> T | None:
        """What stands there; None for an empty cell, and for one that is wrong."""
        # A spreadsheet's own way to say that "+86…" is no formula.
        words = self._cells[column].removeprefix("'")
        if not words:
            return None
        try:
            return read(words)
        except (ValueError, DomainError):
            self.faults.append(RosterFault(self._line, column, Problem.UNREADABLE))
            return None


def _fits(listed: Listed) -> bool:
    try:
        listed.laid_over(Plan(0, 0, 0, 0, PlanState.PROPOSED))
    except PatienceUnclear:
        return False
    return True


def _telephone(words: str) -> str:
    telephone, rest = telephone_in(words)
    if telephone is None or rest:
        raise ValueError(column_of("telephone"))
    return telephone


def _language(words: str) -> Language:
    found = next((language for language, known in LANGUAGES.items() if words.lower() in known), None)
    if found is None:
        raise ValueError(column_of("language"))
    return found


def _slots(words: str) -> tuple[Slot, ...]:
    """ "08:00 chat; 18:00 knock 12345": time, channel, weekdays from Monday (1) to Sunday (7)."""
    slots = tuple(sorted((_slot(part) for part in BETWEEN.split(words) if part.strip()), key=_minutes))
    apart = all(later.minutes - one.minutes >= APART_MINUTES for one, later in pairwise(slots))
    if not slots or len(slots) > SLOTS_AT_MOST or not apart:
        raise ValueError(column_of("times"))
    return slots


def _slot(words: str) -> Slot:
    time, *more = words.split()
    channel, weekdays = Channel.CHAT, EVERY_DAY
    for word in more:
        named = next((one for one, known in CHANNELS.items() if word.lower() in known), None)
        if named is not None:
            channel = named
        elif re.fullmatch(r"[1-7]{1,7}", word, re.ASCII):
            weekdays = sum(1 << (int(day) - 1) for day in set(word))
        else:
            raise ValueError(column_of("times"))
    return Slot(minutes_in(time), channel, weekdays)


def _minutes(slot: Slot) -> int:
    return slot.minutes


def _numbers(words: str) -> tuple[int, ...]:
    return () if words in NO else tuple(int(word) for word in words.split())


def _early(words: str) -> int:
    minutes = int(words)
    if not 0 <= minutes <= LONGEST_EARLY:
        raise ValueError(column_of("early"))
    return minutes


def _ladder(words: str) -> Ladder:
    ladder = parse_ladder(",".join(words.split()))
    fits = all(0 <= rung.after_minutes <= MINUTES_AT_MOST for rung in ladder)
    named = {rung.name for rung in ladder}
    if not fits or len(named) != len(ladder) or len(ladder) > RUNGS_AT_MOST or Whom.COORDINATORS.value not in named:
        raise ValueError(column_of("ladder"))
    return tuple(sorted(ladder, key=lambda rung: rung.after_minutes))


def _yes_or_no(words: str) -> bool:
    if words.lower() not in (*YES, *NO):
        raise ValueError(column_of("may_enter"))
    return words.lower() in YES


def _short(words: str, limit: int) -> str:
    kept = tidy(words)
    if len(kept) > limit:
        raise ValueError(limit)
    return kept


def _contacts(words: str) -> tuple[ListedContact, ...]:
    """ "Chen Li, daughter, +8613900001111; …"."""
    return tuple(_contact(part) for part in BETWEEN.split(words) if part.strip())


def _contact(words: str) -> ListedContact:
    telephone, rest = telephone_in(words)
    parts = [part.strip() for part in re.split(r"[,，、]", rest) if part.strip()]
    parts = parts if len(parts) > 1 else rest.split()
    if telephone is None or not parts:
        raise ValueError(column_of("contacts"))
    return ListedContact(legible_name(parts[0]), " ".join(parts[1:]) or "—", telephone)


def column_of(name: str) -> str:
    """A column by both its names: "telephone 电话"."""
    return " ".join(HEADERS[name][:2])


# --- written ---


def slots_cell(slots: tuple[Slot, ...]) -> str:
    """Times as a table writes them, in words that it reads again."""
    return "; ".join(_slot_cell(slot) for slot in slots)


def _slot_cell(slot: Slot) -> str:
    days = "".join(str(day + 1) for day in range(7) if slot.weekdays >> day & 1)
    return " ".join((slot.name, slot.channel.value, *([days] if slot.weekdays != EVERY_DAY else [])))


def ladder_cell(ladder: Ladder) -> str:
    """A ladder as a table writes it."""
    return ladder_text(ladder).replace(",", " ")


def yes_cell(answer: bool | None) -> str:
    """Yes, no, or nothing."""
    return "" if answer is None else YES[0] if answer else NO[0]


def cells_of(plan: Plan, person: Person, building: str, contacts: str, agreed: str) -> tuple[str, ...]:
    """One person's row, in the order of the columns."""
    return (
        person.name,
        person.telephone or "",
        building,
        person.door or "",
        person.language.value,
        slots_cell(plan.slots),
        str(plan.grace_minutes),
        " ".join(map(str, plan.nudges)) or NO[0],
        str(plan.early_minutes),
        ladder_cell(plan.ladder),
        yes_cell(plan.may_enter),
        plan.notes or "",
        contacts,
        agreed,
        plan.state.value,
    )


# --- what is said ---


@dataclass(frozen=True)
class RosterView:
    """Everybody who is cared for in a place: a row of cells each, in the order of the columns."""

    place: str
    rows: tuple[tuple[str, ...], ...]
    now: datetime


@dataclass(frozen=True)
class Roster(Notice):
    """To a coordinator: the table of this place as it stands, as a file."""

    priority = Priority.ANSWER
    area_id: int


@dataclass(frozen=True)
class AskRoster(Notice):
    """To a coordinator: please send the table of this place."""

    priority = Priority.ANSWER
    area_id: int


@dataclass(frozen=True)
class RosterComing(Notice):
    """The table is here and is being read."""

    priority = Priority.ANSWER


@dataclass(frozen=True)
class RosterKept(Notice):
    """Everybody of the table is in: so many new, so many changed."""

    priority = Priority.ANSWER
    added: int
    changed: int


@dataclass(frozen=True)
class RosterRefused(Notice):
    """Nothing was imported: the first faults as "line:column:problem", comma-separated, and how many more there are."""

    priority = Priority.ANSWER
    faults: str
    more: int

    @classmethod
    def of(cls, faults: list[RosterFault]) -> "RosterRefused":
        """A notice of these faults."""
        shown = (f"{fault.line}:{fault.column}:{fault.problem.value}" for fault in faults[:FAULTS_SHOWN])
        return cls(",".join(shown), max(0, len(faults) - FAULTS_SHOWN))

    def parsed(self) -> list[RosterFault]:
        """The faults that it names."""
        parts = (part.split(":") for part in self.faults.split(",") if part)
        return [RosterFault(int(line), column, Problem(problem)) for line, column, problem in parts]


@dataclass(frozen=True)
class RosterLost(Notice):
    """The file could not be had from Telegram, or is too large: nothing was imported."""

    priority = Priority.ANSWER
    too_large: bool
