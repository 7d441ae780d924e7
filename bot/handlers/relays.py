"""Relays: an answer to a message about a need goes to the other side, and so does what is written after a tap."""

from bot.domain.alerts import Cause
from bot.domain.notices import Notice
from bot.domain.relays import Address, RelayPassed
from bot.handlers import checkins as asked
from bot.handlers.turn import Capability, Plain, Reply, Said, Sent, Turn, reply
from bot.services import alerts, people, relays
from bot.services.views import relays as views
from bot.texts import relays as texts


def ask(turn: Turn[texts.WriteTo]) -> Reply:
    """I want to write to the other side."""
    tapped = turn.input
    return reply(relays.ask(turn.tx, turn.actor, turn.home, tapped.need_id, tapped.person_id or None, now=turn.now))


def said(turn: Turn[Said]) -> Reply | None:
    """Words for the other side."""
    to = _address(turn)
    if to is None:
        return None
    told = relays.say(turn.tx, turn.actor, turn.home, to, turn.input.text, at=turn.said_at, now=turn.now)
    return _passed(turn, turn.input.text, told)


def sent(turn: Turn[Sent]) -> Reply | None:
    """A voice note or photo for the other side."""
    before = relays.album_of(turn.tx, turn.actor, turn.input)
    to = before or _address(turn)
    if to is None or relays.is_for_need(turn.tx, turn.actor, to):
        return None
    told = relays.send(turn.tx, turn.actor, turn.home, to, turn.input, at=turn.said_at, now=turn.now)
    # An album is passed on picture by picture; that it is on its way is said once.
    news = told if before is None else tuple(one for one in told if not isinstance(one, RelayPassed))
    return _passed(turn, turn.input.words, news)


def _address(turn: Turn[Said] | Turn[Sent]) -> Address | None:
    """Whose message was answered counts more than what was asked last."""
    replied_to = turn.input.replied_to
    found = relays.answered(turn.tx, turn.actor, turn.home, turn.chat.id, replied_to)
    return found or relays.asked(turn.question)


def _passed(turn: Turn[Said] | Turn[Sent], words: str, told: tuple[Notice, ...]) -> Reply:
    """Whoever is cared for and writes what must be looked after is looked after, whomever it was written to."""
    if relays.asked(turn.question) is not None:
        people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    if not asked.alarming(turn, words):
        return Reply(told)
    alerts.raise_alert(turn.tx, turn.home, turn.actor.id, Cause.WORRY, now=turn.now, by=turn.actor.id)
    return Reply((*told, *asked.called(turn, words).notices))


CAPABILITY = Capability(
    commands={},
    taps={texts.WriteTo: ask},
    plain={Plain.ANSWER: said},
    media={Plain.ANSWER: sent},
    views=views.VIEWS,
    cards=texts.CARDS,
)
