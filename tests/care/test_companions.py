"""Alerts on which there are two, what is said of them, and the visitor who must come back."""

from bot.domain.people import Role
from bot.storage import history
from bot.storage.database import Transaction
from sandbox import Phone
from tests.care.enrolled import cared_for
from tests.care.shifts import on_duty, planned
from tests.journeys.conftest import Town, told


async def missing(town: Town) -> tuple[Phone, Phone, Phone, Phone]:
    """Zhang calls for help; Li and Zhao are on duty, Wang is in charge."""
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhao = await town.helper("Zhao", language="en")
    await planned(town, wang, "Zhao")
    zhang = await cared_for(town, wang, "Zhang")
    person = await town.person(zhang)
    await town.write(lambda tx: tx.run("UPDATE persons SET door = :door WHERE id = :id", sealed(tx, person.id)))
    await zhang.sends("/sos")
    for phone in (li, zhao):
        await phone.reads("Zhang asks for help")
    await town.quiet()
    return wang, li, zhao, zhang


def sealed(tx: Transaction, person_id: int) -> dict[str, object]:
    """The door as it is kept."""
    return {"door": tx.vault.seal("persons.door", "unit 7, door 7042"), "id": person_id}


async def test_two_go_together_and_both_see_the_door_as_long_as_they_are_on_it(town: Town) -> None:
    wang, li, zhao, _ = await missing(town)
    await li.presses("I'll look")
    await li.reads("7042")
    await zhao.presses("I'll come along")
    await zhao.reads("7042")
    await li.reads("Along: Zhao")
    seen = await town.read(lambda tx: tx.all("SELECT viewer_id FROM disclosures ORDER BY id"))
    assert {row["viewer_id"] for row in seen} == {(await town.person(li)).id, (await town.person(zhao)).id}
    await zhao.presses("I don't come along")
    await town.quiet()
    assert not told(zhao, "7042")
    await zhao.presses("I'll come along")
    await zhao.reads("7042")
    await li.presses("Record what I found")
    await li.reads("What did you find")
    await li.presses("Had fallen")
    await wang.reads("Zhang: Had fallen")
    await zhao.reads("Zhang: Had fallen")
    await town.quiet()
    assert told(wang, "Please see to what comes next")
    assert not told(zhao, "7042")
    assert not told(li, "7042")


async def test_handed_over_only_when_the_other_says_yes(town: Town) -> None:
    _, li, zhao, zhang = await missing(town)
    await li.presses("I'll look")
    await li.reads("7042")
    await li.presses("Hand over")
    await li.reads("Who could take it over?")
    await li.presses("Zhao")
    await zhao.reads("Li asks whether you can take over: Zhang")
    await zhao.presses("I can't")
    await li.reads("You still have it")
    await li.presses("Ask somebody else")
    await li.reads("Who could take it over?")
    await li.presses("Zhao")
    await zhao.reads("Li asks whether")
    assert told(li, "7042"), "until then they have it"
    await zhao.presses("I take it over")
    await li.reads("Zhao has taken over Zhang")
    await zhang.reads("Zhao looks in on you")
    await town.quiet()
    assert not told(li, "7042")
    stranger = await town.resident("Sun", language="en")
    alert = (await town.read(lambda tx: tx.all("SELECT id FROM alerts")))[0]["id"]
    for code in (f"ay:{alert}", f"aj:{alert}", f"ah:{alert}", f"ai:{alert}", f"ab:{alert}:forgot"):
        toast = await stranger.taps_code(code, next(shown for shown in stranger.screen() if not shown.mine))
        assert toast
        assert toast.alert, code


async def test_a_visitor_who_does_not_come_back_is_asked_and_then_looked_for(town: Town) -> None:
    wang, li, _, _ = await missing(town)
    await li.presses("I'll look")
    await li.reads("7042")
    await li.presses("I'm there")
    await li.reads("You are there since")
    await town.passes(minutes=31)
    await li.reads("Are you well yourself?")
    await li.presses("All is well, still here")
    await town.passes(minutes=29)
    assert not told(wang, "does not answer. Please ring them")
    await town.passes(minutes=2)
    await li.reads("Are you well yourself?")
    await town.passes(minutes=11)
    await wang.reads("Li went to Zhang and does not answer")
    assert not told(li, "7042"), "raised again, it is nobody's"


async def test_a_false_alarm_has_a_reason_and_a_good_one_is_no_news(town: Town) -> None:
    wang, li, _, _ = await missing(town)
    await li.presses("I'll look")
    await li.reads("7042")
    await li.presses("Record what I found")
    await li.reads("What did you find")
    await li.presses("Well, had forgotten")
    await li.reads("What was behind it?")
    await li.presses("Telephone silent")
    await li.reads("Why: Telephone silent")
    await town.quiet()
    assert not told(wang, "🔔 Zhang: Well")
    kept = await town.read(lambda tx: [event.after for event in history.of(tx, "alert:1") if event.event == "reason"])
    assert kept == ["silent"]


async def test_contacts_with_a_telephone_only_are_to_be_rung_and_empty_rungs_are_one_message(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    zhang = await cared_for(town, wang, "Zhang")
    await wang.presses("Add a contact")
    await wang.reads("Who is to be told")
    await wang.sends("Chen Li, daughter, 13900001111")
    await wang.reads("Chen Li (daughter)")
    await town.passes(hours=9)
    await zhang.reads("Good evening")
    await town.passes(hours=1)
    await wang.reads("Zhang has not answered")
    empty = [shown for shown in wang.screen() if "could not be told" in shown.text]
    assert len(empty) == 1, "one message for all rungs that are empty"
    assert "nobody is on duty" in empty[0].text
    assert "no neighbour is chosen" in empty[0].text
    await town.passes(minutes=11)
    ring = await wang.reads("Please ring for Zhang")
    assert "+8613900001111" in ring.text
    await zhang.presses("I'm well")
    await wang.reads("nobody needs to ring any more")
    assert not told(wang, "Please ring for Zhang")
