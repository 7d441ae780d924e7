"""What changes while an alert runs: ladders, contacts, pauses, plans; and what people press before and after."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.absences import AbsenceReason
from bot.domain.alerts import Rung, Whom
from bot.domain.plans import Plan
from bot.services import absences, plans
from bot.storage import persons
from bot.storage import plans as stored
from bot.storage.database import Transaction
from bot.storage.plans import Contact
from tests.care.test_outages import rungs
from tests.care.ward import CHEN, HELP, HOURLY, WANG, WELL, Ward, ward

__all__ = ["ward"]


async def plan_of(ward: Ward) -> Plan:
    """The plan of the first person."""
    found = await ward.database.read(lambda tx: stored.of_person(tx, ward.people[0]))
    assert found is not None
    return found


async def change(ward: Ward, rule: Callable[[Plan], Plan]) -> None:
    """Wang changes the plan of the first person."""
    number, now = (await plan_of(ward)).id, ward.clock.now()
    await ward.database.transaction(
        lambda tx: plans.change(tx, ward.actor(tx, WANG), ward.home, number, rule, "changed", now=now)
    )


async def missed(ward: Ward) -> None:
    """The evening's question was asked, and nobody answered it."""
    await ward.passes(hours=9)
    await ward.passes(hours=1)
    assert (await ward.alerts())["open"] == 1


async def told(ward: Ward) -> list[str]:
    """As who the people were told, in the order in which they were."""
    rows = await ward.rows("SELECT rung FROM alert_people ORDER BY told_at, person_id")
    return [row["rung"] for row in rows]


async def test_a_ladder_that_is_changed_or_loses_a_rung_in_mid_alert_changes_no_running_alert(ward: Ward) -> None:
    await ward.fill(1)
    await missed(ward)
    assert await rungs(ward) == ["duty,neighbour"]
    await change(ward, lambda plan: replace(plan, ladder=(Rung(0, Whom.NEIGHBOUR),)))
    await ward.passes(minutes=13)
    assert await rungs(ward) == ["duty,neighbour", "coordinators"]
    assert await told(ward) == ["neighbour", "coordinators"]
    await ward.close()
    await ward.hears(ward.update(1, HELP))
    assert (await rungs(ward))[2:] == ["neighbour"], "the next alert climbs the new one"
    await ward.whole()


async def test_contacts_that_are_missing_or_cannot_be_reached_are_skipped_at_once_and_told(ward: Ward) -> None:
    await ward.fill(1, ladder=(Rung(0, Whom.NEIGHBOUR), Rung(10, Whom.CONTACTS), Rung(30, Whom.COORDINATORS)))
    number = (await plan_of(ward)).id

    def contacts(tx: Transaction) -> None:
        chen, now = ward.actor(tx, CHEN), ward.clock.now()
        family = ward.meet(tx, 902, "Family")
        stored.add_contact(tx, number, Contact(name="Gone", relation="son", telephone=None, person_id=family.id))
        stored.add_contact(tx, number, Contact(name="Nobody", relation="aunt", telephone=None, person_id=None))
        for actor in (chen, family):
            persons.set_reachable(tx, ward.home.bot_id, _account(tx, actor.id), since=now)

    await ward.database.transaction(contacts)
    await missed(ward)
    assert await rungs(ward) == ["neighbour,contacts,coordinators"]
    assert await told(ward) == ["coordinators"]
    empty = await ward.rows("SELECT data FROM outbox WHERE kind = 'RungEmpty'")
    assert len(empty) == 1
    assert "neighbour,contacts" in empty[0]["data"]
    await ward.whole()


def _account(tx: Transaction, person_id: int) -> int:
    """The chat of a person."""
    chat = persons.chat_of(tx, person_id)
    assert chat is not None
    return chat[1]


async def test_a_pause_that_begins_or_ends_in_mid_alert_ends_no_alert_and_makes_no_second(ward: Ward) -> None:
    await ward.fill(1, **HOURLY)
    await ward.passes(hours=1)
    await ward.passes(minutes=31)
    await ward.passes(minutes=29)  # the next question is open too
    assert await ward.checkins() == {"alert": 1, "asked": 1}
    number = (await plan_of(ward)).id

    def go(tx: Transaction) -> None:
        wang, now = ward.actor(tx, WANG), ward.clock.now()
        absences.go(tx, wang, ward.home, number, AbsenceReason.FAMILY, 3, now=now)

    await ward.database.transaction(go)
    assert await ward.checkins() == {"alert": 1, "excused": 1}
    tried = len(await rungs(ward))
    await ward.passes(minutes=23)
    assert len(await rungs(ward)) == tried + 1, "whoever is away was missing before: somebody looks all the same"
    await ward.passes(hours=2)
    assert await ward.checkins() == {"alert": 1, "excused": 1}, "nobody is asked meanwhile"

    def back(tx: Transaction) -> None:
        absences.back(tx, ward.actor(tx, WANG), ward.home, number, now=ward.clock.now())

    await ward.database.transaction(back)
    await ward.passes(hours=1)
    await ward.passes(minutes=31)
    assert await ward.alerts() == {"open": 1}
    assert (await ward.events())["joined"] == 1, "a further miss joins the alert that is open"
    await ward.close()
    assert await ward.alerts() == {"closed": 1}


async def test_whoever_is_asked_no_more_in_mid_alert_is_looked_for_all_the_same(ward: Ward) -> None:
    await ward.fill(1)
    await missed(ward)
    number = (await plan_of(ward)).id
    now = ward.clock.now()
    await ward.database.transaction(lambda tx: plans.end(tx, ward.actor(tx, WANG), ward.home, number, now=now))
    await ward.passes(minutes=13)
    assert await rungs(ward) == ["duty,neighbour", "coordinators"]
    await ward.passes(hours=24)
    assert await ward.checkins() == {"alert": 1}, "and is asked nothing any more"
    await ward.passes(minutes=23)
    assert len(await rungs(ward)) == 4
    await ward.close()
    await ward.whole()


async def test_help_inside_the_grace_is_an_alert_at_once_and_the_end_of_the_grace_makes_no_second(ward: Ward) -> None:
    await ward.fill(1)
    await ward.passes(hours=9)
    await ward.passes(minutes=30)
    await ward.hears(ward.update(1, HELP))
    assert await ward.alerts() == {"open": 1}
    assert await ward.checkins() == {"answered": 1}
    await ward.passes(minutes=31)
    assert [row["cause"] for row in await ward.rows("SELECT cause FROM alerts")] == ["help"]
    assert (await ward.events())["raised"] == 1
    await ward.hears(ward.update(1, WELL))
    assert await ward.alerts() == {"open": 1}, "well after help closes nothing"


async def test_a_double_press_is_one_answer_and_late_it_ends_one_alert_once(ward: Ward) -> None:
    await ward.fill(1)
    await ward.passes(hours=9)
    for _ in range(2):
        await ward.hears(ward.update(1, WELL))
    assert await ward.checkins() == {"answered": 1}
    await ward.passes(hours=14)
    await ward.passes(hours=1)
    assert await ward.alerts() == {"open": 1}
    for _ in range(2):
        await ward.hears(ward.update(1, WELL))
    assert await ward.alerts() == {"closed": 1}
    letters = await ward.letters()
    assert letters["AlertAnsweredLate"] == 1, "whoever was told hears it once"
    assert letters["CheckInThanked"] + letters["CheckInThankedLate"] == 4, "each press is answered"
    await ward.hears(ward.update(1, HELP))
    await ward.hears(ward.update(1, HELP))
    assert await ward.alerts() == {"closed": 1, "open": 1}
