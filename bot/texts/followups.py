"""What is read about looking again on a later day."""

from collections.abc import Callable, Mapping

from bot.domain.followups import (
    CHOICES,
    FollowUpAsked,
    FollowUpCard,
    FollowUpDayAsked,
    FollowUpLine,
    FollowUpMade,
    FollowUpNoteAsked,
    FollowUpView,
)
from bot.domain.notices import Notice
from bot.texts.alerts.buttons import AskFollowUp
from bot.texts.alerts.names import outcome_name
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, clip, lines, paragraphs

NOTES_AT_MOST, NOTE_UNITS, NAME_UNITS = 3, 500, 20


class FollowUpIn(Button, code="jb"):
    """… in so many days."""

    alert_id: int
    days: int


class FollowUpOtherDay(Button, code="jcd"):
    """… on a day that is typed."""

    alert_id: int


class FollowUpDone(Button, code="jd"):
    """I have looked."""

    follow_up_id: int


class FollowUpAddress(Button, code="je"):
    """Show the address."""

    follow_up_id: int


def asked(notice: FollowUpAsked, view: FollowUpView, words: Words) -> Message:
    """On which day?"""
    said = bold(words.say("When shall somebody look in on {name} again?", name=view.person))
    then = words.say("You get a card that morning. If nobody has looked by the evening, the coordinators see to it.")
    return Message(paragraphs(said, then), _days(notice.alert_id, words))


def _days(alert_id: int, words: Words) -> Rows:
    names = {1: words.say("Tomorrow"), 3: words.say("In 3 days"), 7: words.say("In a week")}
    return (
        tuple(Key(names[days], FollowUpIn(alert_id, days).code) for days in CHOICES),
        (Key(words.say("📅 Another day"), FollowUpOtherDay(alert_id).code),),
    )


def day_asked(notice: FollowUpDayAsked, view: FollowUpView, words: Words) -> Message:
    """On another day: please write it."""
    return Message(words.say("On which day? Please write it like this: 12-03"), asks=True)


def made(notice: FollowUpMade, view: FollowUpView, words: Words) -> Message:
    """It is noted."""
    found = view.follow_up
    if found is None or found.done_at is not None:
        return Message(words.say("Somebody has looked already, or nobody needs to any more. Thank you!"))
    said = words.say(
        "📅 Noted: {owner} looks in on {name} again on {day}.",
        owner=view.owner,
        name=bold(view.person),
        day=bold(words.date(found.day)),
    )
    return Message(lines(said, words.say("The card comes that morning; /today shows it until it is done.")))


def card(notice: FollowUpCard, view: FollowUpView, words: Words) -> Message:
    """At whom, what was found, and one tap when it is done."""
    found = view.follow_up
    if found is None:
        return Message(words.say("Somebody has looked already, or nobody needs to any more. Thank you!"))
    head = lines(
        bold(words.say("📅 Please look in on {name} again.", name=view.person)),
        words.say("📍 {place}", place=view.place),
    )
    then = lines(
        words.say(
            "🗓 {when}: {answer}",
            when=words.when(view.found_at, view.now),
            answer=outcome_name(view.outcome, words),
        )
        if view.outcome and view.found_at
        else None,
        *(words.say("“{remark}”", remark=clip(one.text, NOTE_UNITS)) for one in view.notes[-NOTES_AT_MOST:]),
    )
    if found.done_at is not None:
        return _done(view, head, words)
    if not view.mine:
        return Message(lines(head, words.say("Somebody else looks after this now.")), protected=True)
    if found.handed_at is not None:
        whose = words.say("{name} has not said that they have looked. Please see to it.", name=view.owner)
    else:
        whose = words.say("Please say so here by this evening; otherwise the coordinators see to it.")
    address = ((Key(words.say("📍 Show the address"), FollowUpAddress(found.id).code),),) if view.hidden else ()
    keys: Rows = (
        *address,
        (Key(words.say("✅ I have looked"), FollowUpDone(found.id).code),),
        (Key(words.say("🔁 Another day"), AskFollowUp(found.alert_id).code),),
    )
    return Message(paragraphs(head, then, _details(view, words), whose), keys, protected=True)


def _details(view: FollowUpView, words: Words) -> Html | None:
    found = view.details
    if found is None:
        return None
    return lines(
        words.say("🚪 Door: {door}", door=bold(found.door or words.say("not given"))),
        words.say("📞 Telephone: {telephone}", telephone=found.telephone or words.say("not given")),
        words.say("📝 {notes}", notes=found.notes) if found.notes else None,
    )


def _done(view: FollowUpView, head: Html, words: Words) -> Message:
    found = view.follow_up
    if view.done_by is None or found is None or found.done_at is None:
        return Message(words.say("Nobody needs to look any more. Thank you!"), protected=True)
    who = words.say("✅ {name} has looked, {when}.", name=view.done_by, when=words.when(found.done_at, view.now))
    noted = words.say("“{remark}”", remark=found.note) if found.note and view.mine else None
    keys: Rows = ()
    if view.mine:
        keys = ((Key(words.say("🔁 Look once more"), AskFollowUp(found.alert_id).code),),)
    return Message(paragraphs(head, lines(who, noted)), keys, protected=True)


def note_asked(notice: FollowUpNoteAsked, view: FollowUpView, words: Words) -> Message:
    """What did you find?"""
    found = view.follow_up
    ask = words.say("Thank you! How is {name}? Write it here, or simply leave it.", name=bold(view.person))
    keys: Rows = ()
    if found is not None:
        keys = ((Key(words.say("🔁 Look once more"), AskFollowUp(found.alert_id).code),),)
    return Message(ask, keys, asks=True)


def line(one: FollowUpLine, words: Words) -> Html:
    """One that waits, on the day at a glance."""
    facts = {"name": clip(one.person, NAME_UNITS), "owner": clip(one.owner, NAME_UNITS), "day": words.date(one.day)}
    if one.late:
        return words.say("📅 {name}: nobody has looked again since {day} ({owner})", **facts)
    return words.say("📅 {name}: {owner} looks again today", **facts)


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    FollowUpAsked: asked,
    FollowUpDayAsked: day_asked,
    FollowUpMade: made,
    FollowUpCard: card,
    FollowUpNoteAsked: note_asked,
}
