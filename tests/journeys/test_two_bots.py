"""Two bots in one town: people who use one of them only are asked, claim, talk and hear each other all the same."""

import asyncio
import secrets
from dataclasses import replace
from functools import partial

import pytest

from bot.app import poster_links
from bot.domain.alerts import Cause
from bot.domain.checkins import CheckInState
from bot.domain.needs import State
from bot.domain.notices import QuestionClosed
from bot.domain.people import Role
from bot.domain.plans import Channel
from bot.domain.posters import languages_in
from bot.services import alerts, bots, erasures, parcels, posters, telling, visitors
from bot.storage import checkins, needs, persons
from bot.storage.database import Transaction
from bot.texts.posters import book
from sandbox.accounts import BotAccount
from sandbox.faults import Fault
from sandbox.phones import Phone
from scheduler.housekeeping import Housekeeper
from tests.care.enrolled import cared_for
from tests.care.shifts import here, planned
from tests.care.test_telephones import new_link
from tests.journeys.conftest import PATIENCE_SECONDS, Town, told
from tests.journeys.test_relays import newest


async def taken(town: Town, second: BotAccount) -> tuple[Phone, Phone, int]:
    """张奶奶 asked the first bot; 小李, who uses the second one only, has it."""
    li, zhang = await town.comes_to(second, "小李"), await town.resident("张奶奶")
    number = await town.asks(zhang, "厨房的灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    await li.reads("301")
    await zhang.reads("小李来帮您办")
    await town.quiet()
    return zhang, li, number


async def rows(town: Town, table: str) -> list[dict[str, object]]:
    """What stands in a table."""
    return await town.read(lambda tx: [dict(row) for row in tx.all(f"SELECT * FROM {table}")])


def of_kind(phone: Phone, kind: str) -> int:
    """How many voice notes (photos) the bot has shown on this phone."""
    return sum(shown.kind == kind and not shown.mine for shown in phone.screen())


async def test_who_uses_another_bot_is_asked_claims_talks_and_is_rated(town: Town) -> None:
    second = await town.second_bot("c1")
    zhang, li, number = await taken(town, second)
    assert (await town.need(number)).claimed_by == (await town.person_at(second, li)).id
    await zhang.sends("请带一把梯子", reply_to=newest(zhang, "小李来帮您办"))
    heard = await li.reads("请带一把梯子")
    await li.sends("好的，梯子我有", reply_to=heard)
    await zhang.reads("梯子我有")
    await town.quiet()
    await li.presses("✅ 办好了")
    await zhang.reads("您看可以吗")
    await zhang.presses("都好")
    await zhang.reads("帮得怎么样")
    await zhang.presses("⭐⭐⭐⭐⭐")
    await town.quiet()
    assert (await town.need(number)).state is State.CLOSED
    assert not told(town.phone_at(li, town.sandbox.bot), "灯坏了"), "a bot that they never opened says nothing"


async def test_what_one_bot_was_sent_another_shows_once_carried_over(town: Town) -> None:
    second = await town.second_bot("c1")
    zhang, li, _ = await taken(town, second)
    sound = b"OggS" + secrets.token_bytes(600_000)
    await zhang.sends_voice(content=sound, reply_to=newest(zhang, "小李来帮您办"))
    heard = await li.reads("张奶奶，关于需求")
    assert heard.kind == "voice"
    assert heard.protected
    assert list(town.sandbox.world.files.contents.values()).count(sound) == 2, "to the last byte, in several pieces"
    await li.sends_photo("就是这盏灯", reply_to=heard)
    assert (await zhang.reads("就是这盏灯")).kind == "photo"
    await town.quiet()
    assert await rows(town, "parcel_pieces") == [], "once it has its own name the bytes are forgotten"
    assert await rows(town, "parcels") == []
    names = await rows(town, "parcel_names")
    assert {row["bot_id"] for row in names} == {town.sandbox.bot.id, second.id}
    assert all("AQAD" not in str(row["file_id"]) for row in names), "sealed"


async def test_a_file_is_fetched_and_uploaded_once_a_bot(town: Town) -> None:
    second = await town.second_bot("c1")
    zhang = await town.resident("张奶奶")
    li, zhao = await town.comes_to(second, "小李"), await town.comes_to(second, "小赵")
    await zhang.sends_photo("厨房的灯坏了")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await zhang.reads("门牌号")
    await zhang.sends("2单元301 13800138000")
    await zhang.reads("已经发出")
    await town.quiet()
    for phone in (li, zhao, li):
        await phone.presses("1 张照片")
        await phone.reads("需求 #")
        await town.quiet()
    assert (of_kind(li, "photo"), of_kind(zhao, "photo")) == (2, 1)
    assert len(town.sandbox.calls_of("getFile")) == 1
    assert len(await rows(town, "parcel_names")) == 1
    assert await rows(town, "parcel_pieces") == []


async def test_what_telegram_does_not_give_comes_as_words_and_holds_up_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "AGAIN_SECONDS", 0.5)
    second = await town.second_bot("c1")
    zhang, li, _ = await taken(town, second)
    fault = town.sandbox.faults.add(Fault("500", method="getFile", times=None))
    claimed = newest(zhang, "小李来帮您办")
    await zhang.sends_voice(reply_to=claimed)
    await zhang.sends("请带一把梯子", reply_to=claimed)
    await li.reads("请带一把梯子")
    assert (await li.reads("张奶奶，关于需求")).kind == "text"
    assert of_kind(li, "voice") == 0
    town.sandbox.faults.remove(fault.id)


async def test_whoever_is_forgotten_leaves_no_bytes_and_no_names_of_them(town: Town) -> None:
    second = await town.second_bot("c1")
    zhang, li, _ = await taken(town, second)
    li.refuses_voice()
    await zhang.sends_voice(reply_to=newest(zhang, "小李来帮您办"))
    await li.reads("张奶奶，关于需求")
    await town.quiet()
    sealed = await rows(town, "parcel_pieces")
    assert sealed, "what could not be sent lies here until somebody takes it or a day is over"
    assert all("OggS" not in str(row["piece"]) for row in sealed)
    assert len(await rows(town, "parcel_names")) == 1
    person = await town.person(zhang)

    def erase(tx: Transaction) -> None:
        erasures.erase(tx, town.program.home, persons.actor(tx, person), now=town.clock.now())

    await town.write(erase)
    for table in ("parcels", "parcel_pieces", "parcel_names", "media"):
        assert await rows(town, table) == [], table


async def test_bytes_that_nobody_took_are_forgotten_after_a_day(town: Town) -> None:
    second = await town.second_bot("c1")
    zhang, li, _ = await taken(town, second)
    li.refuses_voice()
    await zhang.sends_voice(reply_to=newest(zhang, "小李来帮您办"))
    await li.reads("张奶奶，关于需求")
    await town.quiet()
    keeper = Housekeeper(town.program.database, town.clock)
    town.clock.advance(23 * 3600)
    await keeper.tick()
    assert await rows(town, "parcel_pieces")
    town.clock.advance(2 * 3600)
    await keeper.tick()
    for table in ("parcels", "parcel_pieces", "parcel_names"):
        assert await rows(town, table) == [], table
    assert await rows(town, "media"), "what it is of stays as long as it did"


async def test_a_photo_at_the_door_is_shown_by_the_residents_bot(town: Town) -> None:
    second = await town.second_bot("c1")
    zhang, li, _ = await taken(town, second)
    await li.presses("✅ 办好了")
    await li.reads("不填也可以")
    await li.presses("📷")
    await li.reads("请现在发照片")
    await li.sends_photo("灯亮了")
    assert (await zhang.reads("灯亮了")).kind == "photo"


async def test_a_face_that_one_bot_was_given_is_shown_by_another(town: Town) -> None:
    second = await town.second_bot("c1")
    li, zhang = await town.comes_to(second, "小李"), await town.resident("张奶奶")
    person = await town.person_at(second, li)

    def give(tx: Transaction) -> None:
        home = replace(town.program.home, bot_id=second.id, bot_username=second.username)
        visitors.await_face(tx, persons.actor(tx, person), home, now=town.clock.now())

    await town.write(give)
    await li.sends_photo()
    await li.reads("就会看到这张照片")
    await town.asks(zhang, "厨房的灯坏了")
    await li.reads("灯坏了")
    await li.presses("我来帮忙")
    assert (await zhang.reads("小李来帮您办")).kind == "photo"


# --- life ---


async def test_a_voice_note_to_one_bot_is_heard_by_who_is_on_duty_at_another(town: Town) -> None:
    second = await town.second_bot("c1")
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await town.comes_to(second, "Li", language="en")
    await planned(town, wang, "Li")
    await here(town, li)
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)
    await zhang.reads("Are you well?")
    await zhang.sends_voice()
    card = await li.reads("Zhang answered with a voice note")
    assert card.kind == "voice"
    await li.presses("All is well")
    await li.reads("Opened by Li")


async def test_a_ladder_reaches_its_rungs_whichever_bot_they_use(town: Town) -> None:
    second = await town.second_bot("c1")
    wang = await town.comes_to(second, "Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    li = await town.comes_to(second, "Li", language="en")
    await planned(town, wang, "Li")
    await here(town, li)
    await zhang.sends("help me")
    await li.reads("Zhang")
    await li.presses("I'll look")
    await town.quiet()
    assert told(wang, "Zhang")


async def test_a_cry_for_help_at_a_further_bot_goes_to_the_emergency_chats_through_the_first(town: Town) -> None:
    second = await town.second_bot("c1")
    wang = await town.resident("王姐")
    home = replace(town.program.home, bot_id=second.id, bot_username=second.username, emergency_chats=(wang.id,))
    zhang = await town.comes_to(second, "张奶奶")
    person = await town.person_at(second, zhang)
    place = await town.area_id("c1")
    await town.write(lambda tx: alerts.raise_alert(tx, home, person.id, Cause.HELP, now=town.clock.now(), by=None))
    await town.write(lambda tx: None)
    letters = await rows(town, "outbox")
    cards = [row for row in letters if row["chat_id"] == wang.id and row["kind"] == "AlertCard"]
    assert place
    assert [row["bot_id"] for row in cards] == [town.sandbox.bot.id]


# --- groups, and bots that are blocked ---


async def test_a_group_belongs_to_the_bot_that_is_in_it(town: Town) -> None:
    second = await town.second_bot("c1")
    boss = await town.comes_to(second, "王姐", Role.ADMINISTRATOR)
    zhang = await town.resident("张奶奶")
    group = town.sandbox.group("邻里群", (boss,))
    await boss.adds_bot(group)
    await boss.reads("这个群属于哪里")
    await boss.presses("幸福社区")
    await town.quiet()
    if not boss.sees("这里现在是", chat=group):
        await boss.presses("幸福社区的群")
    await boss.reads("这里现在是", chat=group)
    li = await town.helper("小李")
    await li.joins(group)
    number = await town.asks(zhang, "厨房的灯坏了")
    assert told(boss, "灯坏了", group)
    assert not [one for one in town.sandbox.calls_of("sendMessage", group.id) if one.bot_id == town.sandbox.bot.id]
    toast = await li.presses("我来帮忙", chat=group)
    assert toast is not None
    assert not toast.url, "whoever another bot knows is no stranger"
    await town.quiet()
    assert (await town.need(number)).claimed_by == (await town.person(li)).id
    assert told(li, "您什么时候到"), "where they are spoken to"


async def test_who_binds_a_group_may_use_another_bot_than_the_group(town: Town) -> None:
    second = await town.second_bot("c1")
    boss, zhang = await town.helper("王姐", Role.ADMINISTRATOR), await town.resident("张奶奶")
    group = town.sandbox.group("邻里群", (boss,))
    await boss.adds_bot(group, second)
    await boss.reads("这个群属于哪里")
    await boss.presses("幸福社区")
    await town.quiet()
    await boss.presses("幸福社区的群")
    await boss.reads("这里现在是", chat=group)
    await town.asks(zhang, "厨房的灯坏了")
    said = town.sandbox.calls_of("sendMessage", group.id)
    assert {one.bot_id for one in said} == {second.id}
    assert told(boss, "灯坏了", group)


async def also_at(town: Town, second: BotAccount, phone: Phone) -> Phone:
    """Somebody opens the second bot too, and goes on with the first."""
    other = town.phone_at(phone, second)
    await other.sends("/start")
    await other.reads("/help")
    town.clock.advance(1)
    await phone.sends("/start")
    await town.quiet()
    return other


async def test_who_blocks_one_bot_is_asked_through_the_other(town: Town) -> None:
    second = await town.second_bot("c1")
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    other = await also_at(town, second, li)
    number = await town.asks(zhang, "厨房的灯坏了")
    await li.reads("灯坏了")
    assert not told(other, "灯坏了"), "where they wrote last, and nowhere else"
    await li.blocks()
    await other.reads("灯坏了")
    await other.presses("我来帮忙")
    await other.reads("301")
    await town.quiet()
    assert (await town.need(number)).claimed_by == (await town.person_at(second, li)).id


async def test_a_question_comes_through_the_bot_that_is_open_and_becomes_no_knock(town: Town) -> None:
    second = await town.second_bot("c1")
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    other = await also_at(town, second, zhang)
    await town.passes(hours=9)
    await zhang.reads("Are you well?")
    await zhang.blocks()
    await other.reads("Are you well?")
    await other.presses("I'm well")
    await other.reads("Thank you")
    person = await town.person_at(second, zhang)
    asked = (await town.read(lambda tx: checkins.of_person(tx, person.id, 1)))[0]
    assert (asked.state, asked.channel) == (CheckInState.ANSWERED, Channel.CHAT)


async def test_what_one_bot_is_refused_the_other_says(town: Town) -> None:
    second = await town.second_bot("c1")
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    other = await also_at(town, second, zhang)
    town.sandbox.world.private_chat(town.sandbox.bot, zhang.id).blocked = True  # and nobody is told
    await town.passes(hours=9)
    await other.reads("Are you well?")
    assert sum("Are you well?" in shown.text for shown in other.screen()) == 1
    assert not told(wang, "knock")


async def test_what_waits_unsaid_for_a_chat_that_is_blocked_is_said_once_in_the_other(town: Town) -> None:
    second = await town.second_bot("c1")
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    other = await also_at(town, second, zhang)
    fault = town.sandbox.faults.add(Fault("429", method="sendMessage", chat_id=zhang.id, times=None, retry_after=3600))
    town.clock.advance(9 * 3600)
    await town.program.tick()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await town.read(lambda tx: tx.all("SELECT id FROM outbox WHERE holder = '~'")):
            await town.stirs()
    town.sandbox.faults.remove(fault.id)
    await zhang.blocks()
    await other.reads("Are you well?")
    await town.quiet()
    assert sum("Are you well?" in shown.text for shown in other.screen()) == 1


async def test_a_message_that_was_to_be_blanked_in_one_chat_blanks_none_in_the_other(town: Town) -> None:
    second = await town.second_bot("c1")
    li = await town.helper("小李")
    other = await also_at(town, second, li)
    town.sandbox.world.private_chat(town.sandbox.bot, li.id).blocked = True
    person, before = await town.person(li), [shown.text for shown in other.screen()]
    ours = [shown.id for shown in other.screen() if not shown.mine]

    def blank(tx: Transaction) -> None:
        for number in ours:
            closed, bot_id = QuestionClosed(number), town.sandbox.bot.id
            telling.put(tx, closed, bot_id=bot_id, chat_id=li.id, person_id=person.id, now=town.clock.now())

    await town.write(blank)
    town.program.delivery.wake()
    await town.quiet()
    assert [shown.text for shown in other.screen()][: len(before)] == before


async def test_with_no_bot_open_nobody_is_waited_for(town: Town) -> None:
    second = await town.second_bot("c1")
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    other = await also_at(town, second, li)
    await other.blocks()
    number = await town.asks(zhang, "厨房的灯坏了")
    await li.reads("灯坏了")
    await li.blocks()
    await town.quiet()
    person = await town.person(li)
    offer = await town.read(lambda tx: needs.offer_of(tx, number, person.id))
    assert offer is not None
    assert offer["answer"] == "unreachable"


async def test_an_old_telephone_speaks_for_nobody_at_any_bot(town: Town) -> None:
    second = await town.second_bot("c1")
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    old = await cared_for(town, wang, "Zhang")
    other = await also_at(town, second, old)
    person = await town.person(old)
    new = town.sandbox.phone("Zhang", language="en")
    await new.opens(await new_link(town, wang))
    await town.quiet()
    assert (await town.person(new)).id == person.id
    assert (await town.person_at(second, old)).id != person.id
    assert told(other, "another telephone")
    await town.passes(hours=9)
    await new.reads("Are you well?")
    assert not told(other, "Are you well?")


async def test_a_bot_that_is_removed_leaves_nobody_waiting_and_comes_back(town: Town) -> None:
    second = await town.second_bot("c1")
    li, zhang = await town.helper("小李"), await town.resident("张奶奶")
    other = town.phone_at(li, second)
    town.clock.advance(1)
    await other.sends("/start")
    await other.reads("/help")
    await town.quiet()
    await town.write(lambda tx: bots.remove(tx, second.id, now=town.clock.now()))
    await town.program.branches.look(town.program.home)
    await town.asks(zhang, "厨房的灯坏了")
    await li.reads("灯坏了")
    await town.second_bot_again(second, "c1")
    await zhang.sends("水管也坏了")
    await zhang.reads("这样写对吗")
    await zhang.presses("发出去")
    await other.reads("水管也坏了")


async def test_a_poster_leads_to_the_bot_of_its_place(town: Town) -> None:
    second = await town.second_bot("c2")
    first = town.program.home.bot_username
    place = {code: await town.area_id(code) for code in ("b1", "b9")}
    found = {code: await town.read(partial(posters.places, area_id=one)) for code, one in place.items()}
    links = {code: book(one, languages_in("zh"), town.program.home).pages[0].link for code, one in found.items()}
    assert f"/{first}?" in links["b1"]
    assert f"/{second.username}?" in links["b9"]
    listed = dict(await poster_links(town.settings, ("b1", "b9"), say=lambda line: None))
    assert sorted(link.split("/")[-1].split("?")[0] for link in listed.values()) == sorted([first, second.username])


async def test_commands_stand_in_each_of_somebodys_chats(town: Town) -> None:
    second = await town.second_bot("c1")
    li = await town.helper("小李")
    await also_at(town, second, li)
    await town.quiet()

    def menus(bot: BotAccount) -> list[set[str]]:
        sent = [one for one in town.sandbox.calls_of("setMyCommands") if one.bot_id == bot.id]
        theirs = [one for one in sent if f'"chat_id": {li.id}' in str(one.parameters["scope"]).replace("'", '"')]
        return [{entry["command"] for entry in one.parameters["commands"]} for one in theirs]

    assert "available" in menus(second)[-1], "what a volunteer has"
    before = len(menus(second)), len(menus(town.sandbox.bot))
    await li.opens(await town.invitation(Role.COORDINATOR))
    await town.quiet()
    assert (len(menus(second)), len(menus(town.sandbox.bot))) == (before[0] + 1, before[1] + 1)
    assert menus(second)[-1] == menus(town.sandbox.bot)[-1]
