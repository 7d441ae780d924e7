"""Looking again on a later day: chosen by a tap or typed, reminded of in the morning, handed over in the evening."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import DatesUnclear
from bot.domain.followups import DAYS_AT_MOST, day_in
from bot.domain.people import Role
from sandbox import Phone
from tests.care.test_farewells import taken_on
from tests.journeys.conftest import Town, told

ZONE = ZoneInfo("Asia/Shanghai")


async def ill(town: Town, li: Phone) -> None:
    """What was found."""
    await li.presses("Record what I found")
    await li.reads("What did you find")
    await li.presses("Ill")
    await town.quiet()


async def test_whoever_was_there_looks_again_and_says_so(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhang = await taken_on(town, wang, "Zhang")
    await ill(town, li)
    await li.sends("Has a fever, drinks little")
    await town.quiet()
    await li.presses("📅 Look again")
    await li.reads("When shall somebody look in on Zhang again?")
    await li.presses("Tomorrow")
    await li.reads("Li looks in on Zhang again on Tue, Mar 3")
    await zhang.sends("🌞 I'm well")
    await town.passes(hours=13)  # Tuesday, 08:00
    await zhang.presses("I'm well")
    await town.passes(minutes=30)
    card = await li.reads("Please look in on Zhang again")
    assert "Ill" in card.text
    assert "Has a fever, drinks little" in card.text
    assert "Door:" not in card.text
    await li.presses("📍 Show the address")
    await town.quiet()
    assert told(li, "🚪 Door:")
    await wang.sends("/today")
    await wang.reads("Zhang: Li looks again today")
    await li.presses("✅ I have looked")
    await li.reads("How is Zhang?")
    await town.quiet()
    assert not told(li, "🚪 Door:")
    await li.sends("The fever is gone")
    await li.reads("The fever is gone")
    await town.quiet()
    assert not told(wang, "looks again today")
    sealed = await town.read(lambda tx: tx.all("SELECT note FROM followups"))
    assert "fever" not in str(dict(sealed[0]))
    await li.presses("🔁 Look once more")
    await li.reads("When shall somebody look in on Zhang again?")
    await li.presses("In 3 days")
    await li.reads("again on Fri, Mar 6")
    await town.passes(hours=10)
    assert not told(wang, "Please see to it"), "it was done"


async def test_what_nobody_did_is_handed_over_and_read_of_each_morning(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, _ = await taken_on(town, wang, "Zhang")
    await ill(town, li)
    await li.presses("That is all") if told(li, "That is all") else None
    await li.presses("📅 Look again")
    await li.reads("When shall")
    await li.presses("📅 Another day")
    await li.reads("Please write it like this")
    await li.sends("sometime")
    await li.reads("I could not read these days")
    await li.sends("3-5")
    await li.reads("again on Thu, Mar 5")
    await li.presses("📅 Look again")
    await li.reads("When shall")
    await li.presses("In 3 days")
    await li.reads("again on Thu, Mar 5")
    waiting = await town.read(lambda tx: tx.all("SELECT id FROM followups WHERE done_at IS NULL"))
    assert len(waiting) == 1, "the last choice stands"
    await town.passes(hours=61, minutes=30)  # Thursday, 08:30
    await li.reads("Please look in on Zhang again")
    await town.passes(hours=9, minutes=30)  # 18:00
    await wang.reads("Li has not said that they have looked")
    await wang.sends("/today")
    await wang.reads("Zhang: nobody has looked again since Thu, Mar 5 (Li)")
    cards = sum("Please look in on Zhang" in shown.text for shown in wang.screen())
    await town.passes(hours=14, minutes=30)  # Friday, 08:30
    assert sum("Please look in on Zhang" in shown.text for shown in wang.screen()) == cards, "the same card, newer"
    await wang.presses("✅ I have looked")
    await wang.reads("How is Zhang?")
    await town.quiet()
    assert told(li, "Wang has looked")
    await town.passes(days=1)
    assert not told(wang, "nobody has looked again")


async def test_whoever_cannot_be_told_hands_it_over_at_once(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, _ = await taken_on(town, wang, "Zhang")
    await ill(town, li)
    await li.presses("📅 Look again")
    await li.reads("When shall")
    await li.presses("Tomorrow")
    await li.reads("again on Tue, Mar 3")
    await li.blocks()
    await town.quiet()
    await town.passes(hours=13, minutes=30)  # 08:30
    await wang.reads("Please look in on Zhang again")


async def test_a_farewell_ends_it_and_a_mended_one_takes_it_up_again(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, _ = await taken_on(town, wang, "Zhang")
    await ill(town, li)
    await li.presses("📅 Look again")
    await li.reads("When shall")
    await li.presses("Tomorrow")
    await li.reads("again on Tue, Mar 3")
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Zhang: is asked")
    await town.quiet()
    await wang.presses("🕯 Has died")
    await wang.reads("Has Zhang died?")
    await wang.presses("🕯 Yes, that is so")
    await wang.reads("🕯 Zhang has died")
    assert not await town.read(lambda tx: tx.all("SELECT id FROM followups WHERE done_at IS NULL"))
    message = next(shown for shown in li.screen() if not shown.mine)
    toast = await li.taps_code("jb:1:3", message)
    assert toast
    assert toast.alert, "nobody looks in there any more"
    await wang.presses("↩️ This was a mistake")
    await wang.reads("Their plan waits for their yes again")
    await town.passes(hours=13, minutes=30)  # Tuesday, 08:30
    await li.reads("Please look in on Zhang again")


async def test_strangers_and_running_alerts_are_refused(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li, zhang = await taken_on(town, wang, "Zhang")
    zhao = await town.helper("Zhao", language="en")
    message = next(shown for shown in li.screen() if not shown.mine)
    toast = await li.taps_code("jb:1:3", message)
    assert toast
    assert toast.alert, "it runs still"
    await ill(town, li)
    for code in ("jb:1:0", "jb:1:91", "jb:99:1", "jd:1"):
        toast = await li.taps_code(code, message)
        assert toast
        assert toast.alert, code
    await li.taps_code("jb:1:3", message)
    await town.quiet()
    for phone in (zhao, zhang):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in ("ja:1", "jb:1:3", "jcd:1", "jd:1", "je:1"):
            toast = await phone.taps_code(code, message)
            assert toast
            assert toast.alert, code
    message = next(shown for shown in li.screen() if not shown.mine)
    for code in ("jd:1", "jd:1"):
        toast = await li.taps_code(code, message)
    assert toast
    assert toast.alert, "done already"


@given(st.dates(date(2026, 1, 1), date(2032, 12, 31)), st.integers(1, DAYS_AT_MOST))
def test_a_day_that_is_written_is_the_next_such_day(today: date, ahead: int) -> None:
    now = datetime(today.year, today.month, today.day, 9, tzinfo=ZONE).astimezone(UTC)
    wanted = today + timedelta(days=ahead)
    for text in (f"{wanted.month}-{wanted.day}", f"{wanted.month}月{wanted.day}日"):
        assert day_in(text, now, ZONE) == wanted


@given(st.text(max_size=20))
def test_whatever_is_written_is_a_day_to_come_or_a_kind_no(text: str) -> None:
    now = datetime(2026, 3, 2, 1, tzinfo=UTC)
    try:
        found = day_in(text, now, ZONE)
    except DatesUnclear:
        return
    assert date(2026, 3, 2) < found <= date(2026, 3, 2) + timedelta(days=DAYS_AT_MOST)


def test_a_day_that_is_over_is_no_day_to_come() -> None:
    now = datetime(2026, 3, 2, 1, tzinfo=UTC)
    for text in ("3-2", "3-1", "9-9", "2-30", "13-1", "1-1 to 1-2", ""):
        with pytest.raises(DatesUnclear):
            day_in(text, now, ZONE)
