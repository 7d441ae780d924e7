"""What is read when somebody is away for some days."""

from collections.abc import Callable, Mapping

from bot.domain.absences import (
    AbsenceAsked,
    AbsenceBegun,
    AbsenceDays,
    AbsenceForgotten,
    AbsenceFound,
    AbsenceList,
    AbsenceReason,
    AbsenceReasons,
    AbsencesView,
    AbsenceView,
    CameHome,
)
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

LENGTHS, LONGER, IN_HOSPITAL = (1, 3, 7, 14, 30), (3, 7), (3, 7, 14, 30)
LISTED_AT_MOST, NAME_UNITS = 30, 20


class Away(Button, code="wa"):
    """Nobody is to ask for some days: why?"""

    plan_id: int


class AwayBecause(Button, code="wr"):
    """… because of this: for how long?"""

    plan_id: int
    reason: str


class AwayFor(Button, code="wd"):
    """… for so many days."""

    plan_id: int
    reason: str
    days: int


class Back(Button, code="wb"):
    """They are back."""

    plan_id: int


class Stands(Button, code="wc"):
    """The day of the return stands."""

    absence_id: int


class Later(Button, code="wl"):
    """So many days later."""

    absence_id: int
    days: int


class HospitalFor(Button, code="ji"):
    """In hospital for so many days."""

    alert_id: int
    days: int


class HospitalNot(Button, code="jj"):
    """Their questions do not pause."""


def reason_name(reason: str, words: Words) -> Html:
    """Why nobody asks."""
    names = {
        AbsenceReason.TRAVEL: words.say("travelling"),
        AbsenceReason.HOSPITAL: words.say("in hospital"),
        AbsenceReason.FAMILY: words.say("with family"),
    }
    return names[AbsenceReason(reason)]


def reasons(notice: AbsenceReasons, view: AbsenceView, words: Words) -> Message:
    """Why?"""
    asked = (
        words.say("Where will you be?") if view.about_me else words.say("Where will {name} be?", name=bold(view.person))
    )
    keys = tuple(
        (Key(reason_name(reason, words), AwayBecause(notice.plan_id, reason.value).code),) for reason in AbsenceReason
    )
    return Message(asked, keys)


def days(notice: AbsenceDays, view: AbsenceView, words: Words) -> Message:
    """For how long?"""
    keys: Rows = tuple(
        (
            Key(
                words.count("{number} day", "{number} days", number),
                AwayFor(notice.plan_id, notice.reason, number).code,
            ),
        )
        for number in LENGTHS
    )
    return Message(words.say("For how long? I ask again before the last day is over."), keys)


def found(notice: AbsenceFound, view: AbsenceView, words: Words) -> Message:
    """Shall their questions pause, and for how long?"""
    asked = words.say("Shall nobody ask {name} while they are in hospital?", name=bold(view.person))
    then = words.say("You answer for it: I ask you before the last day. Home sooner? /care says so.")
    keys: Rows = (
        *(
            (
                Key(
                    words.count("🏥 Yes, {number} day", "🏥 Yes, {number} days", number),
                    HospitalFor(notice.alert_id, number).code,
                ),
            )
            for number in IN_HOSPITAL
        ),
        (Key(words.say("No, keep asking"), HospitalNot().code),),
    )
    return Message(lines(asked, then), keys)


def begun(notice: AbsenceBegun, view: AbsenceView, words: Words) -> Message:
    """Nobody asks until then."""
    found = view.absence
    if found is None:
        return Message(words.say("This has ended. /care shows who is cared for."))
    until = bold(words.day(found.until_at))
    if view.about_me:
        return Message(words.say("Until {day} nobody asks you. Then I ask again every day.", day=until))
    why = reason_name(found.reason, words)
    said = words.say("⏸ {name} is {reason}; nobody asks until {day}.", name=bold(view.person), reason=why, day=until)
    return Message(lines(said, words.say("{name} answers for it.", name=view.owner)))


def asked(notice: AbsenceAsked, view: AbsenceView, words: Words) -> Message:
    """Does it stand?"""
    found = view.absence
    if found is None or found.ended_at is not None:
        return Message(words.say("This has been settled in the meantime. Thank you!"))
    day = bold(words.day(found.until_at))
    said = (
        words.say("From {day} on I ask you again every day. Are you back by then?", day=day)
        if view.about_me
        else words.say("From {day} on {name} is asked again. Back by then?", day=day, name=bold(view.person))
    )
    keys: Rows = (
        (Key(words.say("👍 Yes"), Stands(found.id).code),),
        *(
            (Key(words.count("{number} day later", "{number} days later", number), Later(found.id, number).code),)
            for number in LONGER
        ),
    )
    return Message(said, keys)


def forgotten(notice: AbsenceForgotten, view: AbsenceView, words: Words) -> Message:
    """Questions begin again."""
    said = words.say("▶️ {name} is asked again from today. Nobody has said that they are back.", name=bold(view.person))
    owner = words.say("{name} answered for it. Please ask them.", name=view.owner)
    return Message(lines(said, owner))


def home(notice: CameHome, view: AbsenceView, words: Words) -> Message:
    """Home from hospital."""
    if view.about_me:
        return Message(words.say("Welcome home! I ask you again every day. Tomorrow somebody looks in on you."))
    said = words.say("🏠 {name} is home from hospital and is asked again.", name=bold(view.person))
    return Message(lines(said, words.say("Tomorrow morning there is a visit more, on the round's list.")))


def listed(notice: AbsenceList, view: AbsencesView, words: Words) -> Message:
    """Long and forgotten ones."""
    rows = []
    for name, owner, until, over in view.rows[:LISTED_AT_MOST]:
        facts = {"name": clip(name, NAME_UNITS), "owner": clip(owner, NAME_UNITS), "day": words.day(until)}
        if over:
            rows.append(words.say("· {name}: asked again since {day}, nobody confirmed ({owner})", **facts))
        else:
            rows.append(words.say("· {name}: away until {day} ({owner})", **facts))
    head = words.say("⏸ Long or forgotten absences in {place}:", place=view.place)
    return Message(paragraphs(bold(head), lines(*rows), words.say("/care shows each of them.")), protected=True)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    AbsenceReasons: reasons,
    AbsenceDays: days,
    AbsenceFound: found,
    AbsenceBegun: begun,
    AbsenceAsked: asked,
    AbsenceForgotten: forgotten,
    CameHome: home,
    AbsenceList: listed,
}
