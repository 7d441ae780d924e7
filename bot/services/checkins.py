"""Rounds and check-ins: opened by the clock, answered by tap, word, call or knock, or turned into an alert."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby

from bot.domain.alerts import Cause
from bot.domain.checkins import (
    JUST_BEFORE,
    UNDO_FOR,
    CheckIn,
    CheckInAnswer,
    CheckInAsked,
    CheckInNudged,
    CheckInState,
    Deed,
    NotAsked,
    SystemSuspected,
    opened,
    step,
)
from bot.domain.home import Home
from bot.domain.people import Actor
from bot.domain.plans import EARLY_MINUTES, Channel, Plan, PlanState
from bot.domain.values import changed
from bot.services import alerts, daily_news, knocks, telling
from bot.storage import alerts as stored_alerts
from bot.storage import areas, checkins, farewells, history, outbox, persons, plans, relatives
from bot.storage.database import Transaction
from bot.storage.history import Event
from bot.storage.outbox import Saying

# So many missing in one round, and at least half of it: more likely the system than the people.
MASS_AT_LEAST = 10
Round = tuple[int, date, int]

NO_WINDOWS: Mapping[int, int] = {}
ANSWERS_TO = {CheckInAnswer.HELP: Cause.HELP, CheckInAnswer.CALL_ME: Cause.CALL_ME}
KEYS = {CheckInAnswer.WELL, *ANSWERS_TO}


# --- opening a round ---


def open_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Plans whose slot has come: one check-in a person, day and slot; what passed unseen is told to the coordinators."""
    pairs: list[tuple[Plan, Plan]] = []
    new: list[CheckIn] = []
    for plan in plans.get_many(tx, ids):
        if plan.act_at is None or plan.act_at > now:
            continue
        if plan.state is PlanState.PAUSED:
            pairs.append((plan, plan.activate(now, home.timezone)))
            continue
        for occasion in plan.due_occasions(now, home.timezone):
            new.append(opened(plan, occasion.day, occasion.slot, occasion.at, now))
        coming = plan.next_after(now, home.timezone)
        pairs.append((plan, changed(plan, act_at=coming.opens_at if coming else None)))
    plans.schedule(tx, pairs)
    windows = {plan.person_id: plan.early_minutes for plan, _ in pairs}
    ask(tx, home, checkins.open_many(tx, new), windows, now=now)
    telling.day_moved(tx, (one.area_id for one in new))


def ask(
    tx: Transaction, home: Home, fresh: list[CheckIn], windows: Mapping[int, int] = NO_WINDOWS, *, now: datetime
) -> None:
    """Everyone who waits to be asked is asked; an early sign of life answers at once.

    `windows` says for how many minutes before a sign of life counts, by person; two hours for whoever is not in it.
    """
    early = signs_of_life(tx, {one.person_id: windows.get(one.person_id, EARLY_MINUTES) for one in fresh}, now=now)
    answered = [(one, one.answered(CheckInAnswer.EARLY, now)) for one in fresh if _asks(one) and one.person_id in early]
    checkins.save_many(tx, answered)
    daily_news.tell(tx, [new for _, new in answered], now=now)
    waiting = [one for one in fresh if _asks(one) and one.person_id not in early]
    say_to_chats(tx, home, waiting, now=now)
    _tell_not_asked(tx, [one for one in fresh if one.state is CheckInState.NOT_ASKED], now=now)


def _asks(checkin: CheckIn) -> bool:
    return checkin.state is CheckInState.ASKED


def signs_of_life(tx: Transaction, windows: Mapping[int, int], *, now: datetime) -> set[int]:
    """Who of these has written something within their window (minutes before now); 0: nothing that was said counts."""
    found: set[int] = set()
    for minutes in set(windows.values()) - {0}:
        people = [person_id for person_id, window in windows.items() if window == minutes]
        found |= persons.heard_since(tx, people, now - timedelta(minutes=minutes))
    return found


def say_to_chats(tx: Transaction, home: Home, waiting: list[CheckIn], *, now: datetime) -> None:
    """The question goes out, in one batch; whoever cannot be asked in a chat is knocked at, at once."""
    in_chat = [one for one in waiting if one.channel is Channel.CHAT]
    chats = persons.chats_of(tx, [one.person_id for one in in_chat])
    sayings = [
        Saying(CheckInAsked(one.id), *chats[one.person_id], one.person_id) for one in in_chat if one.person_id in chats
    ]
    outbox.say_many(tx, sayings, now=now)
    knocks.join(tx, home, [one for one in waiting if one.channel is not Channel.CHAT], now=now)
    for one in in_chat:
        if one.person_id not in chats:
            to_knock(tx, home, one, now=now)


def _tell_not_asked(tx: Transaction, missed: list[CheckIn], *, now: datetime) -> None:
    def round_of(one: CheckIn) -> tuple[int, date, int]:
        return one.area_id, one.day, one.slot

    for (area_id, day, slot), group in groupby(sorted(missed, key=round_of), key=round_of):
        notice = NotAsked(area_id, day.isoformat(), slot, len(list(group)))
        telling.tell_coordinators(tx, area_id, notice, now=now)


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: nudged, or at the end of the grace an alert — state, alert, history and outbox in one transaction."""
    due = [one for one in checkins.get_many(tx, ids) if one.act_at is not None and one.act_at <= now]
    moves = [(old, *step(old, now)) for old in due]
    checkins.save_many(tx, [(old, new) for old, new, _ in moves])
    nudged = [new for _, new, deed in moves if deed is Deed.NUDGE]
    chats = persons.chats_of(tx, [one.person_id for one in nudged])
    sayings = [
        Saying(CheckInNudged(one.id), *chats[one.person_id], one.person_id) for one in nudged if one.person_id in chats
    ]
    outbox.say_many(tx, sayings, now=now)
    missed = [new for _, new, deed in moves if deed is Deed.ALERT]
    knocks.moved(tx, [one.id for one in missed if one.channel is not Channel.CHAT])
    suspected = _suspect(tx, missed, now=now)
    hold = _in_rounds(tx, missed, suspected)
    for causes in _once_a_person(missed):
        alerts.raise_missed(tx, home, causes, now=now, hold=hold)
    telling.day_moved(tx, (one.area_id for one in missed))


def _once_a_person(missed: list[CheckIn]) -> list[dict[int, Cause]]:
    """Whoever is missing, and why; somebody who missed two slots at once comes twice: the second joins the alert of the first."""
    turns: list[dict[int, Cause]] = []
    for one in missed:
        turn = next((turn for turn in turns if one.person_id not in turn), None)
        if turn is None:
            turns.append(turn := {})
        turn[one.person_id] = Cause.MISSED if one.channel is Channel.CHAT else Cause.UNVISITED
    return turns


def _suspect(tx: Transaction, missed: list[CheckIn], *, now: datetime) -> set[Round]:
    """Rounds in which so many are missing that the system itself is suspected; their coordinators hear that first, once."""
    suspected: set[Round] = set()
    communities = {area_id: _community(tx, area_id) for area_id in {one.area_id for one in missed}}
    for which in {(communities[one.area_id], one.day, one.slot) for one in missed}:
        community_id, day, slot = which
        asked, silent = checkins.count_round(tx, community_id, day, slot)
        if silent < MASS_AT_LEAST or 2 * silent < asked:
            continue
        suspected.add(which)
        subject = f"round:{community_id}:{day.isoformat()}:{slot}"
        if not any(event.event == "suspected" for event in history.of(tx, subject)):
            history.write(tx, Event(now, None, subject, "suspected", after=str(silent)))
            notice = SystemSuspected(community_id, day.isoformat(), slot, silent)
            telling.tell_coordinators(tx, community_id, notice, now=now)
    return suspected


def _in_rounds(tx: Transaction, missed: list[CheckIn], rounds: set[Round]) -> set[int]:
    """Whose check-in was in one of these rounds."""
    if not rounds:
        return set()
    communities = {area_id: _community(tx, area_id) for area_id in {one.area_id for one in missed}}
    return {one.person_id for one in missed if (communities[one.area_id], one.day, one.slot) in rounds}


def _community(tx: Transaction, area_id: int) -> int:
    community = areas.community_of(tx, area_id)
    return community.id if community else area_id


# --- answering ---


def answer(
    tx: Transaction,
    actor: Actor,
    home: Home,
    said: CheckInAnswer,
    *,
    at: datetime,
    now: datetime,
    by: int | None = None,
) -> CheckIn | None:
    """A person said something at `at`: the check-in that it answers; None when nothing was asked.

    `by`: who said it for them; None: they themselves. Another's word ends no alert: somebody still has to look.

    Help and "please ring me" raise an alert; being well ends a missed check-in that nobody has taken on. A mere sign of life
    (a voice note that nobody has heard) ends none.
    """
    answered_by = by or actor.id
    checkin = checkins.said_within(tx, actor.id, at)
    current = _counted(tx, checkin, said, at=at, by=answered_by)
    _answer_older(tx, actor.id, said, at=at, by=answered_by)
    if said in KEYS and (fresh := checkins.unanswered_between(tx, actor.id, at, at + JUST_BEFORE)):
        checkin, current = fresh, _counted(tx, fresh, said, at=at, by=answered_by)
    if checkin is not None:
        telling.day_moved(tx, [checkin.area_id])
    if said in ANSWERS_TO:
        alerts.raise_alert(tx, home, actor.id, ANSWERS_TO[said], now=now, by=actor.id)
    elif said not in (CheckInAnswer.SIGN, CheckInAnswer.PROXY):
        alerts.answered(tx, actor.id, now=now)
    if current is not None and current != checkin:
        daily_news.tell(tx, [current], now=now)
    return current


def _counted(tx: Transaction, checkin: CheckIn | None, said: CheckInAnswer, *, at: datetime, by: int) -> CheckIn | None:
    """This check-in as it stands after something was said."""
    current = checkin
    if checkin is not None and checkin.state is CheckInState.ASKED:
        # After the end of the grace too, as long as no alert has been opened: nobody is sent to who has just answered.
        current = checkin.answered(said, at, by)
        checkins.save(tx, checkin, current)
    elif checkin is not None and checkin.state is CheckInState.ALERT and checkin.answered_at is None:
        # Late: when it was answered is kept; that it was an alert stays.
        current = replace(checkin, answer=said, answered_at=at, answered_by=by)
        checkins.save(tx, checkin, current)
    if checkin is not None and checkin.channel is not Channel.CHAT:
        knocks.moved(tx, [checkin.id])
    return current


def _answer_older(tx: Transaction, person_id: int, said: CheckInAnswer, *, at: datetime, by: int) -> None:
    """After an outage an older question may be open in the chat too: whoever answers the newest is waited for no more."""
    waiting = checkins.waiting_until(tx, person_id)
    older = [one for one in waiting if one.channel is Channel.CHAT and one.asked_at <= at]
    checkins.save_many(tx, [(one, one.answered(said, at, by)) for one in older])


def is_asked(tx: Transaction, person_id: int, *, at: datetime) -> bool:
    """Whether something said at this instant answers an open question, or one that became an alert unanswered."""
    checkin = checkins.said_within(tx, person_id, at)
    if checkin is None:
        return False
    return checkin.state is CheckInState.ASKED or (checkin.state is CheckInState.ALERT and checkin.answered_at is None)


def is_late(tx: Transaction, person_id: int, *, at: datetime) -> bool:
    """Whether somebody is asked to look after this person already, when they say something at this instant."""
    # The check-in is locked first: a sweep that is just making an alert of it is waited for.
    checkins.said_within(tx, person_id, at)
    return open_alert(tx, person_id) is not None


def cares_for(tx: Transaction, person_id: int) -> bool:
    """Whether this person is asked every day now."""
    plan = plans.of_person(tx, person_id)
    return plan is not None and plan.state is PlanState.ACTIVE


def undo(tx: Transaction, actor: Actor, checkin_id: int, *, now: datetime) -> CheckIn | None:
    """ "I pressed the wrong one": within ten minutes the question is open again; None when that time is over."""
    checkin = checkins.find(tx, checkin_id)
    if checkin is None or checkin.answered_at is None:
        return None
    if checkin.person_id != actor.id and not relatives.speaks_for(tx, actor.id, checkin.person_id):
        return None
    if checkin.state is not CheckInState.ANSWERED or now - checkin.answered_at > UNDO_FOR:
        return None
    if farewells.of_person(tx, actor.id) is not None:
        return None
    due = max(checkin.due_at, now + UNDO_FOR)
    again = replace(
        checkin,
        state=CheckInState.ASKED,
        answer=None,
        answered_at=None,
        answered_by=None,
        due_at=due,
        nudges=(),
        act_at=due,
    )
    checkins.save(tx, checkin, again)
    telling.day_moved(tx, [checkin.area_id])
    daily_news.take_back(tx, checkin, now=now)
    history.write(tx, Event(now, actor.id, f"checkin:{checkin_id}", "undone", before="answered", after="asked"))
    return again


# --- knocks ---


def to_knock(tx: Transaction, home: Home, checkin: CheckIn, *, now: datetime) -> None:
    """The question cannot be delivered: somebody knocks instead, at once."""
    knock = checkin.to_knock()
    checkins.save(tx, checkin, knock)
    history.write(tx, Event(now, None, f"checkin:{checkin.id}", "to knock", before="chat", after="knock"))
    knocks.join(tx, home, [knock], now=now, late=True)


def undeliverable(tx: Transaction, home: Home, checkin_id: int, *, now: datetime) -> None:
    """Telegram refused the question for good."""
    checkin = checkins.find(tx, checkin_id)
    if checkin is not None and checkin.state is CheckInState.ASKED and checkin.channel is Channel.CHAT:
        to_knock(tx, home, checkin, now=now)


def blocked(tx: Transaction, home: Home, person_id: int, *, now: datetime) -> None:
    """A cared-for person blocked the bot: what they were asked becomes a knock at once."""
    for one in checkins.waiting_until(tx, person_id):
        if one.channel is Channel.CHAT:
            to_knock(tx, home, one, now=now)


# --- after the program was deaf ---


def ask_again(tx: Transaction, since: datetime, until: datetime, *, now: datetime) -> int:
    """Whoever could have answered in vain between these instants is asked again, with ten minutes; how many.

    Once a check-in: a program that is down every few minutes would otherwise put the alert off for ever. Whoever has two open
    questions hears the newer one only; its answer is an answer to both.
    """
    unheard = sorted(checkins.asked_between(tx, since, until), key=lambda one: one.asked_at)
    newest = {one.person_id: one.id for one in unheard}
    waiting = [one for one in unheard if one.due_at < now + timedelta(minutes=10)]
    checkins.save_many(tx, [(one, one.asked_again(now)) for one in waiting])
    events = {one.id: "asked again" if newest[one.person_id] == one.id else "waits on" for one in waiting}
    history.write(tx, *(Event(now, None, f"checkin:{number}", event) for number, event in events.items()))
    asked = [one for one in waiting if newest[one.person_id] == one.id]
    chats = persons.chats_of(tx, [one.person_id for one in asked])
    sayings = [
        Saying(CheckInAsked(one.id), *chats[one.person_id], one.person_id) for one in asked if one.person_id in chats
    ]
    outbox.say_many(tx, sayings, now=now)
    return len(asked)


def open_alert(tx: Transaction, person_id: int) -> int | None:
    """The alert about this person that has not ended; None: none."""
    alert = stored_alerts.open_for(tx, person_id)
    return alert.id if alert else None
