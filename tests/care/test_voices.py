"""A familiar voice: recorded once, heard with each question, and never in the question's way."""

import pytest

from bot.domain.errors import VoiceTooLong
from bot.domain.media import MediaKind, Sent
from bot.domain.people import Role
from bot.domain.voices import LONGEST_SECONDS, check_voice
from bot.storage import history, media, plans
from bot.storage.database import Transaction
from bot.storage.plans import Contact
from sandbox import Phone
from sandbox.screen import Shown
from tests.care.enrolled import cared_for, cared_for_in_chinese
from tests.journeys.conftest import Town, told


async def plan_of(town: Town, phone: Phone) -> int:
    """The number of the plan of whoever has this phone."""
    person = await town.person(phone)
    plan = await town.read(lambda tx: plans.of_person(tx, person.id))
    assert plan is not None
    return plan.id


def question(phone: Phone) -> Shown:
    """The last question on this phone."""
    return next(shown for shown in reversed(phone.screen()) if not shown.mine and shown.says("Are you well?"))


async def test_a_coordinator_records_a_voice_that_comes_with_each_question(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await wang.presses("A familiar voice")
    await wang.reads("Zhang is asked in writing only")
    await wang.presses("Record a voice note now")
    await wang.reads("Please hold the microphone")
    await wang.sends_voice()
    await wang.reads("Zhang hears your voice with each question")
    await town.quiet()
    assert told(wang, "Zhang hears Wang with each question")

    await town.passes(hours=9)  # 18:00
    await zhang.reads("Are you well?")
    assert question(zhang).kind == "voice"
    assert [row[0][2:] for row in zhang.keyboard()] == ["I'm well", "Please call me", "I need help"]
    await zhang.presses("I'm well")
    await zhang.reads("Thank you, Zhang")

    # Taken away again, the question comes in writing.
    await wang.presses("Without a voice again")
    await wang.reads("asked in writing only")
    await town.passes(hours=14)  # 08:00
    await zhang.reads("Good morning")
    assert question(zhang).kind == "text"
    number = await plan_of(town, zhang)
    story = await town.read(lambda tx: [event.event for event in history.of(tx, f"plan:{number}")])
    assert story[-2:] == ["voice recorded", "voice taken away"]


async def test_a_voice_that_telegram_has_forgotten_does_not_keep_the_question_back(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await wang.presses("A familiar voice")
    await wang.reads("in writing only")
    await wang.presses("Record a voice note now")
    await wang.reads("hold the microphone")
    await wang.sends_voice()
    await wang.reads("hears your voice")
    town.sandbox.world.files.files.clear()
    await town.passes(hours=9)
    await zhang.reads("Are you well?")
    assert question(zhang).kind == "text"
    assert len(zhang.keyboard()) == 3


async def test_whoever_takes_no_voice_notes_reads_the_question(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await wang.presses("A familiar voice")
    await wang.reads("in writing only")
    await wang.presses("Record a voice note now")
    await wang.reads("hold the microphone")
    await wang.sends_voice()
    await wang.reads("hears your voice")
    zhang.refuses_voice()
    await town.passes(hours=9)
    await zhang.reads("Are you well?")
    assert question(zhang).kind == "text"
    assert len(zhang.keyboard()) == 3


async def test_what_is_no_voice_or_too_long_is_said_kindly(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await cared_for_in_chinese(town, wang, "张奶奶")
    await wang.presses("熟悉的声音")
    await wang.reads("只收到文字")
    await wang.presses("现在录一段语音")
    await wang.reads("按住话筒")
    await wang.sends_photo()
    await wang.reads("我在等一条语音")
    # It is not waited for any longer: whatever comes next is a message like any other.
    await wang.sends("你好")
    await wang.reads("您好")
    number = await plan_of(town, zhang)
    assert await town.read(lambda tx: media.newest(tx, f"voice:{number}")) is None
    with pytest.raises(VoiceTooLong):
        check_voice(Sent(MediaKind.VOICE, "AgAC", seconds=LONGEST_SECONDS + 1))


async def test_family_is_asked_and_records_and_strangers_cannot(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    daughter = await town.resident("Chen Li", "b2", language="en")
    stranger = await town.resident("Stranger", "b2", language="en")
    number, relative = await plan_of(town, zhang), await town.person(daughter)

    def know(tx: Transaction) -> None:
        plans.add_contact(tx, number, Contact("Chen Li", "daughter", None, relative.id))

    await town.write(know)
    await wang.presses("A familiar voice")
    await wang.reads("in writing only")
    await wang.presses("Ask family for one")
    await daughter.reads("Would you speak the question?")
    await daughter.presses("Record a voice note now")
    await daughter.reads("hold the microphone")
    await daughter.sends_voice()
    await daughter.reads("Zhang hears your voice")
    await wang.reads("Zhang hears Chen Li with each question")
    for code in (f"vr:{number}", f"vs:{number}", f"vf:{number}", f"vx:{number}", "vr:999999"):
        await stranger.taps_code(code, stranger.screen()[-1])
    await stranger.sends_voice()
    await stranger.reads("What kind of help is it?")
    kept = await town.read(lambda tx: media.newest(tx, f"voice:{number}"))
    assert kept is not None
    assert kept.person_id == relative.id
