"""Everything that is said about what comes again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import islice, product

from bot.domain.notices import Notice
from bot.domain.recurrences import (
    Aspect,
    Every,
    Freq,
    Recurrence,
    RecurrenceAsked,
    RecurrenceCard,
    RecurrenceOver,
    RecurrenceRests,
    RecurrenceState,
    RecurrenceView,
    RepeatAsked,
    RepeatHoursAsked,
    Rule,
    RuleAsked,
)
from tests.texts.readers import NOW, Data, Said
from tests.texts.samples_needs import need_views

DAY = NOW.date()
RULES = (
    *(Rule.every(every, DAY) for every in Every),
    Rule(Freq.DAILY, 3),
    Rule(Freq.WEEKLY, weekdays=tuple((day, 0) for day in range(7))),
    Rule(Freq.MONTHLY, 3, month_days=(1, 15, -1, -8)),
    Rule(Freq.MONTHLY, weekdays=((1, 2), (4, -1), (6, 0))),
    Rule(Freq.MONTHLY, weekdays=((0, 0), (4, 0)), position=-1),
)


def views(data: Data) -> list[RecurrenceView]:
    """By every rule, running, resting, ended; its own and somebody else's; and what nobody may see."""
    base = Recurrence(data.number, 7, 1, 1, 1, "haircut", data.text, RULES[0], DAY, 22 * 60, 26 * 60, NOW, 1)
    running = replace(base, next_day=DAY + timedelta(days=8), act_at=NOW)
    seen = [RecurrenceView(replace(running, rule=rule), NOW, data.resident, data.place, data.helper) for rule in RULES]
    seen += [replace(one, own=True, helper=None) for one in seen]
    rests = replace(running, state=RecurrenceState.PAUSED, until=DAY)
    ended = replace(base, state=RecurrenceState.ENDED)
    return [*seen, *(replace(seen[-1], recurrence=one) for one in (rests, ended, None))]


def about(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about what comes again, in every view."""
    return lambda data: ((kind(data.number), view) for view in views(data))


def questions(data: Data) -> Said:
    """What is to be different, and to what."""
    for aspect, view in product(Aspect, views(data)):
        yield RecurrenceAsked(data.number, aspect.value), view


def of_need(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A question about a need that is to come again."""
    return lambda data: ((kind(data.number), view) for view in islice(need_views(data), 0, None, 9))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    **{kind: about(kind) for kind in (RecurrenceCard, RecurrenceOver, RecurrenceRests)},
    RecurrenceAsked: questions,
    **{kind: of_need(kind) for kind in (RepeatAsked, RepeatHoursAsked, RuleAsked)},
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (
    RecurrenceCard,
    RecurrenceAsked,
    RecurrenceOver,
    RepeatAsked,
    RepeatHoursAsked,
)
