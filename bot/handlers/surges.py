"""Surges: what comes over a place, in one step turned on, by one tap ended."""

from bot.domain.slots import minutes_in
from bot.domain.surges import SurgeCard, SurgeKind, SurgeList, SurgePlaces, SurgeTimeAsked, SurgeWordsAsked
from bot.handlers.turn import Capability, Command, Plain, Reply, Said, Turn, reply
from bot.services import people, surges
from bot.services.views import surges as views
from bot.texts import surges as texts

TIME, WORDS = "surge-time", "surge-words"


def start(turn: Turn[Command]) -> Reply:
    """/surge: what is on, and what could be."""
    surges.places_of(turn.actor)
    return reply(SurgeList())


def choose_kind(turn: Turn[texts.SurgeOf]) -> Reply:
    """This comes over us; where, is asked only of whoever is in charge of several places."""
    kind = SurgeKind.of(turn.input.surge_kind)
    places = surges.places_of(turn.actor)
    if len(places) > 1:
        return reply(SurgePlaces(kind.value), closes=True)
    card = surges.propose(turn.tx, turn.actor, turn.home, places[0], kind, now=turn.now)
    return Reply((card,), afresh=True, closes=True)


def choose_place(turn: Turn[texts.SurgeIn]) -> Reply:
    """… in this place."""
    kind = SurgeKind.of(turn.input.surge_kind)
    card = surges.propose(turn.tx, turn.actor, turn.home, turn.input.area_id, kind, now=turn.now)
    return Reply((card,), afresh=True, closes=True)


def show(turn: Turn[texts.ShowSurge]) -> Reply:
    """One of them."""
    return reply(SurgeCard(surges.get(turn.tx, turn.actor, turn.input.surge_id).id), afresh=True)


def choose_days(turn: Turn[texts.SurgeDays]) -> Reply:
    """So many days."""
    days = turn.input.days
    surges.change(turn.tx, turn.actor, turn.input.surge_id, lambda surge: surge.lasting(days), now=turn.now)
    return reply()


def choose_begin(turn: Turn[texts.SurgeFrom]) -> Reply:
    """In so many days."""
    days = turn.input.days
    surges.change(turn.tx, turn.actor, turn.input.surge_id, lambda surge: surge.beginning(days), now=turn.now)
    return reply()


def choose_time(turn: Turn[texts.SurgeTime]) -> Reply:
    """At this time."""
    minutes = turn.input.minutes
    surges.change(turn.tx, turn.actor, turn.input.surge_id, lambda surge: surge.asking_at(minutes), now=turn.now)
    return reply()


def ask_time(turn: Turn[texts.SurgeOtherTime]) -> Reply:
    """At another time: please write it."""
    number = surges.get(turn.tx, turn.actor, turn.input.surge_id).id
    people.ask(turn.tx, turn.actor, turn.home, f"{TIME}:{number}", now=turn.now)
    return reply(SurgeTimeAsked(number))


def ask_words(turn: Turn[texts.SurgeWords]) -> Reply:
    """In my own words: please write them."""
    number = surges.get(turn.tx, turn.actor, turn.input.surge_id).id
    people.ask(turn.tx, turn.actor, turn.home, f"{WORDS}:{number}", now=turn.now)
    return reply(SurgeWordsAsked(number))


def written(turn: Turn[Said]) -> Reply | None:
    """A time, or words."""
    question, _, number = (turn.question or "").partition(":")
    if question == TIME:
        minutes = minutes_in(turn.input.text)
        surges.change(turn.tx, turn.actor, int(number), lambda surge: surge.asking_at(minutes), now=turn.now)
    elif question == WORDS:
        surges.change(turn.tx, turn.actor, int(number), surges.words_of(turn.input.text), now=turn.now)
    else:
        return None
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(SurgeCard(int(number)), afresh=True)


def begin(turn: Turn[texts.SurgeBegin]) -> Reply:
    """Turn it on."""
    surges.begin(turn.tx, turn.actor, turn.home, turn.input.surge_id, now=turn.now)
    return reply(toast=lambda words: words.say("It is on. Everybody is told now."))


def drop(turn: Turn[texts.SurgeDrop]) -> Reply:
    """Not after all."""
    surges.drop(turn.tx, turn.actor, turn.input.surge_id, now=turn.now)
    return reply(toast=lambda words: words.say("All right. Nothing was sent."))


def end(turn: Turn[texts.SurgeEnd]) -> Reply:
    """End it now."""
    surges.end(turn.tx, turn.actor, turn.input.surge_id, now=turn.now)
    return reply(toast=lambda words: words.say("It is over. What was asked already is still waited for."))


CAPABILITY = Capability(
    commands={"surge": start},
    taps={
        texts.SurgeOf: choose_kind,
        texts.SurgeIn: choose_place,
        texts.ShowSurge: show,
        texts.SurgeDays: choose_days,
        texts.SurgeFrom: choose_begin,
        texts.SurgeTime: choose_time,
        texts.SurgeOtherTime: ask_time,
        texts.SurgeWords: ask_words,
        texts.SurgeBegin: begin,
        texts.SurgeDrop: drop,
        texts.SurgeEnd: end,
    },
    plain={Plain.ANSWER: written},
    views=views.VIEWS,
    cards=texts.CARDS,
)
