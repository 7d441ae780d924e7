"""In charge of one's data: who saw it, a file of all of it, and being forgotten so that nothing is left, nor comes back."""

import asyncio
import json
import re
import shutil
from pathlib import Path

from bot.domain.alerts import Cause
from bot.domain.needs import State
from bot.domain.people import Role
from bot.services import alerts as alert_cases
from bot.storage import alerts, erasures, failures, history, persons, plans, schema
from bot.storage.database import Transaction
from bot.storage.plans import Contact
from sandbox import Phone
from scheduler.housekeeping import Housekeeper
from tests.care.enrolled import cared_for
from tests.care.shifts import on_duty
from tests.journeys.conftest import Town, told
from tests.journeys.test_closing import done

SEALED = re.compile(r"^\w+\.[A-Za-z0-9+/=]{38,}$")


def tables(tx: Transaction) -> dict[str, list[dict[str, object]]]:
    """Every table with every row."""
    return {name: [dict(row) for row in tx.all(f"SELECT * FROM {name}")] for name in schema.metadata.tables}


def every_word(tx: Transaction) -> list[str]:
    """Every value of every table, opened where it is sealed."""
    found = []
    for table, rows in tables(tx).items():
        for row in rows:
            for column, value in row.items():
                text = str(value)
                found.append(tx.vault.open(f"{table}.{column}", text) if SEALED.match(text) else text)
    return found


def sealed_values(tx: Transaction) -> set[str]:
    """Every sealed value, as it stands in the file."""
    return {
        str(value) for rows in tables(tx).values() for row in rows for value in row.values() if SEALED.match(str(value))
    }


async def forgets(phone: Phone) -> None:
    """Said twice."""
    await phone.sends("/forget")
    await phone.reads("要我忘记您吗")
    await phone.presses("请忘记我")
    await phone.reads("真的吗")
    await phone.presses("永远忘记我")
    await phone.reads("已经忘记您了")


async def forgets_in_english(phone: Phone) -> None:
    """The same in English."""
    await phone.sends("/forget")
    await phone.reads("Shall I forget you?")
    await phone.presses("Forget me")
    await phone.reads("Really?")
    await phone.presses("forget me for good")
    await phone.reads("You are forgotten")


# --- what is known, and who saw it ---


async def test_who_saw_it_is_shown_in_pages_and_the_contact_can_be_taken_back(town: Town) -> None:
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await done(town, zhang, li)
    who, helper = (await town.person(zhang)).id, (await town.person(li)).id

    def shown(tx: Transaction) -> None:
        for number in range(100, 123):
            history.disclosed(tx, viewer_id=helper, person_id=who, subject=f"need:{number}", now=town.clock.now())
        history.disclosed(tx, viewer_id=helper, person_id=who, subject="sheet:1", now=town.clock.now())

    await town.write(shown)
    await zhang.sends("/me")
    card = await zhang.reads("看过您门牌和电话的人")
    assert card.text.count("小李") == 5
    assert "打印的名单" in card.text
    await zhang.presses("所有看过的人")
    for _ in range(2):
        await town.quiet()
        await zhang.presses("更早的")
    await town.quiet()
    assert zhang.sees("（#1）")
    await zhang.sends("/me")
    await zhang.reads("2单元301")
    await zhang.presses("删掉门牌电话")
    await town.quiet()
    person = await town.person(zhang)
    assert (person.door, person.telephone) == (None, None)
    await zhang.presses("语言")
    await zhang.reads("我跟您说中文")
    await zhang.presses("English")
    await town.quiet()
    await zhang.sends("/me")
    await zhang.reads("Who saw your door and telephone")


async def test_everything_that_is_known_comes_as_two_files(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await town.helper("小李")
    zhang = await cared_for(town, wang, "Zhang")
    chen = await town.resident("陈爷爷")
    await done(town, chen, li, "陈爷爷的灯坏了")
    for phone, words in ((zhang, "Everything that I know of you"), (chen, "我知道的关于您的一切")):
        await phone.sends("/export")
        await phone.reads(words)
        await town.quiet()
    shelf = town.sandbox.world.files
    kept = [shelf.contents[unique_id] for unique_id in shelf.files]
    assert sum(content.startswith(b"%PDF-") for content in kept) == 2
    records = [json.loads(content) for content in kept if content.startswith(b"{")]
    assert len(records) == 2
    theirs = next(one for one in records if one["person"][0]["name"] == "Zhang")
    mine = next(one for one in records if one["person"][0]["name"] == "陈爷爷")
    assert theirs["care"][0]["state"] == "active"
    assert mine["requests"][0]["text"] == "陈爷爷的灯坏了"
    assert mine["person"][0]["telephone"] == "+8613800138000"
    assert mine["showings"][0]["name"] == "小李"
    assert "陈爷爷" not in json.dumps(theirs, ensure_ascii=False), "nobody reads of others"


# --- being forgotten ---


async def test_nothing_is_left_of_somebody_who_is_forgotten(town: Town, kind: str, database_url: str) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    await done(town, zhang, li, "厨房的灯坏了")
    await zhang.presses("不对")
    await zhang.reads("写")
    await zhang.sends("还是不亮")
    await town.quiet()
    number = await town.asks(zhang, "想有人陪我聊天", None)
    await zhang.sends("写了一半的话")
    await zhang.reads("这样写对吗")
    await town.quiet()
    who, user = await town.person(zhang), zhang.id

    def failed(tx: Transaction) -> None:
        body = json.dumps({"message": {"from": {"id": user}, "text": "没处理好的话"}}, ensure_ascii=False)
        failures.record(tx, place="update", subject="update:1", body=body, error="made", now=town.clock.now())
        other = json.dumps({"message": {"from": {"id": 5}, "text": "别人的话"}}, ensure_ascii=False)
        failures.record(tx, place="update", subject="update:2", body=other, error="made", now=town.clock.now())

    await town.write(failed)
    sealed = await town.read(sealed_values)
    await forgets(zhang)
    await town.quiet()
    words = await town.read(every_word)
    secrets = ("张奶奶", "2单元301", "13800138000", "灯坏了", "还是不亮", "陪我聊天", "写了一半", "没处理好", str(user))
    # The last words are on their way through the outbox, by the number of the chat; housekeeping takes that too.
    town.clock.advance(60)
    keeper = Housekeeper(town.program.database, town.clock)
    await keeper.tick()
    words = await town.read(every_word)
    assert [secret for secret in secrets if any(secret in word for word in words)] == []
    assert any("别人的话" in word for word in words), "somebody else's is not touched"
    rest = await town.read(tables)
    assert len([row for row in rest["needs"] if row["person_id"] == who.id]) == 2, "counts remain"
    assert (await town.need(number)).state is State.CANCELLED
    assert await town.read(lambda tx: persons.get(tx, who.id).name) == "邻居"
    for phone in (wang, li):
        await town.quiet()
        assert not told(phone, "陪我聊天"), "cards are drawn again"
    await town.write(lambda tx: tx.run("DELETE FROM failures"))
    gone = sealed - await town.read(sealed_values)
    assert len(gone) > 8
    if kind == "sqlite":
        await keeper.tick()
        path = Path(database_url.removeprefix("sqlite:///"))
        kept = b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
        assert [value for value in gone if value.encode() in kept] == [], "not even as it was sealed, beside the file"
    # Whoever writes again is somebody new.
    await zhang.sends("/start")
    await zhang.reads("您好")
    assert (await town.person(zhang)).id != who.id


async def test_whoever_holds_something_is_told_what_to_hand_over_first(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await town.quiet()
    await li.sends("/forget")
    await li.reads(f"您接了 #{number}")
    await wang.sends("/forget")
    await wang.reads("只有您一位协调员")
    helper, home = (await town.person(li)).id, town.program.home
    resident, coordinator = (await town.person(zhang)).id, (await town.person(wang)).id
    alert = await town.write(lambda tx: alert_cases.raise_alert(tx, home, resident, Cause.HELP, now=town.clock.now()))
    await town.quiet()
    await zhang.sends("/forget")
    await zhang.reads("现在有人在看您是否平安")
    await town.helper("刘姐", Role.COORDINATOR)
    await wang.sends("/forget")
    await wang.reads("要我忘记您吗")
    actor = await town.read(lambda tx: persons.actor(tx, persons.get(tx, helper)))
    await town.write(lambda tx: alerts.tell(tx, alert.id, helper, alert.ladder[0].whom, town.clock.now()))
    await town.write(lambda tx: alert_cases.take(tx, actor, alert.id, now=town.clock.now()))
    await li.sends("/forget")
    await li.reads(f"您在处理预警 #{alert.id}")
    # What is confirmed twice is judged by how things stand then.
    await wang.presses("请忘记我")
    await wang.reads("真的吗")
    others = "DELETE FROM roles WHERE role = 'coordinator' AND person_id <> :id"
    await town.write(lambda tx: tx.run(others, {"id": coordinator}))
    await wang.presses("永远忘记我")
    await town.quiet()
    assert await town.read(lambda tx: persons.get(tx, coordinator).name) == "王姐"


async def test_an_old_button_forgets_nobody(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("/forget")
    await zhang.reads("要我忘记您吗")
    await zhang.presses("请忘记我")
    await zhang.reads("真的吗")
    await town.quiet()
    await town.passes(hours=2)
    await zhang.presses("永远忘记我")
    await zhang.reads("要我忘记您吗")
    await zhang.presses("不，都留着")
    await town.quiet()
    assert (await town.person(zhang)).name == "张奶奶"


async def test_whoever_was_to_be_remembered_is_remembered_by_another_coordinator(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    liu = await town.helper("Liu", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await wang.presses("Away for some days")
    await town.quiet()
    await wang.presses("travelling")
    await wang.reads("For how long?")
    await wang.presses("3 days")
    await town.quiet()
    await forgets_in_english(wang)
    await town.passes(hours=40)  # the evening before the last day
    await town.passes(hours=10)
    await liu.reads("Zhang is asked again. Back by then?")
    await zhang.reads("Are you back by then?")


async def test_a_voice_note_and_a_name_are_gone_from_whoever_opened_it(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)  # 18:00
    await zhang.reads("Are you well?")
    await zhang.sends_voice()
    await li.reads("Zhang answered with a voice note")
    await li.presses("All is well")
    await li.reads("Opened by Li")
    await town.quiet()
    await wang.sends("/today")
    await town.quiet()
    await forgets_in_english(zhang)
    await town.quiet()
    assert not told(li, "Zhang answered")
    for name in ("media", "contacts", "wellbeing"):
        assert (await town.read(tables))[name] == []


async def test_two_quick_taps_forget_once(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    who = await town.person(zhang)
    await zhang.sends("/forget")
    await zhang.reads("要我忘记您吗")
    await zhang.presses("请忘记我")
    card = await zhang.reads("真的吗")
    code = card.buttons[0][0]["callback_data"]
    await asyncio.gather(zhang.taps_code(code, card), zhang.taps_code(code, card))
    await zhang.reads("已经忘记您了")
    await town.quiet()
    marks = await town.read(lambda tx: erasures.noted_after(tx, 0))
    assert len(marks) == 1
    assert await town.read(lambda tx: erasures.is_forgotten(tx, who.id))


async def test_a_claim_and_the_wish_to_be_forgotten_at_the_same_moment(town: Town) -> None:
    """Whichever comes first, nobody is left with a helper who does not exist."""
    await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    number = await town.asks(zhang, "灯坏了")
    offer = await li.reads("灯坏了")
    await li.sends("/forget")
    await li.reads("要我忘记您吗")
    await li.presses("请忘记我")
    last = await li.reads("真的吗")
    await town.quiet()
    claim, good = offer.buttons[0][0]["callback_data"], last.buttons[0][0]["callback_data"]
    await asyncio.gather(li.taps_code(claim, offer), li.taps_code(good, last))
    await town.quiet()
    need = await town.need(number)
    forgotten = need.claimed_by is None
    assert forgotten == bool(await town.read(lambda tx: erasures.noted_after(tx, 0)))
    assert need.state is (State.OPEN if forgotten else State.CLAIMED)


async def test_care_ends_first_and_whoever_leant_on_somebody_hears(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang, chen = await cared_for(town, wang, "Zhang"), await cared_for(town, wang, "Chen")
    first, second = (await town.person(zhang)).id, (await town.person(chen)).id

    def leans(tx: Transaction) -> None:
        plan = plans.of_person(tx, first)
        assert plan is not None
        plans.add_contact(tx, plan.id, Contact("Chen", "friend", None, second))

    await town.write(leans)
    await li.sends("/forget")
    await li.reads("you are on duty")
    await chen.sends("/forget")
    await chen.reads("Nobody would ask any more whether you are well")
    await chen.presses("No, keep everything")
    await town.quiet()
    await forgets_in_english(chen)
    await wang.reads("has asked to be forgotten and is asked no more")
    await wang.reads("A neighbour or contact of Zhang has left")
    assert await town.read(lambda tx: plans.of_person(tx, second)) is None
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    assert not told(chen, "Good evening")
    assert not chen.keyboard()


# --- and after a restore ---


async def test_a_restored_backup_forgets_them_again(town: Town, kind: str, database_url: str, tmp_path: Path) -> None:
    await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    zhang = await town.resident("张奶奶")
    chen = await town.resident("陈爷爷")
    number = await town.asks(zhang, "灯坏了")
    await li.reads("灯坏了")
    await town.quiet()
    who, helper = await town.person(zhang), await town.person(li)
    backup: dict[str, list[dict[str, object]]] = await town.read(tables)
    if kind == "sqlite":
        await town.sleeps()
        path = Path(database_url.removeprefix("sqlite:///"))
        shutil.copy(path, tmp_path / "backup")
        await town.wakes()
    await forgets(zhang)
    await town.quiet()
    await town.sleeps()
    kept = town.settings.erasures.read_text(encoding="utf-8")
    assert re.fullmatch(r"\S+ [0-9a-f]{64}\n", kept), "keyed hashes only"
    if kind == "sqlite":
        for part in path.parent.glob(f"{path.name}-*"):
            part.unlink()
        shutil.copy(tmp_path / "backup", path)
        await town.wakes()
    else:
        await town.wakes()
        await town.write(lambda tx: _as_before(tx, who.id, backup))
        await town.sleeps()
        await town.wakes()
    await town.quiet()
    assert await town.read(lambda tx: persons.get(tx, who.id).name) == "邻居"
    assert (await town.need(number)).text == "…"
    assert await town.read(lambda tx: erasures.is_forgotten(tx, who.id))
    assert (await town.person(chen)).name == "陈爷爷"
    assert (await town.person(li)).id == helper.id
    with town.settings.erasures.open("a", encoding="utf-8") as log:
        log.write("2026-03-02T00:00:00+00:00 abc")  # a power cut
    await town.sleeps()
    await town.wakes()
    assert await town.program.erasures.apply_again(town.program.home, town.clock.now()) == 0


def _as_before(tx: Transaction, person_id: int, backup: dict[str, list[dict[str, object]]]) -> None:
    """What a restore of PostgreSQL brings back of one person: their row, their chat, their need."""
    tx.run("DELETE FROM erasures")
    person = next(row for row in backup["persons"] if row["id"] == person_id)
    tx.run("UPDATE persons SET name = :name, door = :door, building_id = :building_id WHERE id = :id", person)
    account = next(row for row in backup["accounts"] if row["person_id"] == person_id)
    tx.run("INSERT INTO accounts (bot_id, user_id, person_id) VALUES (:bot_id, :user_id, :person_id)", account)
    need = next(row for row in backup["needs"] if row["person_id"] == person_id)
    tx.run("UPDATE needs SET text = :text, state = :state, act_at = :act_at WHERE id = :id", need)


def test_every_table_that_knows_people_is_thought_of() -> None:
    """A new table that hangs on a person is looked at here before it can be forgotten to forget."""
    hanging = {
        table.name
        for table in schema.metadata.tables.values()
        if any(key.column.table.name == "persons" for key in table.foreign_keys)
    }
    handled = {table for table, _ in erasures.FORGETS} | {"persons"}
    assert hanging - handled == erasures.COUNTS
