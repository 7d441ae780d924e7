"""Enclosures: voice notes, photos, places and address cards that belong to a need; and whoever wants to hear or see them."""

from typing import Any

from bot.domain.enclosures import FileLeft
from bot.domain.errors import ButtonInvalid
from bot.domain.media import MediaKind
from bot.handlers.turn import Capability, Contacted, Filed, Located, Plain, Reply, Sent, Turn, reply
from bot.services import checkins, enclosures, media
from bot.services.views import enclosures as views
from bot.texts import enclosures as texts


def further_part(turn: Turn[Sent]) -> Reply | None:
    """A further picture of an album that lies with a draft or a need, unless its words cry for help."""
    if turn.home.care_words.cries_for_help(turn.input.words):
        return None
    kept = enclosures.further_part(turn.tx, turn.actor, turn.home, turn.input, at=turn.said_at, now=turn.now)
    return None if kept is None else Reply(kept)


def join(turn: Turn[Sent]) -> Reply | None:
    """Sent in answer to the card of an open need, or because it was asked for: it lies with that need."""
    need_id = enclosures.meant(turn.tx, turn.actor, turn.home, turn.input, turn.question, turn.chat.id)
    if need_id is None:
        return None
    full, card = enclosures.join(turn.tx, turn.actor, turn.home, need_id, turn.input, at=turn.said_at, now=turn.now)
    return Reply((*full, card), afresh=True)


def enclose(turn: Turn[Sent]) -> Reply | None:
    """A voice note or photo is what somebody needs, or belongs to it; while another answer is waited for, it is not taken."""
    if enclosures.waits_for_words(turn.tx, turn.actor, turn.question, now=turn.now):
        media.leave(turn.tx, turn.actor, turn.home, turn.input, at=turn.said_at)
        return None
    kept = enclosures.enclose(turn.tx, turn.actor, turn.home, turn.input, at=turn.said_at, now=turn.now)
    return Reply(kept, afresh=True)


def locate(turn: Turn[Located]) -> Reply | None:
    """Where it is needed, on the map."""
    if _asked_how_they_are(turn):
        return None
    latitude, longitude = turn.input.latitude, turn.input.longitude
    return reply(enclosures.locate(turn.tx, turn.actor, turn.home, latitude, longitude, now=turn.now), afresh=True)


def ring(turn: Turn[Contacted]) -> Reply | None:
    """Whom to ring for it."""
    if _asked_how_they_are(turn):
        return None
    said = turn.input
    card = enclosures.ring(turn.tx, turn.actor, turn.home, said.name, said.telephone, own=said.own, now=turn.now)
    return reply(card, afresh=True)


def leave_file(turn: Turn[Filed]) -> Reply | None:
    """A file is opened by nobody here: how to show what is in it."""
    return None if _asked_how_they_are(turn) else reply(FileLeft())


def _asked_how_they_are(turn: Turn[Any]) -> bool:
    return checkins.is_asked(turn.tx, turn.actor.id, at=turn.said_at)


def ask(turn: Turn[texts.AddEnclosure]) -> Reply:
    """I want to add a photo or a voice note."""
    return reply(enclosures.ask(turn.tx, turn.actor, turn.home, turn.input.need_id, now=turn.now))


def show(turn: Turn[texts.ShowEnclosures]) -> Reply:
    """I want to hear, or see, what lies with it."""
    if turn.input.medium not in set(MediaKind):
        raise ButtonInvalid
    return Reply(enclosures.show(turn.tx, turn.actor, turn.input.need_id, MediaKind(turn.input.medium)))


CAPABILITY = Capability(
    commands={},
    taps={texts.AddEnclosure: ask, texts.ShowEnclosures: show},
    views=views.VIEWS,
    cards=texts.CARDS,
    media={Plain.SOS: further_part, Plain.ANSWER: join, Plain.NEW_DRAFT: enclose},
    places={Plain.NEW_DRAFT: locate},
    contacts={Plain.NEW_DRAFT: ring},
    files={Plain.NEW_DRAFT: leave_file},
)
