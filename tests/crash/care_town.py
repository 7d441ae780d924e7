"""The town in which people are cared for: six who are asked every hour, those who look after them, two in charge."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.app import opened_program
from bot.domain.alerts import Rung, Whom
from bot.domain.duty import Shift
from bot.domain.people import Actor, Role
from bot.domain.plans import Plan, Slot
from bot.services import duty, plans
from bot.storage import persons
from bot.storage import plans as stored_plans
from bot.storage.database import Transaction
from bot.storage.plans import Contact
from sandbox import Phone, Sandbox
from tests.crash.clocks import TownClock
from tests.crash.record import Diary
from tests.crash.town import RESIDENTS, Settling, Town, running, settings_of

HELPERS = ("小李", "小赵", "小孙", "小钱")
SLOT_MINUTES, GRACE_MINUTES, NUDGES = 60, 40, (20,)
SLOTS = tuple(Slot(minutes) for minutes in range(0, 24 * 60, SLOT_MINUTES))
# Whoever has just moved in is alive: their first questions would be answered before they are asked.
LONG_AGO_SECONDS = 125 * 60
LADDER = (
    Rung(0, Whom.DUTY),
    Rung(2, Whom.NEIGHBOUR),
    Rung(5, Whom.COORDINATORS),
    Rung(9, Whom.CONTACTS),
)


async def settle_care(sandbox: Sandbox, environment: Mapping[str, str], diary: Diary, clock: TownClock) -> Town:
    """Everybody moves in, while the program runs here undisturbed."""
    async with opened_program(settings_of(environment), clock=clock) as program, running(program):
        return await CareSettling(sandbox, program, diary).town_after(lambda: _pause(clock))


def _pause(clock: TownClock) -> None:
    """So long that nobody has just written, and then until ten minutes to the first question, at whatever time a run begins."""
    clock.advance(LONG_AGO_SECONDS)
    clock.advance((SLOT_MINUTES - 10) * 60 - clock.now().timestamp() % (SLOT_MINUTES * 60) + SLOT_MINUTES * 60)


class CareSettling(Settling):
    """Brings people in by their links; who is cared for and who is on duty is decided by the use cases at once."""

    async def town_after(self, pause: Callable[[], None]) -> Town:
        """小李 and 小赵 are on duty, 小孙 is everybody's neighbour, 小钱 their family; 王姐 and 周姐 are in charge."""
        await self._program.database.transaction(self._import)
        wang, zhou = self._sandbox.phone("王姐"), self._sandbox.phone("周姐")
        for phone, roles in ((wang, (Role.ADMINISTRATOR, Role.COORDINATOR)), (zhou, (Role.COORDINATOR,))):
            for role in roles:
                await phone.opens(await self._invitation(role))
        helpers = [await self._volunteer(name) for name in HELPERS]
        group = await self._group(wang, helpers)
        residents = [await self._comes(name, code) for name, code in RESIDENTS.items()]
        town = Town(self._sandbox, group, residents, [*helpers, zhou], wang, self._diary)
        pause()
        await self._program.database.transaction(lambda tx: self._care(tx, town))
        return town

    def _care(self, tx: Transaction, town: Town) -> None:
        wang = self._actor(tx, town.coordinator)
        for phone in town.volunteers[:2]:
            self._on_duty(tx, wang, self._actor(tx, phone).id)
        for phone in town.residents:
            self._enrols(tx, town, wang, self._actor(tx, phone))

    def _on_duty(self, tx: Transaction, wang: Actor, person_id: int) -> None:
        shift = Shift(0, self._area(tx, "c1").id, person_id, starts=0, ends=0)
        duty.give(tx, wang, self._program.home, shift, now=self._program.clock.now())

    def _enrols(self, tx: Transaction, town: Town, wang: Actor, resident: Actor) -> None:
        program, now = self._program, self._program.clock.now()
        neighbour, family = (self._actor(tx, phone) for phone in town.volunteers[2:4])
        number = plans.propose(tx, wang, program.home, resident.id, now=now).plan_id
        plans.consent(tx, resident, program.home, number, yes=True, now=now)
        contact = Contact(name="小钱", relation="家人", telephone=None, person_id=family.id)
        stored_plans.add_contact(tx, number, contact)

        def often(plan: Plan) -> Plan:
            values = replace(plan, slots=SLOTS, grace_minutes=GRACE_MINUTES, nudges=NUDGES, ladder=LADDER)
            return replace(values, neighbour_id=neighbour.id)

        plans.change(tx, wang, program.home, number, often, "asked often", now=now)

    def _actor(self, tx: Transaction, phone: Phone) -> Actor:
        person = persons.by_account(tx, self._program.home.bot_id, phone.id)
        if person is None:
            raise LookupError(phone.name)
        return persons.actor(tx, person)
