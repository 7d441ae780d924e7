"""How visitors are announced: one tap for whoever is visited, one photo from whoever visits."""

from bot.domain.errors import ButtonInvalid
from bot.domain.visitors import FaceAwaited, FaceKept, Wish, WishAsked, WishKept
from bot.handlers.turn import Capability, Plain, Reply, Sent, Turn, reply
from bot.services import visitors
from bot.services.views import visitors as views
from bot.texts import visitors as texts


def ask(turn: Turn[texts.AskWish]) -> Reply:
    """What shall I tell you beforehand?"""
    return reply(WishAsked())


def wish(turn: Turn[texts.SetWish]) -> Reply:
    """That is what I wish."""
    if turn.input.wish not in set(Wish):
        raise ButtonInvalid
    visitors.wish(turn.tx, turn.actor, Wish(turn.input.wish), now=turn.now)
    return reply(WishKept(), closes=True)


def show_face(turn: Turn[texts.ShowFace]) -> Reply:
    """Which photo of me is shown?"""
    return reply(FaceKept())


def await_face(turn: Turn[texts.GiveFace]) -> Reply:
    """I send a photo now."""
    visitors.await_face(turn.tx, turn.actor, turn.home, now=turn.now)
    return reply(FaceAwaited())


def sent(turn: Turn[Sent]) -> Reply | None:
    """The photo that was waited for."""
    if turn.question != visitors.QUESTION:
        return None
    visitors.keep_face(turn.tx, turn.actor, turn.home, turn.input, at=turn.said_at, now=turn.now)
    return reply(FaceKept())


def no_face(turn: Turn[texts.NoFace]) -> Reply:
    """No photo, or not any more."""
    visitors.take_back(turn.tx, turn.actor, now=turn.now)
    return reply(FaceKept(), closes=True)


CAPABILITY = Capability(
    commands={},
    taps={
        texts.AskWish: ask,
        texts.SetWish: wish,
        texts.ShowFace: show_face,
        texts.GiveFace: await_face,
        texts.NoFace: no_face,
    },
    views=views.VIEWS,
    cards=texts.CARDS,
    media={Plain.ANSWER: sent},
)
