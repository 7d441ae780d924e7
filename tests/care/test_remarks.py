"""What is added: words and photos after an outcome or a visit, where somebody is, and what they themselves wrote."""

from dataclasses import replace

from bot.domain.alerts import AlertState, Cause
from bot.domain.people import Role
from bot.domain.plans import Channel
from bot.domain.remarks import Noun, RemarkKind
from bot.services import remarks
from bot.storage import drafts, persons
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import asked_by, cared_for
from tests.care.shifts import on_duty
from tests.care.test_media import alert_of, heard
from tests.journeys.conftest import DOOR, Town, told


async def alert_number(town: Town, phone: Phone) -> int:
    """The number of the last alert about whoever has this phone."""
    person = await town.person(phone)

    def find(tx: Transaction) -> int:
        row = tx.one("SELECT MAX(id) AS id FROM alerts WHERE person_id = :id", {"id": person.id})
        assert row is not None
        return int(row["id"])

    return await town.read(find)


async def knows(town: Town, phone: Phone, *, door: str | None = None, telephone: str | None = None) -> None:
    """The program knows a door or a telephone of whoever has this phone."""
    person = await town.person(phone)

    def keep(tx: Transaction) -> None:
        old = persons.get(tx, person.id)
        assert persons.save(tx, old, replace(old, door=door, telephone=telephone))

    await town.write(keep)


async def added(town: Town, noun: Noun, number: int) -> list[tuple[RemarkKind, str]]:
    """What was added to something."""
    return [(one.kind, one.text) for one in await town.read(lambda tx: remarks.of(tx, noun, number))]


# --- where somebody is who calls for help ---


async def test_whoever_calls_for_help_and_has_no_door_says_where_they_are(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhao = await town.helper("Zhao", Role.COORDINATOR, language="en")
    zhang = await town.resident("Zhang", language="en")
    await zhang.sends("help me, I cannot get up")
    await zhang.reads("Where are you?")
    await wang.reads("Zhang asks for help")
    await zhang.sends("building 1, second floor, behind the green door")
    await zhang.reads("Whoever comes to you sees where you are")
    await wang.reads("Zhang has said where they are")
    assert not told(wang, "green door")
    await wang.presses("I'll look")
    await wang.reads("behind the green door")
    assert told(wang, "They wrote: “help me, I cannot get up”")
    await zhao.reads("Where they are is known to whoever goes")
    assert zhao.nothing_says("green door")
    row = (await town.read(lambda tx: tx.all("SELECT detail FROM history WHERE event = 'where'")))[0]
    assert "green" not in str(row["detail"])
    # It goes with the alert, and is not written into their address.
    assert (await town.person(zhang)).door is None


async def test_a_location_says_where_too_and_a_key_is_a_key(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    zhang = await town.resident("张奶奶")
    await zhang.sends("/sos")
    await zhang.reads("您在哪里")
    await wang.reads("张奶奶")
    await town.quiet()
    await zhang.sends("🆘 我需要帮助")
    await zhang.reads("您在哪里")
    await zhang.sends_location()
    await zhang.reads("来的人看得到您在哪里")
    await wang.reads("说了自己在哪里")
    await wang.presses("我去看看")
    await wang.reads("22.54310, 114.05787")
    number = await alert_number(town, zhang)
    assert await added(town, Noun.ALERT, number) == [(RemarkKind.WHERE, "22.54310, 114.05787")]


async def test_whose_door_is_known_is_not_asked_and_a_location_by_itself_is_no_alert(town: Town) -> None:
    await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await town.resident("Zhang", language="en")
    await zhang.sends_location()
    await zhang.reads("What do you need?")
    await knows(town, zhang, door=DOOR)
    await zhang.sends("/sos")
    await zhang.reads("Help is being called")
    await town.quiet()
    assert zhang.nothing_says("Where are you?")


# --- a worrying word at any time ---


async def test_a_worrying_message_outside_a_question_is_an_alert_and_its_words_are_kept(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await zhang.sends("I feel dizzy since this morning")
    await zhang.reads("Help is being called")
    await wang.reads("Zhang wrote something worrying")
    assert await alert_of(town, zhang) == (Cause.WORRY, AlertState.OPEN)
    await wang.presses("I'll look")
    await wang.reads("They wrote: “I feel dizzy since this morning”")
    person = await town.person(zhang)
    draft = await town.read(lambda tx: drafts.find(tx, person.id))
    assert draft is not None
    assert "dizzy" in draft.text


async def test_a_fallen_lamp_is_a_need_and_strangers_worries_are_theirs(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    smith = await town.resident("Smith", "b2", language="en")
    await zhang.sends("my lamp fell down")
    await zhang.reads("Is this right?")
    await smith.sends("I feel dizzy, could somebody bring my shopping")
    await town.quiet()
    assert await alert_of(town, zhang) is None
    assert await alert_of(town, smith) is None
    assert told(zhang, "my lamp fell down")
    assert told(smith, "I feel dizzy")


# --- please call me ---


async def test_please_call_me_asks_who_can_ring_and_shows_the_telephone_to_whoever_does(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await knows(town, zhang, telephone="+8613800138000")
    await town.passes(hours=9)
    await zhang.reads("Are you well?")
    await zhang.presses("Please call me")
    await wang.reads("Who can ring Zhang?")
    assert wang.nothing_says("13800138000")
    assert wang.nothing_says("I'll look")
    await wang.presses("I'll ring")
    await wang.reads("+8613800138000")
    assert told(wang, "You ring them. Thank you!")
    await zhang.reads("Wang rings you soon")
    await wang.presses("Record what I found")
    await wang.reads("How is Zhang?")
    await wang.presses("Well, had forgotten")
    await wang.reads("Is there anything to add?")
    await town.quiet()
    assert wang.nothing_says("13800138000")


# --- after an outcome ---


async def test_words_and_a_photo_after_an_outcome_are_read_by_who_is_in_charge(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await town.resident("Zhang", language="en")
    await zhang.sends("/sos")
    await li.reads("Zhang asks for help")
    await li.presses("I'll look")
    await li.reads("Please record here what you find")
    await li.presses("Record what I found")
    await li.reads("What did you find")
    await li.presses("Had fallen")
    await li.reads("Is there anything to add?")
    await li.sends("She slipped on the wet floor; her knee is swollen.")
    await li.reads("you can add more")
    await li.sends_photo("the kitchen floor")
    await li.reads("you can add more")
    await li.sends_album(3)
    await li.reads("you can add more")
    await town.quiet()
    assert sum(shown.says("you can add more") for shown in li.screen()) == 3, "an album is noted once"
    await li.presses("That is all")
    await town.quiet()
    number = await alert_number(town, zhang)
    assert await added(town, Noun.ALERT, number) == [
        (RemarkKind.NOTED, "She slipped on the wet floor; her knee is swollen."),
        (RemarkKind.NOTED, "the kitchen floor"),
    ]
    # It is over: the next words are words like any other.
    await li.sends("my lamp is broken")
    await li.reads("Is this right?")
    assert len(await added(town, Noun.ALERT, number)) == 2
    row = (await town.read(lambda tx: tx.all("SELECT detail FROM history WHERE event = 'noted'")))[0]
    assert "knee" not in str(row["detail"])


async def test_a_coordinator_reads_on_the_closed_card_what_was_added(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhao = await town.helper("Zhao", Role.COORDINATOR, language="en")
    zhang = await town.resident("Zhang", language="en")
    await zhang.sends("/sos")
    await wang.reads("Zhang asks for help")
    await wang.presses("I'll look")
    await wang.reads("Please record here what you find")
    await wang.presses("Record what I found")
    await wang.reads("What did you find")
    await wang.presses("Ill")
    await wang.reads("Is there anything to add?")
    await wang.sends_photo("her medicine")
    await wang.reads("you can add more")
    await zhao.reads("Wang: “her medicine”")
    await zhao.presses("See what was sent")
    await zhao.reads("About Zhang, from Wang")
    assert heard(zhao, "photo")
    # Nobody else may see it, however they tap.
    for code in ("ms:1", "ra:alert:1", "ra:checkin:1", "ra:need:1", "ra:alert:999999"):
        await zhang.taps_code(code, zhang.screen()[-1])
    await town.quiet()
    assert not heard(zhang, "photo")


async def test_after_ten_minutes_nothing_more_is_added(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await town.resident("Zhang", language="en")
    await zhang.sends("/sos")
    await wang.reads("Zhang asks for help")
    await wang.presses("I'll look")
    await wang.reads("Please record here what you find")
    await wang.presses("Record what I found")
    await wang.reads("What did you find")
    await wang.presses("Other")
    await wang.reads("Is there anything to add?")
    await town.passes(minutes=11)
    await wang.sends("please bring two chairs to the hall")
    await wang.reads("two chairs")
    await town.quiet()
    assert await added(town, Noun.ALERT, await alert_number(town, zhang)) == []


async def test_a_note_and_a_photo_of_a_visit_reach_who_is_in_charge(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, "Zhang")
    await asked_by(town, wang, zhang, Channel.KNOCK)
    await town.passes(hours=8, minutes=30)
    await li.reads("1 left, by 19:00")
    await town.quiet()
    await li.presses("Seen and well")
    await li.reads("All reached")
    await town.quiet()
    await li.presses("Add a note or a photo")
    await li.reads("Is there anything to add?")
    await li.sends("The heating does not work.")
    await wang.reads("The heating does not work.")
    await li.sends_photo()
    await wang.reads("About Zhang")
    await wang.presses("See what was sent")
    await wang.reads("About Zhang, from Li")
    await town.quiet()
    assert heard(wang, "photo")
    assert told(li, "Li: “The heating does not work.”")


async def test_what_somebody_writes_and_sends_after_calling_for_help_reaches_whoever_goes(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await town.resident("Zhang", language="en")
    await zhang.sends("/sos")
    await zhang.reads("Where are you?")
    await wang.reads("Zhang asks for help")
    await wang.presses("I'll look")
    await wang.reads("Please record here what you find")
    await zhang.sends("building 1, door 7")
    await zhang.reads("sees where you are")
    await zhang.sends("the front door is locked, come through the garden")
    await zhang.reads("Whoever looks after you reads this")
    await wang.reads("come through the garden")
    await zhang.sends_voice()
    await zhang.reads("Somebody listens to your voice note now")
    await wang.reads("Zhang sent a voice note")
    await town.quiet()
    assert heard(wang, "voice")
    # A need stays one: one press brings it back.
    await zhang.presses("I need help with this")
    await zhang.reads("Is this right?")
