"""What is read when somebody has died: few words, quiet ones, and what is left to do."""

from collections.abc import Callable, Mapping

from bot.domain.alerts import AlertOutcome
from bot.domain.farewells import (
    FarewellAsked,
    FarewellCard,
    FarewellHeard,
    FarewellOutcomeAsked,
    FarewellQuiet,
    FarewellTold,
    FarewellUndone,
    FarewellView,
)
from bot.domain.notices import Notice
from bot.texts.alerts.buttons import AskOutcome
from bot.texts.alerts.names import outcome_name
from bot.texts.buttons import Button
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Words, bold, clip, lines, paragraphs

CONTACTS_AT_MOST, NAME_UNITS = 6, 40


class AskFarewell(Button, code="qa"):
    """This person has died."""

    plan_id: int


class SayFarewell(Button, code="qb"):
    """Yes, it is so."""

    person_id: int


class NotFarewell(Button, code="qc"):
    """No, that was the wrong key."""


class UndoFarewell(Button, code="qd"):
    """It was a mistake."""

    farewell_id: int


class Correct(Button, code="qe"):
    """This is what it was instead."""

    alert_id: int
    outcome: str


def asked(notice: FarewellAsked, view: FarewellView, words: Words) -> Message:
    """Is it so?"""
    ask = bold(words.say("Has {name} died?", name=view.person))
    then = words.say("If so, nothing more is asked or sent there, and nobody goes there in vain.")
    family = words.say("The family hears nothing from me: a person tells them.")
    no = AskOutcome(view.alert_id).code if view.alert_id is not None else NotFarewell().code
    rows: Rows = (
        (Key(words.say("🕯 Yes, that is so"), SayFarewell(notice.person_id).code),),
        (Key(words.say("↩️ No, the wrong key"), no),),
    )
    return Message(paragraphs(ask, lines(then, family)), rows)


def card(notice: FarewellCard, view: FarewellView, words: Words) -> Message:
    """Who has died, what was taken back, what is left to do."""
    name = bold(view.person)
    if view.undone_by is not None:
        mended = words.say("{who} has taken it back: it was a mistake.", who=view.undone_by)
        return Message(lines(words.say("🕊 {name} is with us.", name=name), mended), protected=True)
    head = lines(words.say("🕯 {name} has died.", name=name), words.say("Recorded by {name}.", name=view.by))
    done = words.say("Their questions and reminders have ended. Nobody is sent to them any more.")
    left = [
        words.say("Please speak with the family yourself; they hear nothing from me."),
        words.count(
            "{number} request of theirs is still open: please close it (/needs).",
            "{number} requests of theirs are still open: please close them (/needs).",
            view.needs,
        )
        if view.needs
        else None,
    ]
    contacts = [
        words.say(
            "☎️ {name} ({relation}): {telephone}",
            name=clip(name, NAME_UNITS),
            relation=clip(relation, NAME_UNITS),
            telephone=telephone or "—",
        )
        for name, relation, telephone in view.contacts[:CONTACTS_AT_MOST]
    ]
    keys: Rows = ()
    if view.may_mend and view.farewell is not None:
        keys = ((Key(words.say("↩️ This was a mistake"), UndoFarewell(view.farewell.id).code),),)
    return Message(paragraphs(head, done, lines(*left), lines(*contacts)), keys, protected=True)


def told(notice: FarewellTold, view: FarewellView, words: Words) -> Message:
    """One quiet sentence."""
    if view.undone_by is not None:
        return undone(FarewellUndone(notice.farewell_id), view, words)
    return Message(
        words.say("🕯 {name} has died; thank you for having been there for them.", name=bold(view.person)),
        protected=True,
    )


def undone(notice: FarewellUndone, view: FarewellView, words: Words) -> Message:
    """It was a mistake."""
    said = words.say("🕊 What was said of {name} was a mistake: they are with us.", name=bold(view.person))
    return Message(lines(said, words.say("I am sorry for the fright.")), protected=True)


def outcome_asked(notice: FarewellOutcomeAsked, view: FarewellView, words: Words) -> Message:
    """What was it instead?"""
    back = words.say("Taken back. Their plan waits for their yes again: /care.")
    if view.alert_id is None:
        return Message(back)
    choices = [one for one in AlertOutcome if one not in (AlertOutcome.DECEASED, AlertOutcome.ANSWERED_LATE)]
    keys = [Key(outcome_name(one, words), Correct(view.alert_id, one.value).code) for one in choices]
    rows = tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))
    return Message(paragraphs(back, bold(words.say("What was found at {name}'s?", name=view.person))), rows)


def heard(notice: FarewellHeard, view: FarewellView, words: Words) -> Message:
    """Somebody has written from their telephone."""
    said = words.say("Somebody has just written from {name}'s telephone.", name=bold(view.person))
    ask = words.say("Perhaps it is family, perhaps what was recorded is a mistake. Please ring them now.")
    keys: Rows = ()
    if view.may_mend and view.farewell is not None:
        keys = ((Key(words.say("↩️ This was a mistake"), UndoFarewell(view.farewell.id).code),),)
    return Message(lines(said, ask), keys, protected=True)


def quiet(notice: FarewellQuiet, view: FarewellView, words: Words) -> Message:
    """A human hears of it."""
    said = words.say("Thank you for writing. Somebody from the community gets in touch with you.")
    ring = words.say("In danger please ring {numbers}.", numbers=words.home.emergency_numbers)
    begin = words.say("Is this your own telephone now? Then send /start.")
    return Message(lines(said, ring, begin), big_rows=())


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    FarewellAsked: asked,
    FarewellCard: card,
    FarewellTold: told,
    FarewellUndone: undone,
    FarewellOutcomeAsked: outcome_asked,
    FarewellHeard: heard,
    FarewellQuiet: quiet,
}
