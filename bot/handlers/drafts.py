"""Drafts: a plain message becomes a card, taps correct it, one tap posts it."""

from dataclasses import replace

from bot.domain.categories import OTHER
from bot.domain.drafts import Stage
from bot.domain.errors import ButtonInvalid
from bot.domain.needs import Need, Urgency
from bot.domain.notices import Notice
from bot.domain.people import ChoosePlace
from bot.handlers.turn import Capability, Command, Plain, Reply, Said, Turn, reply
from bot.services import drafts, people
from bot.services.views import drafts as views
from bot.texts import drafts as texts


def begin(turn: Turn[Command]) -> Reply:
    """/need: asked step by step; "/need the lamp is broken" is a message like any other."""
    if turn.input.rest:
        return reply(drafts.write(turn.tx, turn.actor, turn.home, turn.input.rest, now=turn.now))
    return reply(drafts.begin_guided(turn.tx, turn.actor, turn.home, now=turn.now))


def door(turn: Turn[Said]) -> Reply | None:
    """The answer to "which door?" posts the draft that waits for it."""
    number = drafts.door_asked(turn.tx, turn.actor, turn.question)
    if number is None:
        return None
    person = people.keep_contact(turn.tx, turn.actor, turn.input.text, now=turn.now)
    actor = replace(turn.actor, person=person)
    posted = drafts.post(turn.tx, actor, turn.home, number, ask_door=False, now=turn.now)
    if isinstance(posted, Need):
        return reply()
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(posted, afresh=True)


def add(turn: Turn[Said]) -> Reply | None:
    """Further words while a draft is open belong to it."""
    if drafts.open_draft(turn.tx, turn.actor, now=turn.now) is None:
        return None
    return write(turn)


def write(turn: Turn[Said]) -> Reply:
    """Plain words: what this person needs."""
    return reply(drafts.write(turn.tx, turn.actor, turn.home, turn.input.text, now=turn.now), afresh=True)


def post(turn: Turn[texts.Post]) -> Reply:
    """Posted with one tap; the first time the door is asked before."""
    return _post(turn, turn.input.number, ask_door=True)


def post_without_door(turn: Turn[texts.PostWithoutDoor]) -> Reply:
    """Posted without a door."""
    return replace(_post(turn, turn.input.number, ask_door=False), closes=True)


def _post(turn: Turn[texts.Post] | Turn[texts.PostWithoutDoor], number: int, *, ask_door: bool) -> Reply:
    if drafts.lacks_place(turn.tx, turn.actor, number):
        return _ask_place(turn, number)
    posted = drafts.post(turn.tx, turn.actor, turn.home, number, ask_door=ask_door, now=turn.now)
    if not isinstance(posted, Need):
        return reply(posted)
    if posted.guarded_by is not None:
        return reply(toast=lambda words: words.say("Posted. Only trained volunteers and your coordinator see it."))
    return reply(toast=lambda words: words.say("Posted. Your neighbours are being asked."))


def _ask_place(turn: Turn[texts.Post] | Turn[texts.PostWithoutDoor] | Turn[texts.Ask], number: int) -> Reply:
    card = drafts.change(turn.tx, turn.actor, number, lambda draft: draft.asks(Stage.PLACE))
    notices: tuple[Notice, ...] = (card, ChoosePlace(draft=number))
    return Reply(notices)


def ask(turn: Turn[texts.Ask]) -> Reply:
    """Which field is to be changed."""
    if turn.input.stage not in set(Stage):
        raise ButtonInvalid
    stage = Stage(turn.input.stage)
    if stage is Stage.PLACE:
        return _ask_place(turn, turn.input.number)
    return reply(drafts.change(turn.tx, turn.actor, turn.input.number, lambda draft: draft.asks(stage)))


def set_category(turn: Turn[texts.SetCategory]) -> Reply:
    """It is of this kind."""
    code = turn.home.catalogue[turn.input.category].code
    if code == OTHER != turn.input.category:
        raise ButtonInvalid
    card = drafts.change(turn.tx, turn.actor, turn.input.number, lambda draft: draft.of_category(code))
    return reply(card)


def set_urgency(turn: Turn[texts.SetUrgency]) -> Reply:
    """It is wanted so soon."""
    if turn.input.urgency not in set(Urgency):
        raise ButtonInvalid
    urgency = Urgency(turn.input.urgency)
    return reply(drafts.change(turn.tx, turn.actor, turn.input.number, lambda draft: draft.wanted(urgency)))


def set_seats(turn: Turn[texts.SetDraftSeats]) -> Reply:
    """So many are to go."""
    count = turn.input.count
    return reply(drafts.change(turn.tx, turn.actor, turn.input.number, lambda draft: draft.for_seats(count)))


def same(turn: Turn[texts.Same]) -> Reply:
    """It is what was asked for before: that one is shown, and this one is thrown away."""
    card = drafts.same(turn.tx, turn.actor, turn.home, turn.input.number, turn.input.need_id, now=turn.now)
    return Reply((card,), lambda words: words.say("Good, it is asked for already."), afresh=True)


def discard(turn: Turn[texts.Discard]) -> Reply:
    """Thrown away."""
    drafts.discard(turn.tx, turn.actor, turn.home, turn.input.number, now=turn.now)
    return reply(toast=lambda words: words.say("Thrown away."))


CAPABILITY = Capability(
    commands={"need": begin},
    taps={
        texts.Post: post,
        texts.PostWithoutDoor: post_without_door,
        texts.Ask: ask,
        texts.SetCategory: set_category,
        texts.SetUrgency: set_urgency,
        texts.SetDraftSeats: set_seats,
        texts.Same: same,
        texts.Discard: discard,
    },
    plain={Plain.ANSWER: door, Plain.OPEN_DRAFT: add, Plain.NEW_DRAFT: write},
    views=views.VIEWS,
    cards=texts.CARDS,
)
