"""What can be tapped about duty: each button an action and its place, shift, day or watch.

`hours` is the number of the domain's `Hours`: three numbers are all that a button has room for.
"""

from bot.texts.buttons import Button


class Week(Button, code="uw"):
    """Show this week of the rota (0: this one)."""

    area_id: int
    week: int


class ChooseHelper(Button, code="uc"):
    """Somebody more on this line, each week: show me who could."""

    area_id: int
    line: int
    offset: int


class ChooseHours(Button, code="uh"):
    """This person, on this line: at which hours?"""

    area_id: int
    person_id: int
    line: int


class ChooseDays(Button, code="uy"):
    """… at these hours: on which weekdays?"""

    area_id: int
    person_id: int
    hours: int


class Give(Button, code="ug"):
    """This person is on duty at these hours of these weekdays."""

    area_id: int
    person_id: int
    hours: int


class Shifts(Button, code="ui"):
    """Show me the weekly shifts."""

    area_id: int


class First(Button, code="uf"):
    """This shift's person is asked first."""

    shift_id: int


class EndShift(Button, code="ue"):
    """This shift ends."""

    shift_id: int


class Days(Button, code="ud"):
    """One day is different: which?"""

    area_id: int


class Day(Button, code="ua"):
    """Show me this day (the date as a number, 20261126)."""

    area_id: int
    day: int


class Different(Button, code="ux"):
    """Somebody else on this day at these hours: show me who could."""

    area_id: int
    hours: int
    offset: int


class Change(Button, code="uz"):
    """On this day, at these hours, this person (0: nobody)."""

    area_id: int
    hours: int
    person_id: int


class AsPlanned(Button, code="ur"):
    """This day is as each week again."""

    area_id: int
    day: int


class Covered(Button, code="uv"):
    """Which hours must be covered?"""

    area_id: int


class Cover(Button, code="uk"):
    """These hours must be covered."""

    area_id: int
    starts: int
    ends: int


class WhoCan(Button, code="uq"):
    """Ask the volunteers who can be on duty then, instead of this person (0: nobody is planned)."""

    area_id: int
    hours: int
    instead_of: int


class StepIn(Button, code="us"):
    """I can, instead of this person (0: nobody is planned)."""

    area_id: int
    hours: int
    instead_of: int


class TakeNow(Button, code="ut"):
    """I take the duty now."""

    area_id: int


class Here(Button, code="uj"):
    """I'm here."""

    watch_id: int


class Mine(Button, code="um"):
    """Show me my own turns."""


class AskLeave(Button, code="ul"):
    """I am away for some time."""


class GoAway(Button, code="uo"):
    """I am away so many days, from so many days ahead."""

    ahead: int
    days: int


class ComeBack(Button, code="ub"):
    """I am back, or do not go after all."""


class TypeHours(Button, code="ht"):
    """At hours that I write, for this person on this line (person 0: which hours must be covered)."""

    area_id: int
    person_id: int
    line: int


class SingleDays(Button, code="hs"):
    """This person at these hours: on one weekday."""

    area_id: int
    person_id: int
    hours: int


class MoreShifts(Button, code="hm"):
    """The weekly shifts from here on."""

    area_id: int
    offset: int


class MoreDays(Button, code="hd"):
    """The days from so many ahead on."""

    area_id: int
    offset: int


class DayPage(Button, code="hp"):
    """What can be done on this day, from here on."""

    area_id: int
    day: int
    offset: int


class Extra(Button, code="he"):
    """Somebody more on this day."""

    area_id: int
    day: int


class TypeExtra(Button, code="hx"):
    """Somebody more on this day, at hours that I write."""

    area_id: int
    day: int


class BellDone(Button, code="hb"):
    """My telephone rings now, even when it is silenced."""
