"""What is added: words and photos after an outcome or a visit, where somebody is, and what they wrote."""

from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.alerts import Alert, AlertState, Cause
from bot.domain.home import Home
from bot.domain.media import Sent, subject_of
from bot.domain.needs import legible_text
from bot.domain.people import Actor
from bot.domain.remarks import ADD_WITHIN, ALONG_WITHIN, AskRemark, Noun, Remark, RemarkKind, RemarkTold, WhereKnown
from bot.services import alerts, knocks, media, people, telling
from bot.storage import alerts as stored_alerts
from bot.storage import areas, checkins, history, outbox, persons
from bot.storage.columns import instant, seconds
from bot.storage.database import Transaction
from bot.storage.history import Event

# They asked for somebody; silence is no such call.
CALLING = (Cause.HELP, Cause.WORRY, Cause.CALL_ME)
ADD, WHERE = "add", "where"


# --- after an outcome, or a visit ---


def invite(tx: Transaction, actor: Actor, home: Home, noun: Noun, number: int, *, now: datetime) -> AskRemark:
    """For ten minutes what this person writes or sends belongs to it; NotAllowed for whoever was not there."""
    if noun is Noun.ALERT:
        _require_there(tx, actor, number)
    else:
        knocks.may_record(tx, actor, home, number, now=now)
    until = seconds(now + ADD_WITHIN)
    people.ask(tx, actor, home, f"{ADD}:{noun.value}:{number}:{until}", now=now)
    return AskRemark(noun.value, number, until)


def _require_there(tx: Transaction, actor: Actor, alert_id: int) -> None:
    alert = alerts.get(tx, alert_id)
    there = {Relation.HOLDER} if alert.taken_by == actor.id else set()
    require(Action.ALERT_CLOSE, actor, areas.line(tx, alert.area_id), there)


def waits_for(question: str | None, at: datetime) -> tuple[Noun, int, int] | None:
    """To what something said at this instant is added, and until when; None: to nothing."""
    parts = (question or "").split(":")
    if len(parts) != 4 or parts[0] != ADD or at > instant(int(parts[3])):
        return None
    return Noun(parts[1]), int(parts[2]), int(parts[3])


def note(tx: Transaction, actor: Actor, noun: Noun, number: int, text: str, *, now: datetime) -> None:
    """What was found, in words: sealed, and read by whoever is in charge. TextEmpty, TextTooLong."""
    _write(tx, actor.id, noun, number, RemarkKind.NOTED, legible_text(text), now=now)
    _tell(tx, noun, number, now=now)


def enclose(
    tx: Transaction, actor: Actor, home: Home, noun: Noun, number: int, sent: Sent, *, at: datetime, now: datetime
) -> None:
    """A photo or voice note of what was found, perhaps with words."""
    media.keep(tx, actor, home, sent, subject_of(noun.value, number), at=at)
    if sent.words:
        _write(tx, actor.id, noun, number, RemarkKind.NOTED, legible_text(sent.words[:1000]), now=now)
    _tell(tx, noun, number, now=now)


def _tell(tx: Transaction, noun: Noun, number: int, *, now: datetime) -> None:
    """An alert's card shows it by itself; of a visit whoever is in charge hears."""
    if noun is Noun.CHECK_IN:
        checkin = checkins.see_many(tx, [number])[0]
        telling.tell_coordinators(tx, checkin.area_id, RemarkTold(number), now=now)


def finish(tx: Transaction, actor: Actor, home: Home, *, now: datetime) -> None:
    """That is all: the next message is one like any other."""
    if (people.asked(tx, actor, now=now) or "").startswith(f"{ADD}:"):
        people.ask(tx, actor, home, None, now=now)


# --- what the person themselves says ---


def said(tx: Transaction, person_id: int, text: str, *, now: datetime) -> None:
    """Their own words go with the alert about them, to whoever has it."""
    alert = stored_alerts.open_for(tx, person_id)
    if alert is not None and text.strip():
        _write(tx, person_id, Noun.ALERT, alert.id, RemarkKind.SAID, text.strip()[:1000], now=now)


def say_along(tx: Transaction, actor: Actor, text: str, *, now: datetime) -> int | None:
    """Who has called for help writes more: whoever looks after them reads it. The alert's number; None: there is none."""
    alert = stored_alerts.open_for(tx, actor.id)
    if alert is None or alert.cause not in CALLING or now - alert.opened_at > ALONG_WITHIN:
        return None
    said(tx, actor.id, text, now=now)
    return alert.id


def ask_where(tx: Transaction, actor: Actor, home: Home, *, now: datetime) -> None:
    """Whoever calls for help and whose door is not known is asked where they are."""
    alert = stored_alerts.open_for(tx, actor.id)
    if alert is not None and where_asked(tx, alert):
        people.ask(tx, actor, home, f"{WHERE}:{alert.id}", now=now)


def where_asked(tx: Transaction, alert: Alert) -> bool:
    """Whether nobody knows yet where this person is."""
    return persons.get(tx, alert.person_id).door is None and where(tx, alert.id) is None


def where(tx: Transaction, alert_id: int) -> str | None:
    """Where the person says they are; None: they have not."""
    told = [event for event in history.of(tx, f"alert:{alert_id}") if event.event == RemarkKind.WHERE.value]
    return told[-1].detail if told else None


def is_where(question: str | None) -> bool:
    """Whether the next message says where somebody is."""
    return (question or "").startswith(f"{WHERE}:")


def keep_where(tx: Transaction, actor: Actor, home: Home, text: str, *, now: datetime) -> int | None:
    """They have said where they are: everyone on the alert hears that it is known. Its number; None: it has ended."""
    people.ask(tx, actor, home, None, now=now)
    alert = stored_alerts.open_for(tx, actor.id)
    if alert is None or alert.state is AlertState.CLOSED:
        return None
    _write(tx, actor.id, Noun.ALERT, alert.id, RemarkKind.WHERE, legible_text(text), now=now)
    for person_id in stored_alerts.told(tx, alert.id):
        telling.tell(tx, person_id, WhereKnown(alert.id), now=now)
    return alert.id


# --- parts ---


def of(tx: Transaction, noun: Noun, number: int) -> tuple[Remark, ...]:
    """Everything that was added, oldest first."""
    kinds = {kind.value for kind in RemarkKind}
    events = [event for event in history.of(tx, subject_of(noun.value, number)) if event.event in kinds]
    return tuple(
        Remark(RemarkKind(one.event), persons.get(tx, one.actor_id).name, one.at, one.detail)
        for one in events
        if one.actor_id is not None and one.detail is not None
    )


def _write(tx: Transaction, by: int, noun: Noun, number: int, kind: RemarkKind, text: str, *, now: datetime) -> None:
    subject = subject_of(noun.value, number)
    history.write(tx, Event(now, by, subject, kind.value, detail=text))
    outbox.touch(tx, subject)
