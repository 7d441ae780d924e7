"""People who are cared for, enrolled as in life: a coordinator proposes, they agree; and how they are asked."""

from bot.domain.checkins import CheckIn
from bot.domain.plans import Channel
from bot.services import slots
from bot.storage import checkins, persons, plans
from bot.storage.database import Transaction
from sandbox import Phone
from tests.journeys.conftest import Town


async def cared_for(town: Town, wang: Phone, name: str) -> Phone:
    """A resident who has agreed to be asked every day."""
    zhang = await town.resident(name, language="en")
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("Somebody new")
    await wang.reads("Who would like to be asked")
    await wang.presses(name)
    await zhang.reads("may I ask you every day")
    await zhang.presses("Yes, please")
    await zhang.reads("The first question comes")
    await town.quiet()
    return zhang


async def cared_for_in_chinese(town: Town, wang: Phone, name: str) -> Phone:
    """The same, all in Chinese; the plan's card is the last that the coordinator was sent."""
    zhang = await town.resident(name)
    await wang.sends("/care")
    await town.quiet()
    await wang.presses("新加一个人")
    await wang.reads("谁愿意")
    await wang.presses(name)
    await zhang.reads("问您一声平安")
    await zhang.presses("好，请每天问我")
    await zhang.reads("第一次")
    await town.quiet()
    return zhang


async def asked_by(town: Town, wang: Phone, phone: Phone, channel: Channel) -> int:
    """Every slot of this person is asked by this channel from now on; their number."""
    person, coordinator = await town.person(phone), await town.person(wang)

    def change(tx: Transaction) -> None:
        plan = plans.of_person(tx, person.id)
        assert plan is not None
        actor, home = persons.actor(tx, coordinator), town.program.home
        for slot in plan.slots:
            slots.ask_by(tx, actor, home, plan.id, slot.minutes, channel, now=town.clock.now())

    await town.write(change)
    return person.id


async def last(town: Town, person_id: int) -> CheckIn:
    """The last check-in of somebody."""
    return (await town.read(lambda tx: checkins.of_person(tx, person_id, 1)))[0]
