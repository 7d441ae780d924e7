"""What a helper leaves for the next one: read by the resident at once, who may correct it or take it away."""

from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.errors import ButtonInvalid
from bot.domain.hints import HINT_LIMIT, Hint, HintAsked, HintCard
from bot.domain.home import Home
from bot.domain.needs import Need, legible_text
from bot.domain.people import Actor
from bot.services import people, telling
from bot.storage import hints, needs, outbox
from bot.storage.database import Transaction

QUESTION = "hint"


def leave(tx: Transaction, need: Need, by_id: int, text: str, *, now: datetime) -> Hint:
    """The next helper reads it, and the resident hears of it now. The use case that calls this has asked who may.

    TextEmpty, TextTooLong.
    """
    words = legible_text(text, HINT_LIMIT)
    kept = hints.keep(tx, Hint(0, need.id, need.area_id, need.person_id, by_id, words, now))
    _seen_anew(tx, kept)
    telling.tell(tx, need.person_id, HintCard(kept.id), now=now)
    return kept


def ask(tx: Transaction, actor: Actor, home: Home, hint_id: int, *, now: datetime) -> HintAsked:
    """The resident wants it to read otherwise: how?"""
    _own(tx, actor, hint_id)
    people.ask(tx, actor, home, f"{QUESTION}:{hint_id}", now=now)
    return HintAsked(hint_id)


def asked(question: str | None) -> int | None:
    """Which hint the next message corrects; None: none."""
    noun, _, number = (question or "").partition(":")
    return int(number) if noun == QUESTION else None


def correct(tx: Transaction, actor: Actor, hint_id: int, text: str) -> HintCard:
    """So it reads from now on. TextEmpty, TextTooLong."""
    hint = _own(tx, actor, hint_id)
    hints.correct(tx, hint_id, legible_text(text, HINT_LIMIT))
    _seen_anew(tx, hint)
    return HintCard(hint_id)


def take_away(tx: Transaction, actor: Actor, hint_id: int) -> None:
    """Nobody reads it any more; doing it twice changes nothing."""
    hint = _own(tx, actor, hint_id)
    hints.correct(tx, hint_id, None)
    _seen_anew(tx, hint)


def _own(tx: Transaction, actor: Actor, hint_id: int) -> Hint:
    hint = hints.find(tx, hint_id)
    if hint is None:
        raise ButtonInvalid
    require(Action.HINT_CORRECT, actor, (), {Relation.SELF} if hint.person_id == actor.id else ())
    return hint


def _seen_anew(tx: Transaction, hint: Hint) -> None:
    """Whoever is on the way to this home reads what is known now."""
    running = needs.running_of(tx, hint.person_id)
    outbox.touch(tx, HintCard(hint.id).subject, *(f"need:{need.id}" for need in running))


def forget_before(tx: Transaction, at: datetime, limit: int) -> int:
    """What was left before `at` is forgotten; how many were."""
    gone = hints.forget_before(tx, at, limit)
    outbox.touch(tx, *(HintCard(one).subject for one in gone))
    return len(gone)
