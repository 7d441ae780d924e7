"""What is read when somebody is away for some days."""

from collections.abc import Callable, Mapping

from bot.domain.absences import (
    AbsenceAsked,
    AbsenceBegun,
    AbsenceDay,
    AbsenceDays,
    AbsenceForgotten,
    AbsenceFound,
    AbsenceList,
    AbsenceOwners,
    AbsenceReason,
    AbsenceReasons,
    AbsencesView,
    AbsenceView,
    AbsenceYours,
    CameHome,
)
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

LENGTHS, LONGER, IN_HOSPITAL = (1, 3, 7, 14, 30), (3, 7), (3, 7, 14, 30)
# Whoever is asked every day finds three keys at most; any other day they may write.
MY_LENGTHS = LENGTHS[:3]
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


class OtherDay(Button, code="we"):
    """They come back on another day: I write it."""

    absence_id: int


class AskOwner(Button, code="wp"):
    """Somebody else answers for it: show me who could."""

    absence_id: int


class SetOwner(Button, code="wz"):
    """This person answers for it."""

    absence_id: int
    person_id: int


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
        for number in (MY_LENGTHS if view.about_me else LENGTHS)
    )
    asked = words.say("For how long? I ask again before the last day is over.")
    written = words.say("Or write the day of the return, for example: 15.3., 2026-03-15, or in 10 days")
    return Message(lines(asked, written), keys)


def day(notice: AbsenceDay, view: AbsenceView, words: Words) -> Message:
    """On which day?"""
    asked = (
        words.say("On which day do you come back?")
        if view.about_me
        else words.say("On which day does {name} come back?", name=bold(view.person))
    )
    return Message(lines(asked, words.say("For example: 15.3., 2026-03-15, or in 10 days")), asks=True)


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
    if found.ended_at is not None:
        return Message(words.say("This has been settled in the meantime. Thank you!"))
    until = bold(words.day(found.until_at))
    if view.about_me:
        said = words.say("Until {day} nobody asks you. Then I ask again every day.", day=until)
        return Message(said, (_other_day(found.id, words), (Key(words.say("▶️ I am back"), Back(found.plan_id).code),)))
    why = reason_name(found.reason, words)
    said = words.say("⏸ {name} is {reason}; nobody asks until {day}.", name=bold(view.person), reason=why, day=until)
    keys: Rows = ()
    if view.may_change:
        keys = (
            _other_day(found.id, words),
            (Key(words.say("👤 Somebody else answers for it"), AskOwner(found.id).code),),
        )
    return Message(lines(said, words.say("{name} answers for it.", name=view.owner)), keys)


def _other_day(absence_id: int, words: Words) -> tuple[Key, ...]:
    return (Key(words.say("✏️ Another day"), OtherDay(absence_id).code),)


def owners(notice: AbsenceOwners, view: AbsenceView, words: Words) -> Message:
    """Who answers for it?"""
    if not view.others:
        return Message(words.say("Nobody else in charge, and no relative, can be reached in the chat."))
    asked = words.say("Who answers for the absence of {name}?", name=bold(view.person))
    then = words.say("They are asked before the return, and hear if it is forgotten.")
    rows: Rows = tuple(
        (Key(words.say("👤 {name}", name=name), SetOwner(notice.absence_id, person_id).code),)
        for person_id, name in view.others
    )
    return Message(lines(asked, then), rows)


def yours(notice: AbsenceYours, view: AbsenceView, words: Words) -> Message:
    """You answer for it."""
    found = view.absence
    if found is None or found.ended_at is not None or not view.may_change:
        return Message(words.say("This has been settled in the meantime. Thank you!"))
    day = bold(words.day(found.until_at))
    why = reason_name(found.reason, words)
    said = words.say(
        "You answer for the absence of {name} ({reason}) until {day}.", name=bold(view.person), reason=why, day=day
    )
    then = words.say("Before that I ask you whether it stands.")
    return Message(
        lines(said, then),
        (_other_day(found.id, words), (Key(words.say("▶️ They are back"), Back(found.plan_id).code),)),
    )


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
        *((Key(_still(number, words), Later(found.id, number).code),) for number in LONGER),
    )
    return Message(said, keys)


def _still(number: int, words: Words) -> Html:
    return words.count("⏸ Still away: {number} day later", "⏸ Still away: {number} days later", number)


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
    AbsenceDay: day,
    AbsenceOwners: owners,
    AbsenceYours: yours,
    AbsenceFound: found,
    AbsenceBegun: begun,
    AbsenceAsked: asked,
    AbsenceForgotten: forgotten,
    CameHome: home,
    AbsenceList: listed,
}
