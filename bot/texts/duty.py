"""What is read of the duty rota."""

from collections.abc import Callable, Mapping

from bot.domain.duty import DutyGiven, DutyHelpers, DutyList, DutyView
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines, paragraphs

# What can be given with one tap: day, evening and night, round the clock. Minutes of the local day.
SHIFTS = ((8 * 60, 20 * 60), (20 * 60, 8 * 60), (0, 0))


class ChooseHelper(Button, code="uc"):
    """Somebody more: show me who could."""

    area_id: int


class Give(Button, code="ug"):
    """This person is on duty, each day at these minutes."""

    area_id: int
    person_id: int
    starts: int
    ends: int


class EndShift(Button, code="ue"):
    """This shift ends."""

    shift_id: int


def hours(starts: int, ends: int, words: Words) -> Html:
    """ "08:00–20:00"."""
    if starts == ends:
        return words.say("round the clock")
    return Html(f"{starts // 60:02}:{starts % 60:02}–{ends // 60:02}:{ends % 60:02}")


def duty_list(notice: DutyList, view: DutyView, words: Words) -> Message:
    """Who is on duty here, and when."""
    now = (
        words.say("On duty now: {names}", names=words.listed(view.on_now))
        if view.on_now
        else words.say("⚠️ Nobody is on duty now.")
    )
    rows: Rows = tuple(
        (Key(words.say("⏹ {name}, {hours}", name=name, hours=hours(starts, ends, words)), EndShift(shift_id).code),)
        for shift_id, name, starts, ends in view.rows
    )
    rows = (*rows, (Key(words.say("➕ Somebody more"), ChooseHelper(view.area_id).code),))
    hint = words.say("Tap a name to end that shift.") if view.rows else None
    head = words.say("Duty in {place}", place=view.place)
    return Message(paragraphs(bold(head), lines(now, hint)), rows, protected=True)


def helpers(notice: DutyHelpers, view: DutyView, words: Words) -> Message:
    """Who could be on duty, and when."""
    if not view.helpers:
        return Message(words.say("There is no volunteer here yet. /invite brings in volunteers."))
    rows: Rows = tuple(
        (
            Key(
                words.say("{name}, {hours}", name=name, hours=hours(starts, ends, words)),
                Give(view.area_id, person_id, starts, ends).code,
            ),
        )
        for person_id, name in view.helpers
        for starts, ends in SHIFTS
    )
    return Message(bold(words.say("Who is on duty, and when?")), rows)


def given(notice: DutyGiven, view: str, words: Words) -> Message:
    """You are on duty."""
    said = words.say("🧭 You are on duty in {place} now and then; /duty shows when.", place=bold(view))
    what = words.say(
        "When somebody does not answer or asks for help, you are asked first. Please let me ring through a silenced telephone."
    )
    return Message(lines(said, what))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {DutyList: duty_list, DutyHelpers: helpers, DutyGiven: given}
