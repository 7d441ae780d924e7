"""What lies with a need beside words: kept with the draft or the open need, and shown to whoever may see it."""

from datetime import datetime

from bot.domain.access import Action
from bot.domain.drafts import DraftCard, is_greeting
from bot.domain.enclosures import (
    EnclosuresFull,
    EnclosureShown,
    EnclosuresWaited,
    is_far,
    is_wordless,
    point_at,
    ring_of,
)
from bot.domain.errors import ButtonInvalid, LocationFar
from bot.domain.home import Home
from bot.domain.media import MediaKind, Sent, numbered, subject_of
from bot.domain.needs import NeedCard, ResidentCard, State
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.services import beneficiaries, drafts, edits, media, needs, people
from bot.storage import areas, history, outbox
from bot.storage import drafts as stored_drafts
from bot.storage import enclosures as stored
from bot.storage import media as stored_media
from bot.storage import needs as stored_needs
from bot.storage.database import Transaction
from bot.storage.history import Event

QUESTION = "enclose"
Kept = tuple[Notice, ...]


# --- with a draft ---


def enclose(tx: Transaction, actor: Actor, home: Home, sent: Sent, *, at: datetime, now: datetime) -> Kept:
    """A voice note or photo lies with the open draft, or begins one; the words under it are the draft's. Its card."""
    draft = drafts.open_or_blank(tx, actor, home, now=now)
    said = "" if is_greeting(sent.words) else sent.words
    spoken = draft.add(said, home.catalogue, now) if said else draft
    full = _keep(tx, actor, home, sent, drafts.card(draft).subject, at=at, now=now)
    return (*full, drafts.keep(tx, actor, home, spoken.enclosed(now), now=now))


def waits_for_words(tx: Transaction, actor: Actor, question: str | None, *, now: datetime) -> bool:
    """Whether what was asked last is answered in writing, so that a voice note or photo would only seem to answer it.

    The door of an open draft may be asked meanwhile: what is sent then lies with that draft.
    """
    if question is None:
        return False
    return beneficiaries.asked(question) is not None or drafts.open_draft(tx, actor, now=now) is None


def locate(tx: Transaction, actor: Actor, home: Home, latitude: float, longitude: float, *, now: datetime) -> DraftCard:
    """Where it is needed, on the map: for whoever claims it. LocationUnclear, LocationFar."""
    point = point_at(latitude, longitude)
    draft = drafts.open_or_blank(tx, actor, home, now=now)
    place = drafts.place_of(tx, actor, draft)
    community = None if place is None else areas.community_of(tx, place)
    known = [] if community is None else stored.points_in(tx, community.id, but=actor.id)
    offset = now.astimezone(home.timezone).utcoffset()
    if is_far(point, known, offset.total_seconds() / 3600 if offset else 0.0):
        raise LocationFar
    area_id = None if community is None else community.id
    stored.keep_point(tx, drafts.card(draft).subject, actor.id, point, area_id, now)
    return drafts.keep(tx, actor, home, draft, now=now)


def ring(tx: Transaction, actor: Actor, home: Home, name: str, number: str, *, own: bool, now: datetime) -> DraftCard:
    """Whom to ring for it: for whoever claims it. TelephoneUnclear."""
    whom = ring_of(name, number, own=own)
    draft = drafts.open_or_blank(tx, actor, home, now=now)
    stored.keep_ring(tx, drafts.card(draft).subject, actor.id, whom, now)
    return drafts.keep(tx, actor, home, draft, now=now)


# --- with an open need ---


def ask(tx: Transaction, actor: Actor, home: Home, need_id: int, *, now: datetime) -> EnclosuresWaited:
    """The next voice note or photo of this person lies with their open need. NeedNotSo once somebody has taken it."""
    edits.may_edit(tx, actor, need_id)
    people.ask(tx, actor, home, f"{QUESTION}:{need_id}", now=now)
    return EnclosuresWaited(need_id)


def meant(tx: Transaction, actor: Actor, home: Home, sent: Sent, question: str | None, chat_id: int) -> int | None:
    """The open need of theirs that something was sent for: asked for just now, or sent in answer to its card. None: none."""
    asked, _, number = (question or "").partition(":")
    if asked == QUESTION:
        return int(number)
    if sent.replied_to is None:
        return None
    subject = outbox.subject_at(tx, bot_id=home.bot_id, chat_id=chat_id, message_id=sent.replied_to)
    need_id = None if subject is None else numbered(subject, "need")
    need = None if need_id is None else stored_needs.see(tx, need_id)
    return need.id if need and need.person_id == actor.id and need.state is State.OPEN else None


def join(
    tx: Transaction, actor: Actor, home: Home, need_id: int, sent: Sent, *, at: datetime, now: datetime
) -> tuple[Kept, NeedCard]:
    """It lies with the open need from now on; words under it are added to the need's. NeedNotSo, TextTooLong."""
    edits.may_edit(tx, actor, need_id)
    full = _keep(tx, actor, home, sent, subject_of("need", need_id), at=at, now=now)
    need = stored_needs.see(tx, need_id)
    if need is not None and sent.words.strip():
        text = sent.words if is_wordless(need.text) else f"{need.text}\n{sent.words}"
        edits.set_text(tx, actor, home, need_id, text, now=now)
    history.write(tx, Event(now, actor.id, subject_of("need", need_id), "enclosed"))
    people.ask(tx, actor, home, None, now=now)
    return full, ResidentCard(need_id)


# --- both ---


def further_part(tx: Transaction, actor: Actor, home: Home, sent: Sent, *, at: datetime, now: datetime) -> Kept | None:
    """A further picture of an album goes where the first one went, and is not answered again; None: it is none."""
    first = None if sent.album is None else stored_media.of_album(tx, actor.id, sent.album)
    if first is None or (numbered(first.subject, "need") is None and not first.subject.startswith("draft:")):
        return None
    # The words of an album may stand under any of its pictures.
    if sent.words and _is_draft(tx, actor, first.subject):
        return enclose(tx, actor, home, sent, at=at, now=now)
    need_id = numbered(first.subject, "need")
    if sent.words and need_id is not None and edits.is_open(tx, need_id):
        return join(tx, actor, home, need_id, sent, at=at, now=now)[0]
    return _keep(tx, actor, home, sent, first.subject, at=at, now=now)


def _is_draft(tx: Transaction, actor: Actor, subject: str) -> bool:
    draft = stored_drafts.find(tx, actor.id)
    return draft is not None and drafts.card(draft).subject == subject


def _keep(tx: Transaction, actor: Actor, home: Home, sent: Sent, subject: str, *, at: datetime, now: datetime) -> Kept:
    """Kept as long as there is room; whoever sends more is told so once."""
    if stored.enclosed(tx, subject).has_room(sent.kind):
        media.keep(tx, actor, home, _bare(sent), subject, at=at)
        return ()
    media.leave(tx, actor, home, sent, at=at)
    return (EnclosuresFull(),) if stored.first_too_many(tx, subject, actor.id, now) else ()


def _bare(sent: Sent) -> Sent:
    """Without its words, which are the need's."""
    return Sent(sent.kind, sent.file_id, album=sent.album, seconds=sent.seconds)


# --- looking ---


def show(tx: Transaction, actor: Actor, need_id: int, kind: MediaKind) -> Kept:
    """All voice notes, or all photos, that lie with a need, for whoever may see it; once it is taken, for fewer.

    ButtonInvalid where there are none, NeedGone, NotAllowed, NeedTaken, NeedNotSo.
    """
    need = needs.permitted(tx, actor, need_id, Action.NEED_SEE)
    if need.state is not State.OPEN:
        needs.permitted(tx, actor, need_id, Action.ENCLOSURES_SEE)
    sent = [one for one in stored_media.of_subject(tx, subject_of("need", need_id)) if one.kind is kind]
    if not sent:
        raise ButtonInvalid
    return tuple(EnclosureShown(need_id, kind.value, place) for place in range(1, len(sent) + 1))
