"""Everything that is said about the printed sheet."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.plans import Channel, Plan, PlanState, Slot
from bot.domain.sheets import RoundsSheet, SheetPerson, SheetView
from tests.texts.readers import NOW, Data, Said


def sheets(data: Data) -> Said:
    """An empty sheet, and one with somebody of every channel."""
    slots = tuple(Slot(480, channel) for channel in Channel)
    plan = Plan(1, 7, 1, 1, PlanState.ACTIVE, slots, notes=data.text)
    contacts = ((data.helper, data.owner, data.telephone), (data.owner, data.helper, None))
    known = SheetPerson(plan, data.resident, data.place, data.door, data.telephone, data.helper, contacts)
    unknown = SheetPerson(plan, data.resident, data.place, None, None, None, ())
    yield RoundsSheet(1), SheetView(data.place, 0, (), (), (), NOW)
    named = ((data.helper, data.telephone), (data.owner, None))
    yield RoundsSheet(1, 1), SheetView(data.place, 1, (known, unknown), named, named, NOW)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {RoundsSheet: sheets}
