"""A month with everything in it, counted by hand; as text, as a picture, as tables; by place; for who is in charge only."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from bot import papers
from bot.domain.figures import Bar, Picture, Sheet, Spread, Tally, Visits, Workbook
from bot.domain.people import Role
from bot.services import figures
from bot.storage import history
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import cared_for
from tests.journeys.conftest import Town, told

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: str, clock: str) -> int:
    """That moment in Shanghai, as it is kept."""
    return int(datetime.fromisoformat(f"2026-{day} {clock}").replace(tzinfo=SHANGHAI).timestamp())


@dataclass
class Writer:
    """Writes what happened straight into the tables. `people` are (person, plan, where they live) by name."""

    tx: Transaction
    bot_id: int
    people: dict[str, tuple[int, int, int]]
    numbers: Iterator[int]

    def put(self, table: str, **values: object) -> int:
        """One row; its number."""
        values = {"id": next(self.numbers), **values}
        names, places = ", ".join(values), ", ".join(f":{name}" for name in values)
        self.tx.run(f"INSERT INTO {table} ({names}) VALUES ({places})", values)
        return int(str(values["id"]))

    def checkin(self, name: str, day: str, slot: int, state: str, answer: str | None = None, **more: object) -> int:
        """A check-in that was due an hour after its slot."""
        person, plan, area = self.people[name]
        asked = at(day, f"{slot // 60:02}:{slot % 60:02}")
        values = {
            "plan_id": plan,
            "person_id": person,
            "area_id": area,
            "day": f"2026-{day}",
            "slot": slot,
            "channel": "chat",
            "state": state,
            "asked_at": asked,
            "due_at": asked + 3600,
            "nudges": "",
            "step": 0,
            "answer": answer,
            "answered_at": asked + 300 if answer else None,
        }
        return self.put("checkins", **{**values, **more})

    def alert(self, name: str, cause: str, opened: int, told_at: int | None, **more: object) -> int:
        """An alert that has ended, and whom it told."""
        person, _, area = self.people[name]
        values = {
            "bot_id": self.bot_id,
            "person_id": person,
            "area_id": area,
            "cause": cause,
            "state": "closed",
            "opened_at": opened,
            "ladder": "0:duty",
            "rung": 0,
            "gap_minutes": 0,
            "drill": 0,
        }
        number = self.put("alerts", **{**values, **more})
        self.event(number, opened, "raised", after=cause)
        if told_at is not None:
            other = next(one for one, _, _ in self.people.values() if one != person)
            row = {"id": number, "person": other, "at": told_at}
            self.tx.run(
                "INSERT INTO alert_people (alert_id, person_id, told_at, rung) VALUES (:id, :person, :at, 'duty')", row
            )
            self.event(number, opened, "rung", before="duty", after="1")
        return number

    def event(self, alert: int, when: int, event: str, **more: object) -> None:
        """Something happened to an alert."""
        self.put("history", at=when, subject=f"alert:{alert}", event=event, **more)

    def round(
        self, name: str, day: str, slot: int, channel: str, place: int, *found: tuple[int, str | None, str]
    ) -> None:
        """A list that somebody walked or rang: (check-in, what was found, tries)."""
        values = {
            "bot_id": self.bot_id,
            "area_id": place,
            "holder_id": self.people[name][0],
            "day": f"2026-{day}",
            "slot": slot,
            "channel": channel,
            "due_at": 0,
            "offered_half": 0,
        }
        number = self.put("knock_lists", **values)
        for checkin, what, tries in found:
            row = {"checkin": checkin, "list": number, "tries": tries, "found": what}
            self.tx.run(
                "INSERT INTO knocks (checkin_id, list_id, tries, found) VALUES (:checkin, :list, :tries, :found)", row
            )

    def duty(self, name: str, place: int, since: int, until: int) -> None:
        """Somebody was on duty."""
        watch = {
            "bot_id": self.bot_id,
            "area_id": place,
            "line": 1,
            "day": "2026-02-01",
            "starts": 0,
            "ends": 0,
            "starts_at": since,
            "ends_at": until,
            "people": "",
            "passed": "",
            "state": "over",
        }
        number, person = self.put("watches", **watch), self.people[name][0]
        self.put("watch_holds", watch_id=number, area_id=place, person_id=person, from_at=since, until_at=until)


def february(write: Writer, place: int) -> None:
    """Everything that can happen in a month, and what must not be counted in it."""
    seen = write.checkin("Zhang", "02-01", 480, "answered", "well")
    cried = write.checkin("Chen", "02-01", 480, "answered", "help")
    silent = write.checkin("Sun", "02-01", 480, "alert")
    late = write.checkin("Zhang", "02-02", 480, "alert", "well", answered_at=at("02-02", "09:06"))
    write.checkin("Chen", "02-02", 480, "not_asked")
    write.checkin("Sun", "02-02", 480, "excused")
    spoke = write.checkin("Sun", "02-28", 1080, "answered", "sign")
    media = {"bot_id": write.bot_id, "person_id": write.people["Sun"][0], "kind": "voice", "file_id": "", "told": ""}
    write.put("media", **media, subject=f"checkin:{spoke}", sent_at=0, state="waits")
    write.checkin("Zhang", "01-31", 480, "answered", "well")
    write.checkin("Zhang", "03-01", 480, "answered", "well")

    fallen = write.alert("Sun", "missed", at("02-01", "09:00") + 50, at("02-01", "09:01"), outcome="fallen")
    write.event(fallen, at("02-01", "09:07"), "taken", after="taken", actor_id=write.people["Zhang"][0])
    write.event(fallen, at("02-01", "09:37"), "fallen", after="closed", actor_id=write.people["Zhang"][0])
    ill = write.alert("Chen", "help", at("02-01", "08:10"), at("02-01", "08:10"), outcome="ill")
    write.event(ill, at("02-01", "08:12"), "taken", after="taken", actor_id=write.people["Zhang"][0])
    write.event(ill, at("02-01", "08:30"), "ill", after="closed", actor_id=write.people["Zhang"][0])
    answered = write.alert("Zhang", "missed", at("02-02", "09:00") + 30, at("02-02", "09:01"), outcome="answered_late")
    write.event(answered, at("02-02", "09:06"), "answered late", after="closed", actor_id=write.people["Zhang"][0])
    untold = write.alert("Zhang", "call_me", at("02-10", "10:00"), None, outcome="well_forgot", reason="forgot")
    write.event(untold, at("02-10", "10:30"), "well_forgot", after="closed", actor_id=write.people["Sun"][0])
    write.alert("Sun", "help", at("02-11", "10:00"), at("02-11", "10:00"), outcome="ill", drill=1)
    write.alert("Sun", "help", at("03-01", "10:00"), at("03-01", "10:00"), outcome="ill")

    write.round("Zhang", "02-01", 480, "knock", place, (seen, "seen", ""))
    write.round("Chen", "02-01", 480, "knock", place, (silent, "away", ""))
    write.round("Zhang", "02-02", 480, "knock", place, (late, "spoken", ""))
    write.round("Sun", "02-01", 480, "call", place, (cried, None, "1769904000"), (spoke, None, ""))

    write.duty("Zhang", place, at("01-31", "20:00"), at("02-01", "08:00"))
    write.duty("Chen", place, at("02-05", "08:00"), at("02-05", "20:00"))
    write.duty("Sun", place, at("02-28", "20:00"), at("03-01", "04:00"))


async def a_month(town: Town, wang: Phone) -> tuple[int, int]:
    """Three people are cared for, and February was written; the numbers of the community and of Sun."""
    people = {name: await town.person(await cared_for(town, wang, name)) for name in ("Zhang", "Chen", "Sun")}
    place, buildings = await town.area_id("c1"), {"Zhang": "b1", "Chen": "b2", "Sun": "b3"}
    lives = {name: await town.area_id(code) for name, code in buildings.items()}

    def write(tx: Transaction) -> None:
        plans = {row["person_id"]: row["id"] for row in tx.all("SELECT id, person_id FROM plans")}
        known = {name: (one.id, plans[one.id], lives[name]) for name, one in people.items()}
        february(Writer(tx, town.program.home.bot_id, known, count(5_000_000)), place)

    await town.write(write)
    return place, people["Sun"].id


async def test_every_figure_of_a_month_is_what_was_counted_by_hand(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    place, _ = await a_month(town, wang)
    home, now = town.program.home, town.clock.now()
    month = figures.month_of(202602, home, now)
    found = await town.read(lambda tx: figures.count(tx, home, place, month, now=now))
    assert found.tally == Tally(on_time=1, calling=1, late=1, missed=1, unheard=1, waiting=0, not_asked=1)
    assert (found.tally.asked, found.tally.in_time) == (5, 2)
    assert [(day.day, tally.asked) for day, tally in found.days] == [(1, 3), (2, 1), (28, 1)]
    assert (found.alerts, found.activations, found.ill_or_injured) == (4, 3, 2)
    # From due: 2, 7 and 30 minutes until somebody went; 6, 20, 30 and 37 until it was known how they are.
    assert found.to_human == Spread(7, 30, 30)
    assert found.to_outcome == Spread(20, 37, 37)
    assert dict(found.outcomes) == {"fallen": 1, "ill": 1, "answered_late": 1, "well_forgot": 1}
    assert dict(found.causes) == {"missed": 2, "help": 1, "call_me": 1}
    assert dict(found.reasons) == {"forgot": 1}
    assert found.visits == Visits(knocked=3, rung=1, knock_rounds=2, call_rounds=1)
    assert found.duty_hours == 8 + 12 + 4
    parts = {part.name: (part.tally.asked, part.alerts) for part in found.parts}
    assert parts == {"第一网格": (3, 3), "第二网格": (2, 1)}


async def test_a_month_is_read_by_place_and_an_earlier_one_by_a_tap(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    await a_month(town, wang)
    await wang.sends("/month")
    await wang.reads("3/2026 in")
    await wang.presses("‹ 2/2026")
    await wang.reads("2/2026 in 幸福社区")
    shown = next(one.text for one in wang.screen() if "2/2026" in one.text)
    assert "answered in time 2, late 1, missed 1" in shown
    assert "waiting to be heard or seen: 1" in shown
    assert "knock rounds 2, doors knocked at 3" in shown
    assert "call rounds 1, people rung 1" in shown
    assert "until somebody went: median 7 min, nine of ten 30 min, longest 30 min" in shown
    assert "📍 第一网格: asked 3, in time 2, late 1, missed 0, alerts 3" in shown
    await wang.presses("📍 第二网格")
    await wang.reads("2/2026 in 幸福社区 第二网格")
    await town.quiet()
    assert told(wang, "answered in time 0, late 0, missed 1")
    await wang.presses("▲ Above")
    await town.quiet()
    assert told(wang, "24 hours on duty")


async def test_a_month_comes_as_a_picture_and_as_tables_and_that_is_written_down(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    place, sun = await a_month(town, wang)
    await wang.sends("/month")
    await wang.reads("3/2026 in")
    await wang.presses("‹ 2/2026")
    await wang.reads("2/2026 in 幸福社区")
    await wang.presses("📊 As a picture")
    await wang.reads("There is no name in it")
    assert any(shown.kind == "photo" for shown in wang.screen())
    await wang.presses("📗 As a workbook")
    await wang.reads("📗 2/2026")
    await wang.presses("📄 As plain tables")
    await wang.reads("📄 Duty, 2/2026")
    await town.quiet()
    files = {
        stored.name: town.sandbox.world.files.contents[key] for key, stored in town.sandbox.world.files.files.items()
    }
    assert set(files) >= {"2026-02.xlsx", "2026-02-days.csv", "2026-02-alerts.csv", "2026-02-duty.csv"}
    assert files["2026-02-days.csv"].startswith(b"\xef\xbb\xbf")
    days = rows(files["2026-02-days.csv"])
    assert days[1] == ["2026-02-01", "第一网格", "2", "2", "1", "0", "0", "0", "0", "0", "1", "1"]
    alerts = rows(files["2026-02-alerts.csv"])
    assert len(alerts) == 1 + 4
    fallen = next(row for row in alerts if "Had fallen" in row)
    assert fallen[1:3] == ["第二网格", str(sun)], "no house, no name"
    assert fallen[4:6] == ["2026-02-01 09:00", "2026-02-01 09:00"]
    assert fallen[10:14] == ["7", "37", "whoever is on duty", "1"]
    duty = rows(files["2026-02-duty.csv"])
    assert [row[5] for row in duty[1:]] == ["8.0", "12.0", "4.0"]
    everything = b"".join(files[name] for name in files if name.endswith(".csv")).decode()
    assert not any(name in everything for name in ("Zhang", "Chen", "Sun,"))
    events = await town.read(lambda tx: [event.event for event in history.of(tx, f"month:{place}")])
    assert events == ["picture sent", "workbook sent", "tables sent"]


async def test_nobody_else_gets_a_months_files(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    place, _ = await a_month(town, wang)
    message = next(shown for shown in sunny.screen() if not shown.mine)
    for code in ("jp", "jx", "jc", "jq"):
        toast = await sunny.taps_code(f"{code}:{place}:202602", message)
        assert toast
        assert toast.alert, code
    await town.quiet()
    assert await town.read(lambda tx: history.of(tx, f"month:{place}")) == []


def rows(content: bytes) -> list[list[str]]:
    """A table as any program reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


WILD = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")', "a,b", '"', "张奶奶\n二", "https://example.org")


def test_no_cell_is_a_formula_whatever_a_place_is_called() -> None:
    sheet = Sheet("Days", ("=a", "b"), (*((word, 4711) for word in WILD), ("", None)))
    read = rows(papers.render(sheet))
    assert [row[0] for row in read[1:7]] == [f"'{word}" for word in WILD[:6]]
    assert [row[0] for row in read[7:11]] == list(WILD[6:])
    assert all(row[1] == "4711" for row in read[1:11]), "a number stays a number"
    with ZipFile(io.BytesIO(papers.render(Workbook((sheet, Sheet("预警", (), ())))))) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert page.count("<v>4711</v>") == len(WILD)


@pytest.mark.parametrize("days", [0, 1, 28, 31])
def test_a_picture_is_a_page_as_wide_as_a_small_phone_whatever_is_in_it(days: int) -> None:
    wild = '#panic("x") *bold* ] ) $1$ \\ `x` <label> @ref 😀 张奶奶'
    bars = tuple(Bar(str(day), day * 900, day % 3, day % 2) for day in range(days))
    made = papers.render(Picture("zh", wild, wild, ((wild, wild),) * 6, wild, (wild, wild, wild), bars, (wild,)))
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20], "big") == 3 * 360
