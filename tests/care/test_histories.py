"""A person's history: what was answered, by whom, how late; what alerts there were; for the coordinator in charge alone."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkins import CheckIn, CheckInAnswer, CheckInState
from bot.domain.histories import Sign, sign_of
from bot.domain.people import Role
from bot.domain.plans import Channel
from bot.storage import history
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import asked_by, cared_for
from tests.care.shifts import on_duty
from tests.journeys.conftest import Town, told


def screen(phone: Phone) -> str:
    """The history as it stands on a phone now: one message, drawn again."""
    shown = [one.text for one in phone.screen() if one.text.startswith("📖")]
    assert len(shown) == 1
    return shown[0]


async def opened(town: Town, wang: Phone) -> None:
    """Whose history? Zhang's."""
    await wang.sends("/history")
    await wang.reads("Whose history would you like to see?")
    await wang.presses("Zhang")
    await wang.reads("📖 Zhang")
    await town.quiet()


async def test_a_history_is_turned_chapter_by_chapter(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=9)  # Monday, 18:00
    await zhang.reads("Good evening")
    await town.passes(minutes=5)
    await zhang.presses("I'm well")
    await zhang.reads("Take care")
    await town.passes(hours=13, minutes=55)  # Tuesday, 08:00
    await zhang.reads("Good morning")
    await town.passes(hours=1)  # 09:00
    await li.reads("Zhang has not answered")
    await town.passes(minutes=6)
    await li.presses("I'll look")
    await town.passes(minutes=14)
    number = (await town.read(lambda tx: tx.all("SELECT id FROM alerts WHERE state = 'taken'")))[0]["id"]
    shown = next(one for one in li.screen() if "Zhang has not answered" in one.text)
    await li.taps_code(f"ac:{number}:fallen", shown)
    await wang.reads("Zhang: Had fallen")
    await asked_by(town, wang, zhang, Channel.KNOCK)
    await town.passes(hours=8, minutes=10)  # 17:30
    await li.reads("1 left, by 19:00")
    await town.passes(minutes=40)
    await li.presses("Seen and well")
    await li.reads("All reached")
    await opened(town, wang)

    page = screen(wang)
    assert "📅 Month: 3/2026" in page
    assert "Tue, Mar 3  ❗🚪🔔" in page
    assert "Mon, Mar 2  ✅" in page
    assert page.index("Mar 3") < page.index("Mar 2"), "the newest first"
    assert "🚪 met at the door" in page

    await wang.presses("💬 Answers")
    await wang.reads("💬 Answers")
    await town.quiet()
    page = screen(wang)
    assert "✅ Mon, Mar 2 18:00: is well · after 5 minutes" in page
    assert "❗ Tue, Mar 3 08:00: no answer" in page
    assert "🚪 Tue, Mar 3 18:00: was seen and is well" in page
    assert "(Li)" in page

    await wang.presses("🔔 Alerts")
    await town.quiet()
    page = screen(wang)
    assert "🔔 today 09:00: No answer" in page
    assert "Li went after 6 minutes" in page
    assert "Had fallen, after 20 minutes (Li)" in page
    person, reader = await town.person(zhang), await town.person(wang)
    seen = await town.read(lambda tx: history.disclosures_of(tx, person.id, 10))
    assert (reader.id, f"alert:{number}") in {(row["viewer_id"], row["subject"]) for row in seen}
    plan = (await town.read(lambda tx: tx.all("SELECT id FROM plans")))[0]["id"]
    pages = await town.read(lambda tx: {event.after for event in history.of(tx, f"history:{plan}")})
    assert pages == {"month:0", "check_ins:0", "alerts:0"}

    await wang.presses("🌤 How they were")
    await town.quiet()
    assert "There is nothing here" in screen(wang)
    await wang.presses("📅 Month")
    await town.quiet()
    await wang.presses("‹ Earlier")
    await town.quiet()
    assert "📅 Month: 2/2026" in screen(wang)
    assert "There is nothing here" in screen(wang)
    await wang.presses("Later ›")
    await town.quiet()
    assert "3/2026" in screen(wang)


def written(tx: Transaction, plan: int, person: int, place: int, now: datetime) -> None:
    """Twenty-five mornings answered, three of them with one more question, and a week away."""
    week = {"from": int((now - timedelta(days=40)).timestamp()), "until": int((now - timedelta(days=33)).timestamp())}
    who = {"plan": plan, "person": person, "area": place}
    for back in range(1, 26):
        at = now - timedelta(days=back)
        values = {**who, "day": at.date().isoformat(), "at": int(at.timestamp())}
        tx.run(
            "INSERT INTO checkins (plan_id, person_id, area_id, day, slot, channel, state, asked_at, due_at, nudges, step,"
            " answer, answered_at) VALUES (:plan, :person, :area, :day, 480, 'chat', 'answered', :at, :at, '', 0, 'well', :at)",
            values,
        )
        if back <= 3:
            number = max(row["id"] for row in tx.all("SELECT id FROM checkins"))
            tx.run(
                "INSERT INTO wellbeing (person_id, checkin_id, day, topic, asked_at, good, answered_at)"
                " VALUES (:person, :number, :day, 'sleep', :at, :good, :at)",
                {"person": person, "day": values["day"], "at": values["at"], "number": number, "good": back % 2},
            )
    tx.run(
        "INSERT INTO absences (plan_id, person_id, area_id, reason, owner_id, from_at, until_at, ended_at)"
        " VALUES (:plan, :person, :area, 'family', :person, :from, :until, :until)",
        {**who, **week},
    )


async def test_many_answers_come_in_pages_and_absences_and_wellbeing_are_there(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    person = await town.person(await cared_for(town, wang, "Zhang"))
    plan = (await town.read(lambda tx: tx.all("SELECT id FROM plans")))[0]["id"]
    place, now = await town.area_id("b1"), town.clock.now()
    await town.write(lambda tx: written(tx, plan, person.id, place, now))
    await opened(town, wang)
    await wang.presses("💬 Answers")
    await town.quiet()
    assert screen(wang).count("✅") == 10
    for _ in range(2):
        await wang.presses("‹ Earlier")
        await town.quiet()
    assert screen(wang).count("✅") == 5
    assert "page 3" in screen(wang)
    await wang.presses("🌤 How they were")
    await town.quiet()
    assert "🌧 sleep: not good (Feb 28)" in screen(wang)
    assert "⏸ with family from Jan 21 to Jan 28" in screen(wang)
    await wang.presses("📅 Month")
    await town.quiet()
    for _ in range(2):
        await wang.presses("‹ Earlier")
        await town.quiet()
    assert "Mon, Jan 26  ⏸" in screen(wang)
    assert "⏸ away" in screen(wang)


async def test_a_history_is_for_the_coordinator_in_charge_alone(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    sunny = await town.helper("Sunny", Role.COORDINATOR, code="c2", language="en")
    li = await town.helper("Li", language="en")
    ada = await town.helper("Ada", Role.ADMINISTRATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    plan = (await town.read(lambda tx: tx.all("SELECT id FROM plans")))[0]["id"]
    for phone in (sunny, li, ada, zhang):
        message = next(shown for shown in phone.screen() if not shown.mine)
        for code in (f"jo:{plan}", f"jh:{plan}:0:0", f"jh:{plan}:2:0", f"jh:{plan}:9:0", f"jh:{plan}:1:-1", "jo:999"):
            toast = await phone.taps_code(code, message)
            assert toast
            assert toast.alert, code
    await li.sends("/history")
    await li.reads("This is for somebody else to do")
    await sunny.sends("/history")
    await sunny.reads("Nobody is cared for here yet")
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Zhang: is asked")
    await town.quiet()
    await wang.presses("📖 History")
    await wang.reads("📖 Zhang")
    # Somebody else is in charge now: what is drawn again shows nothing.
    reader = await town.person(wang)
    await town.write(lambda tx: tx.run("DELETE FROM roles WHERE person_id = :id", {"id": reader.id}))
    toast = await wang.taps_code(f"jh:{plan}:1:0", wang.screen()[-1])
    assert toast
    assert toast.alert
    assert not told(wang, "💬 Answers,")


NOW = datetime(2026, 3, 2, tzinfo=UTC)


@given(st.sampled_from(CheckInState), st.sampled_from(Channel), st.sampled_from([None, *CheckInAnswer]), st.booleans())
def test_no_check_in_has_a_sign_of_being_well_unless_somebody_knows_it(
    state: CheckInState, channel: Channel, answer: CheckInAnswer | None, unheard: bool
) -> None:
    at = None if answer is None else NOW
    one = CheckIn(1, 1, 1, 1, date(2026, 3, 2), 480, channel, state, NOW, NOW, (), answer=answer, answered_at=at)
    sign = sign_of(one, unheard=unheard)
    well = sign in (Sign.CHAT, Sign.CALL, Sign.KNOCK)
    assert not well or (state is CheckInState.ANSWERED and answer not in (CheckInAnswer.HELP, CheckInAnswer.CALL_ME))
    assert not (well and unheard and answer is CheckInAnswer.SIGN)
