"""One small question more each morning, and what is missing at home."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.alerts import AlertState, Cause
from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInState
from bot.domain.needs import Outcome, State
from bot.domain.people import Language, Role
from bot.domain.plans import Channel
from bot.domain.wellbeing import Topic, offers_after, topic_of
from bot.services import needs as need_cases
from bot.storage import persons, wellbeing
from bot.storage.database import Transaction
from bot.texts import wellbeing as texts
from bot.texts.words import Words, plain
from sandbox import Phone
from tests.care.enrolled import cared_for
from tests.care.test_media import alert_of
from tests.journeys.conftest import Town, told
from tests.texts.readers import HOME

USUAL = ["I'm well", "Please call me", "I need help"]


def keyboard(phone: Phone) -> list[str]:
    """The words on the big keys, without their signs."""
    return [row[0].split(" ", 1)[1] for row in phone.keyboard()]


async def morning(town: Town, topic: Topic) -> tuple[Phone, Phone]:
    """A coordinator and a cared-for person who is asked one more question, on a morning of this topic at 08:00."""
    zone, now = town.program.home.timezone, town.clock.now()
    ahead = next(
        days for days in range(8) if topic_of((now + timedelta(days=days + 1)).astimezone(zone).date()) is topic
    )
    await town.passes(days=ahead)
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await wang.presses("One more question each morning")
    await town.quiet()
    assert told(wang, "No second question any more")
    await evening(town, zhang)
    await town.passes(hours=14)  # 08:00
    await zhang.reads("Good morning")
    return wang, zhang


async def evening(town: Town, zhang: Phone) -> None:
    """The evening's question comes, and is answered."""
    await town.passes(hours=9)  # 18:00
    await zhang.reads("Good evening")
    await zhang.presses("I'm well")
    await zhang.reads("Thank you, Zhang")
    await town.quiet()


async def test_one_question_more_after_the_mornings_answer_with_help_never_further_than_a_press(town: Town) -> None:
    wang, zhang = await morning(town, Topic.SLEEP)
    await zhang.presses("I'm well")
    await zhang.reads("How did you sleep?")
    assert keyboard(zhang) == ["Slept well", "Slept badly", "I need help"]
    await zhang.presses("Slept badly")
    await zhang.reads("Your coordinator sees it today")
    await town.quiet()
    assert keyboard(zhang) == USUAL
    await wang.sends("/today")
    await wang.reads("Zhang: sleep not good")
    person = await town.person(zhang)
    last = await town.read(lambda tx: wellbeing.last(tx, person.id, 4))
    assert [(topic, good) for topic, good, _ in last] == [(Topic.SLEEP, False)]

    # Asked once a day, and not in the evening; whoever has a plan's card in hand sees what was said.
    await zhang.sends("🌞 I'm well")
    await zhang.reads("Take care")
    await town.passes(hours=1)
    await evening(town, zhang)
    assert sum(shown.says("One small question more") for shown in zhang.screen()) == 1
    await wang.presses("Away for some days")
    await wang.reads("Where will Zhang be?")
    await wang.presses("travelling")
    await wang.reads("For how long?")
    await wang.presses("7 days")
    await wang.reads("sleep: not good")

    # Whoever goes to them later sees it too.
    await zhang.sends("/sos")
    await wang.reads("Zhang asks for help")
    await wang.presses("I'll look")
    await wang.reads("sleep: not good")


async def test_what_is_missing_becomes_a_need_in_one_press_and_two_presses_are_one_need(town: Town) -> None:
    _, zhang = await morning(town, Topic.FOOD)
    await zhang.presses("I'm well")
    await zhang.reads("Do you have enough to eat")
    await zhang.presses("I have too little food")
    await zhang.reads("shall somebody bring it to you today?")
    card = zhang.screen()[-1]
    await zhang.presses("Please bring food")
    await zhang.reads("Where exactly?")
    code = card.buttons[0][0]["callback_data"]
    await zhang.taps_code(code, card)
    await town.quiet()
    person = await town.person(zhang)
    needs = await town.needs_of(person.id)
    assert [(need.category, need.state) for need in needs] == [("groceries", State.OPEN)]
    assert "not enough food" in needs[0].text
    # A stranger cannot ask for it in their name.
    smith = await town.resident("Smith", "b2", language="en")
    await smith.taps_code(code, smith.screen()[-1])
    await town.quiet()
    assert await town.needs_of((await town.person(smith)).id) == []


def test_no_key_of_the_small_question_is_a_cry_for_help_and_each_is_known_again() -> None:
    for language in Language:
        for topic in Topic:
            for label, good in zip(texts.topic_keys(topic, Words(language, HOME)), (True, False), strict=True):
                assert not HOME.care_words.cries_for_help(plain(label))
                assert texts.answer_of(plain(label), HOME) == (topic, good)


async def test_something_missing_is_offered_with_words_and_once_a_week(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)
    await zhang.sends("had soup, watching television")
    await zhang.reads("I have noted that you have answered")
    await zhang.presses("Something is missing at home")
    await zhang.reads("what is missing?")
    await zhang.presses("Please fetch my medicine")
    await zhang.reads("Where exactly?")
    await zhang.sends("unit 2, door 301")
    await town.quiet()
    person = await town.person(zhang)
    needs = await town.needs_of(person.id)
    assert [need.category for need in needs] == ["medicine"]
    assert person.door == "unit 2, door 301"

    def asked_on(day: date, slot: int) -> CheckIn:
        at = datetime(day.year, day.month, day.day, tzinfo=UTC)
        new = CheckIn(1, 1, 1, 1, day, slot, Channel.CHAT, CheckInState.ASKED, at, at, ())
        return new.answered(CheckInAnswer.WELL, at)

    week = [date(2026, 3, 2) + timedelta(days=days) for days in range(7)]
    offered = [day for day in week for slot in (8 * 60, 18 * 60) if offers_after(asked_on(day, slot))]
    assert offered == [date(2026, 3, 2)], "Monday morning, and no other time"


async def test_nobody_home_at_a_need_of_somebody_cared_for_is_an_alert(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    smith = await town.resident("Smith", "b2", language="en")
    li = await town.helper("Li", language="en")
    helper = await town.person(li)

    async def nobody_opens(phone: Phone, words: str) -> None:
        await phone.sends(words)
        await town.quiet()
        await phone.presses("Post it")
        await town.quiet()
        await phone.presses("Post it without a door")
        await town.quiet()
        number = (await town.needs_of((await town.person(phone)).id))[0].id

        def visit(tx: Transaction) -> None:
            actor, now = persons.actor(tx, helper), town.clock.now()
            need_cases.claim(tx, actor, number, now=now)
            need_cases.finish(tx, actor, town.program.home, number, Outcome.NOBODY_HOME, now=now)

        await town.write(visit)
        await town.quiet()

    await nobody_opens(smith, "The lamp in my kitchen is broken")
    assert await alert_of(town, smith) is None, "whoever is asked nothing every day was simply not at home"
    await nobody_opens(zhang, "The lamp in my kitchen is broken")
    assert await alert_of(town, zhang) == (Cause.UNVISITED, AlertState.OPEN)
    await wang.reads("Zhang was not met at the door")


async def test_the_small_question_can_be_answered_in_words(town: Town) -> None:
    _, zhang = await morning(town, Topic.SLEEP)
    await zhang.presses("I'm well")
    await zhang.reads("How did you sleep?")
    await zhang.sends("not so well, I lay awake for hours")
    await zhang.reads("Thank you for telling me")
    await town.quiet()
    assert keyboard(zhang) == USUAL
    assert await alert_of(town, zhang) is None
    # Whoever is ill is looked after all the same, and a need stays a need.
    await town.passes(hours=1)
    await evening(town, zhang)
    await town.passes(hours=14)
    await zhang.reads("Good morning")
    await zhang.presses("I'm well")
    await zhang.reads("One small question more")
    await zhang.sends("my lamp is broken")
    await zhang.reads("my lamp is broken")
    await zhang.sends("I am dizzy")
    await zhang.reads("Help is being called")
    assert await alert_of(town, zhang) == (Cause.WORRY, AlertState.OPEN)
