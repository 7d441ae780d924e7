"""Voice notes and photos: kept, shown to whoever has to open them, and an alert when nobody has."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.alerts import AlertState, Cause
from bot.domain.checkins import CheckInAnswer
from bot.domain.errors import ButtonInvalid
from bot.domain.home import Home
from bot.domain.media import (
    OPEN_AT_ALL,
    Media,
    MediaCard,
    MediaShown,
    MediaState,
    Sent,
    check_openable,
    numbered,
    subject_of,
)
from bot.domain.people import Actor
from bot.domain.receipts import RECEIPT
from bot.domain.relays import RELAY
from bot.domain.visitors import FACE
from bot.domain.visits import VISIT
from bot.services import alerts, checkins, duty, telling
from bot.storage import alerts as stored_alerts
from bot.storage import areas, history, media, outbox, persons, plans
from bot.storage import checkins as checkin_rows
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

NOWHERE = "nowhere"
# What belongs to these is shown in a place of its own.
ELSEWHERE = (FACE, RELAY, VISIT, RECEIPT, "need", "draft")


# --- coming in ---


def keep(tx: Transaction, actor: Actor, home: Home, sent: Sent, subject: str, *, at: datetime) -> Media:
    """It belongs to this from now on; whoever looks at the subject sees that it is there."""
    kept = media.keep(tx, _media(actor, home, sent, subject, at))
    outbox.touch(tx, subject)
    return kept


def further_part(tx: Transaction, actor: Actor, home: Home, sent: Sent, *, at: datetime) -> bool:
    """Whether this is a further picture of an album that was taken in already: it goes where the first one went."""
    first = None if sent.album is None else media.of_album(tx, actor.id, sent.album)
    if first is None or numbered(first.subject, RELAY) is not None:
        # Each picture between the sides of a need is passed on by itself.
        return False
    if first.subject != NOWHERE:
        keep(tx, actor, home, sent, first.subject, at=at)
        outbox.touch(tx, MediaCard(first.id).subject)
    return True


def leave(tx: Transaction, actor: Actor, home: Home, sent: Sent, *, at: datetime) -> None:
    """Nobody waits for it. Of an album that much is remembered, so that its further pictures are not answered again."""
    if sent.album is not None:
        media.keep(tx, _media(actor, home, Sent(sent.kind, "", album=sent.album), NOWHERE, at))


def _media(actor: Actor, home: Home, sent: Sent, subject: str, at: datetime) -> Media:
    new = Media(0, home.bot_id, actor.id, sent.kind, sent.file_id, subject, at, sent.words, sent.album)
    return replace(new, seconds=sent.seconds)


# --- as an answer ---


def answer(
    tx: Transaction, actor: Actor, home: Home, sent: Sent, *, at: datetime, now: datetime, counts: bool = True
) -> Media:
    """A sign of life, which somebody has to open within ten minutes: whoever is on duty, else who is in charge.

    `counts` False: nobody knows whose it is, so it answers no question.

    Somebody cared for may send it at any time, for they may mean "help me" and be able to say it in no other way.
    """
    asked = counts and checkins.is_asked(tx, actor.id, at=at)
    checkin = checkins.answer(tx, actor, home, CheckInAnswer.SIGN, at=at, now=now) if asked else None
    subject = subject_of("person", actor.id) if checkin is None else subject_of("checkin", checkin.id)
    new = _media(actor, home, sent, subject, at)
    people = (*_on_alert(tx, actor.id), *_openers(tx, home, _area(tx, new), but={actor.id}, now=now))
    people = tuple(dict.fromkeys(people))
    kept = media.keep(tx, new.waits_for(people, now))
    history.write(tx, Event(now, actor.id, f"media:{kept.id}", "sent", after=kept.state.value))
    for person_id in people:
        telling.tell(tx, person_id, MediaCard(kept.id), now=now)
    return kept


def _on_alert(tx: Transaction, person_id: int) -> list[int]:
    """Whoever is on an alert about this person and can be reached; their card shows that something was sent."""
    alert = stored_alerts.open_for(tx, person_id)
    told = stored_alerts.told(tx, alert.id) if alert else []
    chats = persons.chats_of(tx, told)
    if alert is not None:
        outbox.touch(tx, f"alert:{alert.id}")
    return [one for one in told if one in chats and one != person_id]


def _openers(tx: Transaction, home: Home, area_id: int, *, but: set[int], now: datetime) -> tuple[int, ...]:
    on_duty = duty.on_duty(tx, home, area_id, now=now)
    chats = persons.chats_of(tx, on_duty)
    reached = [one for one in on_duty if one in chats and one not in but]
    return tuple(reached or (one for one in telling.coordinators_of(tx, area_id) if one not in but))


def open_(tx: Transaction, actor: Actor, home: Home, media_id: int, *, well: bool, now: datetime) -> Media:
    """Somebody has heard or seen it and says what it is: all is well, or somebody is needed (an alert at once)."""
    old = check_openable(media.find(tx, media_id))
    _require(tx, actor, home, old, now=now)
    new = old.opened(actor.id, well=well, now=now)
    if new == old:
        return old
    saved = _save(tx, old, new)
    history.write(tx, Event(now, actor.id, f"media:{media_id}", new.state.value, old.state.value, new.state.value))
    if not well:
        alerts.raise_alert(tx, home, old.person_id, Cause.WORRY, now=now, by=actor.id)
    elif not media.unopened_of(tx, old.person_id, now - OPEN_AT_ALL):
        alerts.answered(tx, old.person_id, now=now)
    return saved


def settle(tx: Transaction, actor: Actor, alert_id: int, *, now: datetime) -> None:
    """Somebody has looked after this person and recorded it: what they had sent needs nobody to open it any more."""
    alert = stored_alerts.see(tx, alert_id)
    for old in media.unopened_of(tx, alert.person_id, now - OPEN_AT_ALL) if alert else ():
        _save(tx, old, old.settled(actor.id, now))
        history.write(tx, Event(now, actor.id, f"media:{old.id}", "settled", old.state.value, MediaState.SETTLED.value))


def show(tx: Transaction, actor: Actor, home: Home, media_id: int, *, now: datetime) -> MediaCard | MediaShown:
    """This very voice note or photo, for whoever is on it; NotAllowed for anybody else."""
    found = media.see(tx, media_id)
    # A face is shown where they read of the visit, what lies with a need where the need is, what two people sent each other
    # to these two.
    if found is None or found.subject.startswith(tuple(f"{noun}:" for noun in ELSEWHERE)):
        raise ButtonInvalid
    _require(tx, actor, home, found, now=now)
    return MediaCard(media_id) if found.open else MediaShown(media_id)


def unreachable(tx: Transaction, home: Home, media_id: int, person_id: int, *, now: datetime) -> None:
    """Whoever was to open it cannot be told: others are asked, and with nobody left it is an alert at once."""
    old = media.find(tx, media_id)
    if old is None or not old.open or old.act_at is None:
        return
    left = tuple(one for one in old.told if one != person_id)
    if left:
        return
    people = _openers(tx, home, _area(tx, old), but={old.person_id, person_id}, now=now)
    _save(tx, old, old.waits_for(people, now))
    for one in people:
        telling.tell(tx, one, MediaCard(media_id), now=now)


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Nobody has opened it in ten minutes: somebody must look."""
    for media_id in ids:
        old = media.find(tx, media_id)
        if old is None or old.act_at is None or old.act_at > now:
            continue
        new = _save(tx, old, old.unopened())
        history.write(tx, Event(now, None, f"media:{media_id}", "unopened", old.state.value, new.state.value))
        if plans.of_person(tx, old.person_id) is not None:
            # After a death nobody is sent to the door because of what was said before it.
            alerts.raise_alert(tx, home, old.person_id, Cause.UNOPENED, now=now)


# --- parts ---


@dataclass(frozen=True)
class Scene:
    """What something belongs to: about whom it is, where that is, and who may see it without being in charge."""

    person_id: int
    area_id: int
    told: tuple[int, ...]


def scene_of(tx: Transaction, home: Home, found: Media, *, now: datetime) -> Scene:
    """An alert's is seen by those on it as long as it lasts, an answer by whoever is on duty and on an alert about them."""
    alert_id, checkin_id = numbered(found.subject, "alert"), numbered(found.subject, "checkin")
    alert = None if alert_id is None else stored_alerts.see(tx, alert_id)
    if alert is not None:
        running = alert.state is not AlertState.CLOSED
        return Scene(alert.person_id, alert.area_id, tuple(stored_alerts.told(tx, alert.id)) if running else ())
    asked = [] if checkin_id is None else checkin_rows.see_many(tx, [checkin_id])
    person_id, area_id = (asked[0].person_id, asked[0].area_id) if asked else (found.person_id, _area(tx, found))
    open_alert = stored_alerts.open_for(tx, person_id)
    on_alert = stored_alerts.told(tx, open_alert.id) if open_alert else []
    on_duty = duty.on_duty(tx, home, area_id, now=now) if found.state is not MediaState.KEPT or asked else []
    return Scene(person_id, area_id, (*found.told, *on_alert, *on_duty))


def _require(tx: Transaction, actor: Actor, home: Home, found: Media, *, now: datetime) -> None:
    scene = scene_of(tx, home, found, now=now)
    told = {Relation.TOLD} if actor.id in scene.told and actor.id != scene.person_id else set()
    require(Action.MEDIA_OPEN, actor, areas.line(tx, scene.area_id), told)


def _area(tx: Transaction, found: Media) -> int:
    plan = plans.of_person(tx, found.person_id)
    area_id = plan.area_id if plan else persons.get(tx, found.person_id).building_id
    first = areas.first(tx) if area_id is None else None
    return area_id or (first.id if first else 0)


def _save(tx: Transaction, old: Media, new: Media) -> Media:
    if not media.save(tx, old, new):
        raise Unsettled(f"media {old.id} moved")
    outbox.touch(tx, MediaCard(old.id).subject)
    # Whoever sent it is waited for in the day's numbers until somebody has opened it.
    telling.day_moved(tx, [_area(tx, old)])
    return new
