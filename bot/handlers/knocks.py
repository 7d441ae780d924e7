"""Rounds: one's list, what was found, and who takes over."""

from bot.domain.checkins import CheckInAnswer
from bot.domain.errors import ButtonInvalid
from bot.domain.knocks import KnockCard, KnockHelpers, KnockListCard, KnockSplit, NoRounds
from bot.handlers.turn import Capability, Command, Reply, Turn, reply
from bot.services import knocks, telling
from bot.services.views import knocks as views
from bot.texts import knocks as texts
from bot.texts.words import marked

FOUND = {CheckInAnswer.SEEN.value, CheckInAnswer.SPOKEN.value, CheckInAnswer.HELP.value}
LISTS_AT_MOST = 10
NOTED = marked("Noted. Thank you!")


def rounds(turn: Turn[Command]) -> Reply:
    """/rounds: my lists, and those of the places where I am in charge."""
    lists = knocks.lists_for(turn.tx, turn.actor, LISTS_AT_MOST)
    return reply(*(KnockListCard(one.id) for one in lists), afresh=True) if lists else reply(NoRounds())


def begin(turn: Turn[texts.Begin]) -> Reply:
    """I set out: the addresses, please."""
    knocks.begin(turn.tx, turn.actor, turn.input.list_id, now=turn.now)
    return reply(toast=lambda words: words.say("The addresses are on the cards below."))


def show(turn: Turn[texts.ShowAddress]) -> Reply:
    """The same, on the card of one person: drawn in the very message that was tapped."""
    knocks.begin_by_card(turn.tx, turn.actor, turn.input.checkin_id, now=turn.now)
    if turn.chat.private and turn.message_id is not None:
        telling.draw_here(
            turn.tx,
            KnockCard(turn.input.checkin_id),
            turn.message_id,
            bot_id=turn.home.bot_id,
            chat_id=turn.chat.id,
            person_id=turn.actor.id,
            now=turn.now,
        )
    return reply()


def record(turn: Turn[texts.Record]) -> Reply:
    """This is what I found."""
    if turn.input.answer not in FOUND:
        raise ButtonInvalid
    found = CheckInAnswer(turn.input.answer)
    knocks.record(turn.tx, turn.actor, turn.home, turn.input.checkin_id, found, now=turn.now)
    return reply(toast=lambda words: words.say(NOTED))


def not_there(turn: Turn[texts.NotThere]) -> Reply:
    """Nobody answered."""
    knock = knocks.not_there(turn.tx, turn.actor, turn.home, turn.input.checkin_id, now=turn.now)
    if knock.found is None:
        return reply(toast=lambda words: words.say("Noted. I remind you to ring once more."))
    return reply(toast=lambda words: words.say("Noted. Others are told."))


def undo(turn: Turn[texts.UndoFound]) -> Reply:
    """I pressed the wrong one."""
    knocks.undo(turn.tx, turn.actor, turn.home, turn.input.checkin_id, now=turn.now)
    return reply(toast=lambda words: words.say("Taken back. Please record once more."))


def hand_over(turn: Turn[texts.HandOver]) -> Reply:
    """Who could take it?"""
    listed = knocks.may_give(turn.tx, turn.actor, turn.input.list_id)
    return reply(KnockHelpers(listed.id))


def split(turn: Turn[texts.Split]) -> Reply:
    """Who could take half of it?"""
    listed = knocks.may_give(turn.tx, turn.actor, turn.input.list_id)
    return reply(KnockSplit(listed.id))


def offer(turn: Turn[texts.OfferList]) -> Reply:
    """This person is asked."""
    tapped = turn.input
    knocks.offer(turn.tx, turn.actor, tapped.list_id, tapped.person_id, half=bool(tapped.half), now=turn.now)
    return reply(toast=lambda words: words.say("They are asked. Until they say yes it stays yours."), closes=True)


def accept(turn: Turn[texts.AcceptList]) -> Reply:
    """I take it."""
    knocks.accept(turn.tx, turn.actor, turn.home, turn.input.list_id, now=turn.now)
    return reply(toast=lambda words: words.say(NOTED), closes=True)


def decline(turn: Turn[texts.DeclineList]) -> Reply:
    """I cannot."""
    knocks.decline(turn.tx, turn.actor, turn.input.list_id, now=turn.now)
    return reply(toast=lambda words: words.say("All right. They hear it."), closes=True)


def take_over(turn: Turn[texts.TakeList]) -> Reply:
    """I take over what is left."""
    knocks.take_over(turn.tx, turn.actor, turn.home, turn.input.list_id, now=turn.now)
    return reply(toast=lambda words: words.say(NOTED))


CAPABILITY = Capability(
    commands={"rounds": rounds},
    taps={
        texts.Begin: begin,
        texts.ShowAddress: show,
        texts.Record: record,
        texts.NotThere: not_there,
        texts.UndoFound: undo,
        texts.HandOver: hand_over,
        texts.Split: split,
        texts.OfferList: offer,
        texts.AcceptList: accept,
        texts.DeclineList: decline,
        texts.TakeList: take_over,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
