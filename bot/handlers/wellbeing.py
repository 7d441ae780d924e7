"""One small question more each morning, and what is missing at home."""

from bot.domain.errors import ButtonInvalid
from bot.domain.people import AskContact
from bot.domain.wellbeing import WANTED, Want, WantAsked, Wellbeing, WellbeingThanked
from bot.handlers.people import CONTACT
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import checkins, people, wellbeing
from bot.services.views import wellbeing as views
from bot.texts import checkins as keys
from bot.texts import wellbeing as texts
from bot.texts.words import Words


def answer(turn: Turn[Said]) -> Reply | None:
    """One of the small question's keys; while the large question is open it is an answer to that."""
    pressed = texts.answer_of(turn.input.text, turn.home)
    if pressed is None or checkins.is_asked(turn.tx, turn.actor.id, at=turn.said_at):
        return None
    topic, good = pressed
    said = wellbeing.answer(turn.tx, turn.actor, turn.home, topic, good=good, at=turn.said_at)
    return None if said is None else _thanked(said)


def words(turn: Turn[Said]) -> Reply | None:
    """Its answer in one's own words; whoever says that they are ill is looked after, and a need stays a need."""
    text, is_need = turn.input.text, turn.home.catalogue.asks(turn.input.text)
    ill = turn.home.care_words.alarms(text, is_need=True)
    if ill or is_need or keys.answer_of(text, turn.home) is not None:
        return None
    good = not turn.home.care_words.worries(text)
    said = wellbeing.answer_in_words(turn.tx, turn.actor, turn.home, good=good, at=turn.said_at)
    return None if said is None else _thanked(said)


def _thanked(said: Wellbeing) -> Reply:
    if said.good or said.topic not in WANTED:
        return reply(WellbeingThanked(said.id))
    return reply(WellbeingThanked(said.id), WantAsked(said.checkin_id, WANTED[said.topic].value))


def missing(turn: Turn[texts.Missing]) -> Reply:
    """Something is missing at home: what?"""
    wellbeing.require_own(turn.tx, turn.actor, turn.input.checkin_id)
    return reply(WantAsked(turn.input.checkin_id))


def wanted(turn: Turn[texts.Wanted]) -> Reply:
    """This is missing: a need in one press; the door is asked where it is not known."""
    if turn.input.want not in set(Want):
        raise ButtonInvalid
    want, words = Want(turn.input.want), Words(turn.actor.person.language, turn.home)
    text = texts.want_text(want, words)
    wellbeing.want(turn.tx, turn.actor, turn.home, turn.input.checkin_id, want, text, now=turn.now)
    door = () if turn.actor.person.door else (AskContact(),)
    if door:
        people.ask(turn.tx, turn.actor, turn.home, CONTACT, now=turn.now)
    return Reply(door, lambda words: words.say("Posted. Your neighbours are being asked."), closes=True)


def nothing(turn: Turn[texts.NothingWanted]) -> Reply:
    """Nothing is missing after all."""
    return reply(toast=lambda words: words.say("All right. Take care!"), closes=True)


def own_words(turn: Turn[texts.OwnWords]) -> Reply:
    """Something else: please write it."""
    return reply(toast=lambda words: words.say("Please write in your own words what you need."))


def switch(turn: Turn[texts.SwitchSecond]) -> Reply:
    """One more question each morning, or not any more."""
    wellbeing.switch(turn.tx, turn.actor, turn.input.plan_id, on=turn.input.on == 1, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


CAPABILITY = Capability(
    commands={},
    taps={
        texts.Missing: missing,
        texts.Wanted: wanted,
        texts.NothingWanted: nothing,
        texts.OwnWords: own_words,
        texts.SwitchSecond: switch,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
    plain={Plain.ANSWER: answer, Plain.CHECK_IN: words},
)
