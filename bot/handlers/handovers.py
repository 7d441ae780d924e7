"""Handovers: whoever goes asks somebody by name to go instead, who says yes or no with one tap."""

from bot.domain.handovers import HandoverWhom
from bot.domain.needs import OfferCard
from bot.handlers.turn import Capability, Reply, Turn, reply
from bot.services import handovers, showings, telling
from bot.services.views import handovers as views
from bot.texts import handovers as texts
from bot.texts.showings import not_taken


def ask_whom(turn: Turn[texts.AskHandover]) -> Reply:
    """Who could?"""
    offset = max(0, turn.input.offset)
    handovers.whom(turn.tx, turn.actor, turn.home, turn.input.need_id, limit=1, offset=offset, now=turn.now)
    return reply(HandoverWhom(turn.input.need_id, offset), closes=True)


def ask(turn: Turn[texts.HandOver]) -> Reply:
    """This person."""
    tapped = turn.input
    handovers.ask(turn.tx, turn.actor, turn.home, tapped.need_id, tapped.person_id, now=turn.now)
    return reply(toast=lambda words: words.say("They are asked now. Until they say yes it stays yours."), closes=True)


def accept(turn: Turn[texts.AcceptHandover]) -> Reply:
    """I go instead: the address appears on the very message that was tapped."""
    if not showings.may_take(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now):
        return reply(toast=not_taken)
    need = handovers.accept(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now)
    if turn.message_id is not None:
        telling.draw_here(
            turn.tx,
            OfferCard(need.id),
            turn.message_id,
            bot_id=turn.home.bot_id,
            chat_id=turn.chat.id,
            person_id=turn.actor.id,
            now=turn.now,
        )
    return reply(toast=lambda words: words.say("It is yours. Thank you!"))


def decline(turn: Turn[texts.DeclineHandover]) -> Reply:
    """I cannot."""
    handovers.decline(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    return reply(toast=lambda words: words.say("All right, they hear it."))


CAPABILITY = Capability(
    commands={},
    taps={
        texts.AskHandover: ask_whom,
        texts.HandOver: ask,
        texts.AcceptHandover: accept,
        texts.DeclineHandover: decline,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
)
