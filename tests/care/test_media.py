"""Voice notes and photos: a sign of life that somebody has to open, and what is sent where nobody waits for it."""

import asyncio
from datetime import UTC, datetime

from bot.domain.alerts import AlertState, Cause
from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInState
from bot.domain.media import Media, MediaKind, MediaState
from bot.domain.people import Role
from bot.services import media as cases
from bot.storage import alerts, checkins, history, media, persons
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import cared_for, cared_for_in_chinese
from tests.care.shifts import here, on_duty, planned_in_chinese
from tests.journeys.conftest import Town, told


async def asked(town: Town, wang: Phone, name: str) -> Phone:
    """A cared-for person whose evening question is open."""
    zhang = await cared_for(town, wang, name)
    await town.passes(hours=9)  # 18:00
    await zhang.reads("Are you well?")
    await town.quiet()
    return zhang


async def last(town: Town, phone: Phone) -> CheckIn:
    """The last check-in of whoever has this phone."""
    person = await town.person(phone)
    return (await town.read(lambda tx: checkins.of_person(tx, person.id, 1)))[0]


async def sent_by(town: Town, phone: Phone) -> list[Media]:
    """What whoever has this phone has sent as an answer."""
    number = (await last(town, phone)).id
    return await town.read(lambda tx: media.of_subject(tx, f"checkin:{number}"))


async def alert_of(town: Town, phone: Phone) -> tuple[Cause, AlertState] | None:
    """Why somebody must look after whoever has this phone, and how it stands; None: no alert is open."""
    person = await town.person(phone)

    def find(tx: Transaction) -> tuple[Cause, AlertState] | None:
        alert = alerts.open_for(tx, person.id)
        return None if alert is None else (alert.cause, alert.state)

    return await town.read(find)


def heard(phone: Phone, kind: str) -> bool:
    """Whether the bot has shown a voice note (photo) on this phone."""
    return any(shown.kind == kind and not shown.mine for shown in phone.screen())


async def test_a_voice_note_is_a_sign_of_life_that_somebody_on_duty_opens(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await asked(town, wang, "Zhang")
    await zhang.sends_voice()
    await zhang.reads("Somebody listens to your voice note now")
    await li.reads("Zhang answered with a voice note")
    assert heard(li, "voice")
    assert not told(wang, "voice note"), "whoever is on duty is asked, and nobody else"
    checkin = await last(town, zhang)
    assert (checkin.state, checkin.answer) == (CheckInState.ANSWERED, CheckInAnswer.SIGN)

    await li.presses("All is well")
    await li.reads("Opened by Li")
    await town.passes(minutes=30)
    kept = (await sent_by(town, zhang))[0]
    assert (kept.state, kept.opened_by) == (MediaState.WELL, (await town.person(li)).id)
    assert await alert_of(town, zhang) is None
    story = await town.read(lambda tx: [event.event for event in history.of(tx, f"media:{kept.id}")])
    assert story == ["sent", "well"]


async def test_what_nobody_opens_in_ten_minutes_is_an_alert(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await asked(town, wang, "Zhang")
    await zhang.sends_photo()
    await li.reads("Zhang answered with a photo")
    await town.passes(minutes=9)
    assert await alert_of(town, zhang) is None
    await town.passes(minutes=1, hours=0)
    assert await alert_of(town, zhang) == (Cause.UNOPENED, AlertState.OPEN)
    await li.reads("sent something that nobody has opened")
    await town.quiet()
    # Whoever opens it now and finds all well ends it: nobody had to go yet.
    await li.presses("All is well")
    await li.reads("Nobody needs to go")
    await town.quiet()
    assert await alert_of(town, zhang) is None


async def test_whoever_hears_trouble_calls_somebody(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await asked(town, wang, "Zhang")
    await zhang.sends_voice()
    # Nobody is on duty: the coordinator opens it.
    await wang.reads("Zhang answered with a voice note")
    await wang.presses("Somebody must go there")
    await wang.reads("somebody is called")
    await town.quiet()
    assert await alert_of(town, zhang) == (Cause.WORRY, AlertState.OPEN)
    # A second tap on "all is well" (an old screen, a forged one) takes nothing back.
    kept = (await sent_by(town, zhang))[0]
    await wang.taps_code(f"mw:{kept.id}", wang.screen()[-1])
    await town.quiet()
    assert (await sent_by(town, zhang))[0].state is MediaState.TROUBLE
    assert await alert_of(town, zhang) == (Cause.WORRY, AlertState.OPEN)


async def test_only_who_was_asked_may_open_it(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhao = await town.helper("Zhao", language="en")
    zhang = await asked(town, wang, "Zhang")
    await zhang.sends_voice()
    await wang.reads("Zhang answered with a voice note")
    kept = (await sent_by(town, zhang))[0]
    for code in (f"mw:{kept.id}", f"mt:{kept.id}", f"ms:{kept.id}", "mw:999999", "ms:999999"):
        await zhao.taps_code(code, zhao.screen()[-1])
        await zhang.taps_code(code, zhang.screen()[-1])
    await town.quiet()
    assert not heard(zhao, "voice")
    assert (await sent_by(town, zhang))[0].state is MediaState.WAITS
    assert await alert_of(town, zhang) is None


async def test_with_nobody_to_open_it_there_is_nothing_to_wait_for(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await asked(town, wang, "Zhang")
    await wang.blocks()
    await town.quiet()
    await zhang.sends_voice()
    await zhang.reads("Somebody listens")
    await town.passes(minutes=0.1)
    assert await alert_of(town, zhang) == (Cause.UNOPENED, AlertState.OPEN)


async def test_whoever_blocks_the_bot_before_it_is_said_is_passed_over(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await asked(town, wang, "Zhang")
    li.deactivates()
    await zhang.sends_voice()
    await wang.reads("Zhang answered with a voice note")
    await wang.presses("All is well")
    await town.quiet()
    assert (await sent_by(town, zhang))[0].state is MediaState.WELL


async def test_a_late_voice_note_does_not_end_an_alert_until_it_is_heard(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await asked(town, wang, "Zhang")
    await town.passes(hours=1, minutes=1)
    await wang.reads("has not answered")
    await zhang.sends_voice()
    await wang.reads("Zhang answered with a voice note")
    assert await alert_of(town, zhang) == (Cause.MISSED, AlertState.OPEN)
    await wang.presses("All is well")
    await wang.reads("Nobody needs to go")
    await town.quiet()
    assert await alert_of(town, zhang) is None


async def test_words_under_a_photo_are_words(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await asked(town, wang, "Zhang")
    await zhang.sends_photo("I feel dizzy this evening")
    await zhang.reads("Help is being called")
    await wang.reads("wrote something worrying")
    assert await alert_of(town, zhang) == (Cause.WORRY, AlertState.OPEN)

    smith = await town.resident("Smith", "b2", language="en")
    await smith.sends_photo("help me, please help")
    await smith.reads("Help is being called")
    assert await alert_of(town, smith) == (Cause.HELP, AlertState.OPEN)


async def test_an_album_counts_once(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await asked(town, wang, "Zhang")
    await zhang.sends_album(3, "my breakfast")
    await wang.reads("my breakfast")
    await zhang.reads("Somebody looks at your photo now")
    await town.quiet()
    kept = await sent_by(town, zhang)
    assert [one.state for one in kept] == [MediaState.WAITS, MediaState.KEPT, MediaState.KEPT]
    assert sum(shown.says("Somebody looks at your photo") for shown in zhang.screen()) == 1


async def test_what_nobody_waits_for_gets_a_clear_word(town: Town) -> None:
    zhang = await town.resident("张奶奶")
    await zhang.sends("/me")
    await zhang.reads("门牌")
    await zhang.presses("门牌和电话")
    await zhang.reads("门牌号")
    await zhang.sends_voice()
    await zhang.reads("没有人听到这条语音")
    before = len(zhang.screen())
    await zhang.sends_album(5)
    await zhang.reads("没有人看到这张照片")
    await town.quiet()
    assert len(zhang.screen()) == before + 5 + 1
    await zhang.sends_photo("2单元301")
    await zhang.reads("照片底下的话我看到了")
    await zhang.reads("记下了")


async def test_what_people_send_is_sealed(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await asked(town, wang, "Zhang")
    await zhang.sends_photo("dinner with Aunt Liu")
    await wang.reads("Zhang answered with a photo")
    await town.quiet()
    row = (await town.read(lambda tx: tx.all("SELECT file_id, words FROM media")))[0]
    assert "AgAC" not in str(row["file_id"])
    assert "Liu" not in str(row["words"])


async def test_a_file_that_telegram_has_forgotten_comes_as_words(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await asked(town, wang, "Zhang")
    await zhang.sends_voice()
    town.sandbox.world.files.files.clear()
    await wang.reads("Zhang answered with a voice note")
    await town.quiet()


async def test_whoever_comes_onto_the_alert_can_open_it_from_there(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await asked(town, wang, "Zhang")
    await zhang.sends_voice()
    await li.reads("Zhang answered with a voice note")
    await town.passes(minutes=10)
    await li.reads("sent something that nobody has opened")
    await town.passes(minutes=16)
    await town.passes(minutes=16)
    await wang.reads("sent something that nobody has opened")
    assert not heard(wang, "voice")
    await wang.presses("Listen to what was sent")
    await wang.reads("Nobody has opened this yet")
    assert heard(wang, "voice")
    await wang.presses("All is well")
    await li.reads("Nobody needs to go")
    await town.quiet()
    assert await alert_of(town, zhang) is None


async def test_somebody_cared_for_is_heard_at_any_time(town: Town) -> None:
    """They may mean "help me", and be able to say it in no other way."""
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await cared_for_in_chinese(town, wang, "张奶奶")
    await zhang.sends_voice()
    await zhang.reads("马上有人听您的语音")
    await wang.reads("张奶奶发来一条语音")
    await wang.presses("得有人去看看")
    await wang.reads("正在叫人")
    await town.quiet()
    assert await alert_of(town, zhang) == (Cause.WORRY, AlertState.OPEN)
    # It was a sign of life as well, but of this morning: the evening's question is asked.
    await town.passes(hours=9)
    await zhang.reads("您好吗")


def test_what_one_has_opened_stays_and_trouble_is_never_lost() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    sent = Media(1, 7, 1, MediaKind.VOICE, "AgAC", "checkin:1", at).waits_for((2, 3), at)
    well = sent.opened(2, well=True, now=at)
    assert (well.state, well.opened_by, well.act_at) == (MediaState.WELL, 2, None)
    assert well.opened(3, well=True, now=at) == well
    # Two open it at the same time, and one of them hears more.
    trouble = well.opened(3, well=False, now=at)
    assert (trouble.state, trouble.opened_by) == (MediaState.TROUBLE, 3)
    assert trouble.opened(2, well=True, now=at) == trouble
    assert sent.waits_for((), at).act_at == at, "with nobody to ask there is nothing to wait for"


async def test_whoever_has_been_there_needs_to_open_nothing(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await asked(town, wang, "Zhang")
    await zhang.sends_voice()
    await wang.reads("Zhang answered with a voice note")
    await zhang.sends("🆘 I need help")
    await wang.reads("Zhang asks for help")
    await wang.presses("I'll look")
    await wang.reads("Please record here what you find")
    await wang.presses("Listen to what was sent")
    await wang.reads("Shown again further down")
    await town.quiet()
    await wang.presses("Record what I found")
    await wang.reads("What did you find")
    await wang.presses("Had fallen")
    await wang.reads("Wang has looked after them")
    await town.passes(minutes=11)
    assert await alert_of(town, zhang) is None
    assert (await sent_by(town, zhang))[0].state is MediaState.SETTLED


async def test_opened_at_the_very_deadline_it_ends_well_either_way(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await asked(town, wang, "Zhang")
    await zhang.sends_voice()
    await wang.reads("Zhang answered with a voice note")
    await town.quiet()
    kept, helper = (await sent_by(town, zhang))[0], await town.person(wang)

    def opens(tx: Transaction) -> None:
        actor = persons.actor(tx, helper)
        cases.open_(tx, actor, town.program.home, kept.id, well=True, now=town.clock.now())

    town.clock.advance(600)
    await asyncio.gather(town.write(opens), town.program.tick(), town.write(opens))
    await town.quiet()
    assert (await sent_by(town, zhang))[0].state is MediaState.WELL
    assert await alert_of(town, zhang) is None


async def test_what_cannot_be_read_while_a_question_is_open_brings_the_keys_again(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await asked(town, wang, "Zhang")
    for kind in ("sticker", "poll", "location"):
        zhang.sends_kind(kind)
        await zhang.reads("I cannot read that. Are you well?")
    assert (await last(town, zhang)).state is CheckInState.ASKED
    await zhang.presses("I'm well")
    await zhang.reads("Take care")


async def test_a_voice_note_in_chinese(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    li = await town.helper("小李")
    await planned_in_chinese(town, wang, "小李")
    await here(town, li)
    zhang = await cared_for_in_chinese(town, wang, "张奶奶")
    await town.passes(hours=9)
    await zhang.reads("您好吗")
    await zhang.sends_voice()
    await zhang.reads("马上有人听您的语音")
    await li.reads("张奶奶用一条语音回答了")
    await li.presses("一切都好")
    await li.reads("小李今天 18:00打开过：一切都好")
    await town.passes(hours=1)
    assert await alert_of(town, zhang) is None
    assert not told(wang, "张奶奶用一条语音回答了")
