"""Telephones: a link for a new one; and on one that serves several, whom something is about."""

from dataclasses import replace
from typing import Any

from bot.domain.alerts import Cause
from bot.domain.checkins import CheckInAnswer, CheckInAsked
from bot.domain.drafts import is_greeting
from bot.domain.media import MediaTaken, subject_of
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.remarks import SaidAlong, WhereKept, place_text
from bot.domain.telephones import NameThem, TelephoneLink
from bot.handlers import checkins as asked
from bot.handlers.turn import Capability, Command, Located, Plain, Reply, Said, Sent, Turn, reply
from bot.services import alerts, checkins, drafts, media, remarks, telephones, telling
from bot.services.views import telephones as views
from bot.texts import checkins as keys
from bot.texts import relatives as buttons
from bot.texts import telephones as texts


def link(turn: Turn[buttons.NewTelephone]) -> Reply:
    """A link for this person's new telephone."""
    telephones.require_link(turn.tx, turn.actor, turn.input.plan_id)
    return reply(TelephoneLink(turn.input.plan_id))


# --- one telephone for several: only what names somebody counts for them ---


def pressed(turn: Turn[Said]) -> Reply | None:
    """A key with a name, or a cry for help; None when this telephone is one person's alone, or it is something else."""
    everybody = telephones.on_chat(turn.tx, turn.home, turn.chat.id)
    if not everybody:
        return None
    named = texts.answer_named(turn.input.text, telephones.labels_of(everybody), turn.home)
    if named is not None:
        return _said(turn, everybody, everybody[named[0]], named[1])
    unnamed = keys.answer_of(turn.input.text, turn.home)
    cries = turn.home.care_words.cries_for_help(turn.input.text) or turn.input.text.startswith("🆘")
    if unnamed is CheckInAnswer.HELP or cries:
        return _cried(turn, everybody, "" if unnamed else turn.input.text)
    if unnamed is None:
        return None
    return _whose(turn, everybody)


def sos(turn: Turn[Command]) -> Reply | None:
    """/sos from such a telephone: about whoever of it is cared for; the alert names the others too."""
    everybody = telephones.on_chat(turn.tx, turn.home, turn.chat.id)
    return _cried(turn, everybody, turn.input.rest) if everybody else None


def words(turn: Turn[Said]) -> Reply | None:
    """Worrying words of somebody on such a telephone are looked after; other words are nobody's answer."""
    everybody = telephones.on_chat(turn.tx, turn.home, turn.chat.id)
    if not everybody:
        return None
    for one in () if is_greeting(turn.input.text) else everybody:
        alert_id = remarks.say_along(turn.tx, one, turn.input.text, now=turn.now)
        if alert_id is not None:
            return _to(turn, one, reply(SaidAlong(alert_id)))
    who = telephones.meant(turn.tx, everybody)
    theirs = replace(turn, actor=who)
    open_question = telephones.next_asked(turn.tx, everybody, at=turn.said_at) is not None
    worried = open_question and turn.home.care_words.worries(turn.input.text)
    if not worried and not asked.alarming(theirs, turn.input.text):
        if not open_question:
            return None
        written = drafts.write(turn.tx, turn.actor, turn.home, turn.input.text, now=turn.now)
        if not turn.home.catalogue.asks(turn.input.text):
            return _whose(turn, everybody)
        # What is asked for is shown as ever; that it is no answer either is said besides.
        _whose(turn, everybody)
        return reply(written, afresh=True)
    alerts.raise_alert(turn.tx, turn.home, who.id, Cause.WORRY, now=turn.now, by=who.id)
    return _to(turn, who, asked.called(theirs, turn.input.text))


def _whose(turn: Turn[Said], everybody: list[Actor]) -> Reply:
    """Whose key or words it was nobody knows: what is open is asked again, with a name on its keys."""
    _tell(turn, turn.actor, NameThem())
    _ask_next(turn, everybody)
    return reply()


def cried_in_picture(turn: Turn[Sent]) -> Reply | None:
    """A cry for help in the words under it."""
    everybody = telephones.on_chat(turn.tx, turn.home, turn.chat.id)
    if not everybody or not turn.home.care_words.cries_for_help(turn.input.words):
        return None
    said, who = _cried(turn, everybody, turn.input.words), telephones.meant(turn.tx, everybody)
    alert_id = checkins.open_alert(turn.tx, who.id)
    if alert_id is not None:
        media.keep(turn.tx, who, turn.home, turn.input, subject_of("alert", alert_id), at=turn.said_at)
    return said


def located(turn: Turn[Located]) -> Reply | None:
    """Where they are, while an alert about one of them is open."""
    for one in telephones.on_chat(turn.tx, turn.home, turn.chat.id):
        if checkins.open_alert(turn.tx, one.id) is not None:
            text = place_text(turn.input.latitude, turn.input.longitude)
            alert_id = remarks.keep_where(turn.tx, one, turn.home, text, now=turn.now)
            return None if alert_id is None else _to(turn, one, reply(WhereKept(alert_id)))
    return None


def sent(turn: Turn[Sent]) -> Reply | None:
    """A voice note or photo: somebody opens it and hears who it is; it answers no question."""
    everybody = telephones.on_chat(turn.tx, turn.home, turn.chat.id)
    if not everybody:
        return None
    who = telephones.meant(turn.tx, everybody)
    if not checkins.cares_for(turn.tx, who.id):
        return None
    kept = media.answer(turn.tx, who, turn.home, turn.input, at=turn.said_at, now=turn.now, counts=False)
    return _to(turn, who, reply(MediaTaken(kept.id)))


def _said(turn: Turn[Said], everybody: list[Actor], who: Actor, answer: CheckInAnswer) -> Reply:
    theirs = replace(turn, actor=who)
    if answer is CheckInAnswer.HELP:
        return _to(turn, who, asked.call_help(theirs, ""))
    _to(turn, who, asked.press(theirs, answer))
    _ask_next(turn, everybody)
    return reply()


def _cried(turn: Turn[Any], everybody: list[Actor], text: str) -> Reply:
    who = telephones.meant(turn.tx, everybody)
    return _to(turn, who, asked.call_help(replace(turn, actor=who), text))


def _ask_next(turn: Turn[Any], everybody: list[Actor]) -> None:
    """One question at a time: whoever is still asked is asked now, with their own keys."""
    coming = telephones.next_asked(turn.tx, everybody, at=turn.said_at)
    if coming is not None:
        _tell(turn, coming[0], CheckInAsked(coming[1]))


def _to(turn: Turn[Any], who: Actor, said: Reply) -> Reply:
    """What is said back is said to whom it is about, in their language."""
    for notice in said.notices:
        _tell(turn, who, notice)
    return replace(said, notices=())


def _tell(turn: Turn[Any], who: Actor, notice: Notice) -> None:
    bot_id, chat_id = turn.home.bot_id, turn.chat.id
    telling.put(turn.tx, notice, bot_id=bot_id, chat_id=chat_id, person_id=who.id, now=turn.now)


CAPABILITY = Capability(
    commands={"sos": sos},
    taps={buttons.NewTelephone: link},
    views=views.VIEWS,
    cards=texts.CARDS,
    plain={Plain.SOS: pressed, Plain.CHECK_IN: words},
    media={Plain.SOS: cried_in_picture, Plain.CHECK_IN: sent},
    places={Plain.ANSWER: located},
)
