"""A need's way: posted, offered, claimed, done, confirmed, rated — one function a decision, inside one transaction."""

from collections.abc import Callable, Collection
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from bot.domain.access import Action, Relation, allowed, require
from bot.domain.alerts import Cause
from bot.domain.drafts import Draft
from bot.domain.errors import (
    NeedElsewhere,
    NeedNotSo,
    NeedPast,
    NeedTaken,
    NotEnrolled,
    OwnDispute,
    OwnNeed,
    TimePassed,
)
from bot.domain.home import Home
from bot.domain.lapses import LapseKind, late
from bot.domain.needs import (
    EXPIRE_AFTER,
    REOPEN_WITHIN,
    Audience,
    ClosingCard,
    DeskCard,
    Move,
    Need,
    NeedArrival,
    NeedCancelled,
    NeedCard,
    NeedClaimed,
    NeedDisputed,
    NeedReopened,
    NeedSettled,
    NeedTrouble,
    NeedUnclaimed,
    OfferCard,
    Outcome,
    Post,
    Release,
    ResidentCard,
    State,
    Urgency,
    check_may_post,
    step,
    urgency_of,
)
from bot.domain.notices import Notice, Priority
from bot.domain.people import Actor, Person
from bot.domain.plans import PlanState
from bot.domain.seats import PAIR, give_back
from bot.domain.windows import not_over
from bot.services import alerts, matching, offers, parties, seats, secrecy, telling
from bot.services.floods import gate
from bot.storage import (
    areas,
    beneficiaries,
    farewells,
    handovers,
    helpers,
    history,
    lapses,
    needs,
    outbox,
    partings,
    persons,
    plans,
    unease,
)
from bot.storage import seats as stored_seats
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

TRIES = 3
A_MINUTE = timedelta(minutes=1)


# --- asking ---


def post(tx: Transaction, actor: Actor, home: Home, draft: Draft, *, now: datetime) -> Need:
    """A resident's draft becomes a need: written down, and the first wave of volunteers is asked; while very many are asking,
    when it is its turn. NotEnrolled, TooManyNeeds, TooManyToday."""
    check_limits(tx, actor, home, now=now)
    need = write_down(tx, actor, home, draft, now=now)
    if gate.asks(tx, home, actor, need, now=now):
        announce(tx, home, need, now=now)
    return need


def write_down(
    tx: Transaction, actor: Actor, home: Home, draft: Draft, *, now: datetime, guarded_by: str | None = None
) -> Need:
    """A draft becomes a need that its resident sees; nobody is asked yet. NotEnrolled.

    `guarded_by` is what it must be guarded by whatever its kind says now; None: nothing beyond that.
    """
    place = draft.place_id or actor.person.building_id
    if place is None:
        raise NotEnrolled
    asked = _asked(actor, home, draft, place, now)
    need = needs.post(tx, replace(asked, guarded_by=asked.guarded_by or guarded_by))
    history.write(tx, Event(now, actor.id, f"need:{need.id}", "posted", after=need.state.value))
    if draft.seats is not None:
        stored_seats.ask(tx, need.id, max(draft.seats, PAIR if need.pair else 1))
    telling.tell(tx, actor.id, ResidentCard(need.id), now=now)
    return need


def _asked(actor: Actor, home: Home, draft: Draft, place: int, now: datetime) -> Need:
    urgency = draft.urgency if draft.window is None else urgency_of(not_over(draft.window, now), now)
    kind = home.catalogue[draft.category].kind(urgency)
    new = Need(
        id=0,
        bot_id=home.bot_id,
        area_id=place,
        person_id=actor.id,
        urgency=urgency,
        text=draft.text,
        state=State.OPEN,
        posted_at=now,
        open_until=now + EXPIRE_AFTER,
        window=draft.window,
        **asdict(kind),
    )
    return replace(new, act_at=new.first_look(now))


def announce(tx: Transaction, home: Home, need: Need, *, now: datetime) -> None:
    """Who may hear of an open need hears: the first wave of volunteers, and, when it is time, the groups."""
    matching.begin(tx, home, need, now=now)


def check_limits(tx: Transaction, actor: Actor, home: Home, *, now: datetime) -> None:
    """TooManyNeeds, TooManyToday: five running, and ten posted since midnight, are all that is possible."""
    midnight = now.astimezone(home.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    check_may_post(needs.count_running(tx, actor.id), needs.count_since(tx, actor.id, midnight))


def cancel(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> Need:
    """It is not needed any more; whoever had it hears at once, and the resident when it was not they who said so."""
    old, new = change(tx, actor, need_id, Action.NEED_CANCEL, lambda need, _: need.cancel(), "cancelled", now)
    if old.state is State.CLAIMED:
        _tell_helpers(tx, old, NeedCancelled(need_id), now)
    if actor.id != new.person_id:
        telling.tell(tx, new.person_id, NeedSettled(need_id), now=now)
    return new


# --- helping ---


def claim(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> Need:
    """A volunteer takes it, or comes along where a seat is empty: the first tap wins. NeedTaken tells who was faster; OwnNeed,
    NeedNotSo, NotAllowed."""
    found = secrecy.find(tx, actor, need_id)
    if farewells.of_person(tx, found.person_id) is not None:
        # It waits for whoever is in charge to close it; nobody goes there in vain.
        raise NeedNotSo(State.CANCELLED.value)
    if found.state is State.CLAIMED and found.claimed_by != actor.id:
        _permit(tx, actor, found, Action.NEED_CLAIM)
        return seats.join(tx, actor, found, now=now)
    old, new = change(tx, actor, need_id, Action.NEED_CLAIM, lambda need, at: need.claim(actor.id, at), "claimed", now)
    if old != new:
        parties.settle(tx, new, now=now, by=old.act_at)
        helpers.spoke(tx, actor.id)
        telling.tell(tx, actor.id, OfferCard(need_id), now=now, priority=Priority.ANSWER)
        telling.tell(tx, new.person_id, NeedClaimed(need_id), now=now)
    return new


def arrive(tx: Transaction, actor: Actor, need_id: int, at: datetime, *, now: datetime) -> Need:
    """The claimer says when they come; the resident hears, once. TimePassed for a time that is over."""
    if at < now - A_MINUTE:
        raise TimePassed
    old, new = change(tx, actor, need_id, Action.NEED_WORK_ON, lambda need, _: need.arrive(at, now), "arrival", now)
    # Two taps on "in 30 minutes" are not two arrivals.
    if old.arrives_at is None or abs(at - old.arrives_at) >= A_MINUTE:
        telling.tell(tx, new.person_id, NeedArrival(need_id), now=now)
    return new


def keep(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> Need:
    """The claimer is still on it; so is whoever comes along."""
    found = secrecy.find(tx, actor, need_id)
    if parties.comes_along(tx, found, actor.id):
        return found
    return change(tx, actor, need_id, Action.NEED_WORK_ON, lambda need, at: need.keep(at), "kept", now)[1]


def release(tx: Transaction, actor: Actor, home: Home, need_id: int, reason: Release, *, now: datetime) -> Need:
    """The claim is given back with a reason: whoever comes along leads then, or it is open again; others are asked. A
    coordinator can take it back too; whoever comes along gives back their seat."""
    found = secrecy.find(tx, actor, need_id)
    if parties.comes_along(tx, found, actor.id):
        return seats.leave(tx, home, found, actor.id, by=actor.id, now=now, reason=reason)
    along = stored_seats.along(tx, need_id)
    old, new = change(
        tx,
        actor,
        need_id,
        Action.NEED_RELEASE,
        lambda need, at: give_back(need, along, at),
        "released",
        now,
        detail=reason.value,
    )
    _given_back(tx, home, old, new, now=now)
    telling.tell(tx, new.person_id, NeedReopened(need_id), now=now)
    if old.claimed_by == actor.id and late(old, reason, now):
        lapses.note(tx, need_id, actor.id, LapseKind.LATE, now=now)
    if old.claimed_by != actor.id:
        _tell_claimer(tx, old, NeedSettled(need_id), now)
    return new


def finish(tx: Transaction, actor: Actor, home: Home, need_id: int, outcome: Outcome, *, now: datetime) -> Need:
    """The claimer says what came of it; the resident is asked whether it is well. The address leaves the card."""
    rule = _finishing(outcome)
    _, new = change(tx, actor, need_id, Action.NEED_WORK_ON, rule, outcome.value, now)
    # Anew, so that they hear it a second time too when it was opened again.
    telling.tell_afresh(tx, new.person_id, ClosingCard(need_id), now=now)
    if outcome is Outcome.NOBODY_HOME and beneficiaries.find(tx, f"need:{need_id}") is None:
        lapses.note(tx, need_id, new.person_id, LapseKind.NOBODY_HOME, now=now)
    if outcome in (Outcome.PARTLY, Outcome.NOBODY_HOME):
        telling.tell_coordinators(tx, new.area_id, NeedTrouble(need_id), now=now, calm=outcome is Outcome.PARTLY)
    at_home = beneficiaries.find(tx, f"need:{need_id}") is None
    plan = plans.of_person(tx, new.person_id) if outcome is Outcome.NOBODY_HOME and at_home else None
    if plan is not None and plan.state is PlanState.ACTIVE:
        # Whoever is cared for and does not open to the help they asked for is looked after at once.
        alerts.raise_alert(tx, home, new.person_id, Cause.UNVISITED, now=now, by=actor.id)
    return new


def pass_on(tx: Transaction, actor: Actor, home: Home, need_id: int, category: str, *, now: datetime) -> Need:
    """Whoever was there says that it needs somebody else: open again as this kind of help, and others are asked."""

    def rule(need: Need, at: datetime) -> Need:
        known = home.catalogue.knows(category)
        return need.pass_on(home.catalogue[category].kind(need.urgency) if known else need.kind(), at)

    old, new = change(tx, actor, need_id, Action.NEED_REDIRECT, rule, "passed on", now, save=needs.rewrite)
    _given_back(tx, home, old, new, now=now)
    return new


def _finishing(outcome: Outcome) -> "Rule":
    return lambda need, at: need.finish(outcome, at)


def take_back(
    tx: Transaction, home: Home, person_id: int, *, by: int | None, now: datetime, kept: Collection[int] = ()
) -> None:
    """Whoever leaves, or may help no more, gives back what they have taken on: the residents hear, and others are asked.

    `kept` are needs that stay theirs.
    """
    for old in needs.claimed_by(tx, person_id):
        if old.id in kept:
            continue
        if old.claimed_by != person_id:
            seats.leave(tx, home, old, person_id, by=by, now=now)
            continue
        new = give_back(old, stored_seats.along(tx, old.id), now)
        if not needs.save(tx, old, new):
            raise Unsettled(f"need {old.id} moved")
        history.write(tx, Event(now, by, f"need:{old.id}", "released", old.state.value, new.state.value))
        outbox.touch(tx, f"need:{old.id}")
        _given_back(tx, home, old, replace(new, version=old.version + 1), now=now)
        telling.tell(tx, new.person_id, NeedReopened(new.id), now=now)


# --- closing ---


def confirm(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> Need:
    """The resident says that it is well."""
    return change(tx, actor, need_id, Action.NEED_CONFIRM, lambda need, at: need.confirm(at), "confirmed", now)[1]


def dispute(tx: Transaction, actor: Actor, need_id: int, remark: str, *, now: datetime) -> Need:
    """The resident says what is wrong, in their own words; a coordinator is asked to decide."""
    _, new = change(
        tx,
        actor,
        need_id,
        Action.NEED_CONFIRM,
        lambda need, at: need.dispute(remark, at),
        "disputed",
        now,
        detail=remark,
    )
    tell_judges(tx, new, NeedDisputed(need_id), now)
    return new


def may_dispute(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> Need:
    """The need, if this person may say now what is wrong with it: until a week after it was closed."""
    need = secrecy.find(tx, actor, need_id)
    require(Action.NEED_CONFIRM, actor, areas.line(tx, need.area_id), _relations(tx, need, actor))
    if need.state is State.CLOSED and not need.reopens(now):
        raise NeedPast(REOPEN_WITHIN.days)
    if need.state not in (State.DONE, State.CLOSED):
        raise NeedNotSo(need.state.value)
    return need


def waits_for_remark(tx: Transaction, need_id: int, state: str) -> bool:
    """Whether words about what is wrong still change something: not once it was confirmed after all, or is open again.

    `state` is the one in which they were asked for.
    """
    need = needs.see(tx, need_id)
    return need is not None and need.state.value == state


def rate(tx: Transaction, actor: Actor, need_id: int, stars: int, *, now: datetime) -> Need:
    """The resident's stars, by which helpers are found from now on."""
    return change(tx, actor, need_id, Action.NEED_CONFIRM, lambda need, _: need.rate(stars), "rated", now)[1]


def decide(tx: Transaction, actor: Actor, home: Home, need_id: int, *, again: bool, now: datetime) -> Need:
    """A coordinator decides a dispute: done again by somebody, or closed. Both sides hear."""
    _require_judge(tx, actor, secrecy.find(tx, actor, need_id))
    event = "reopened" if again else "settled"
    old, new = change(
        tx,
        actor,
        need_id,
        Action.NEED_DECIDE,
        lambda need, at: need.reopen(at) if again else need.settle(at),
        event,
        now,
    )
    for person_id in (old.person_id, *parties.helpers_of(tx, old)):
        telling.tell(tx, person_id, NeedSettled(need_id), now=now)
    if again:
        _given_back(tx, home, old, new, now=now)
    return new


def _require_judge(tx: Transaction, actor: Actor, need: Need) -> None:
    """OwnDispute for whoever asked or helped, unless there is nobody else who could decide."""
    if actor.id in (need.person_id, need.claimed_by) and judges_of(tx, need) != [actor.id]:
        raise OwnDispute


def judges_of(tx: Transaction, need: Need) -> list[int]:
    """Who decides a dispute: whoever is in charge there and is no part of it; where there is nobody like that, its own."""
    parties = (need.person_id, need.claimed_by)
    in_charge = [*telling.coordinators_of(tx, need.area_id), *telling.administrators_of(tx, need.area_id)]
    return [one for one in dict.fromkeys(in_charge) if one not in parties] or list(dict.fromkeys(in_charge))


def take_over(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> Need:
    """Whoever is in charge takes a claimed need over: the resident hears who comes instead, the claimer that they need not.

    NeedElsewhere where the two are kept apart.
    """
    if unease.paused(tx, secrecy.find(tx, actor, need_id).person_id, actor.id):
        raise NeedElsewhere
    old, new = change(
        tx, actor, need_id, Action.NEED_ASSIGN, lambda need, at: need.take_over(actor.id, at), "taken over", now
    )
    if old != new:
        telling.tell(tx, actor.id, OfferCard(need_id), now=now, priority=Priority.ANSWER)
        seats.led_on(tx, new, now=now)
        parties.settle(tx, new, now=now)
        if old.claimed_by is not None:
            handovers.drop(tx, need_id, old.claimed_by)
        telling.tell(tx, new.person_id, NeedClaimed(need_id), now=now)
        _tell_claimer(tx, old, NeedSettled(need_id), now)
    return new


def hold(tx: Transaction, actor: Actor, need_id: int, until: datetime, *, now: datetime) -> Need:
    """A coordinator sees to it: nobody is asked, and nobody reminded, until then."""
    return change(tx, actor, need_id, Action.NEED_ASSIGN, lambda need, _: need.hold(until), "held", now)[1]


# --- looking ---


def permitted(tx: Transaction, actor: Actor, need_id: int, action: Action) -> Need:
    """A need, if this person may do this to it."""
    need = secrecy.find(tx, actor, need_id)
    _permit(tx, actor, need, action)
    return need


def show(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> NeedCard:
    """The card on which this person sees the need, sent afresh; NotAllowed when it is none of theirs."""
    need = secrecy.find(tx, actor, need_id)
    relations = _relations(tx, need, actor) | offers.asked_relations(tx, need_id, actor)
    line = areas.line(tx, need.area_id)
    require(Action.NEED_SEE, actor, line, relations)
    if Relation.REQUESTER in relations:
        return (
            ResidentCard(need_id) if need.state in (State.OPEN, State.CLAIMED, State.DISPUTED) else ClosingCard(need_id)
        )
    in_charge = allowed(Action.NEED_DECIDE, actor, line) and not relations & {Relation.CLAIMER, Relation.ALONG}
    return DeskCard(need_id) if in_charge else OfferCard(need_id)


def look(tx: Transaction, need_id: int) -> Need | None:
    """A need as it stands, for a use case that has asked already who may know of it; None: there is none."""
    return needs.see(tx, need_id)


def relations_of(tx: Transaction, actor: Actor, need_id: int) -> set[Relation]:
    """What this person is to a need."""
    return _relations(tx, secrecy.find(tx, actor, need_id), actor)


def reveal(tx: Transaction, actor: Actor, need_id: int, *, now: datetime) -> Need:
    """The claimer asks for the address on this very card; whoever else taps is shown the present state."""
    need = secrecy.find(tx, actor, need_id)
    _permit(tx, actor, need, Action.ADDRESS_SEE)
    return need


def around(tx: Transaction, actor: Actor, *, limit: int, offset: int) -> list[Need]:
    """Open needs (for whoever is in charge: all running ones) where this person's roles reach, the most pressing first."""
    places = {grant.area_id for grant in actor.grants}
    led = {place for place in places if allowed(Action.NEED_DECIDE, actor, (place,))}
    return needs.around(tx, actor.id, led=sorted(led), helped=sorted(places - led), limit=limit, offset=offset)


def mine(tx: Transaction, actor: Actor) -> tuple[list[Need], list[Need]]:
    """What this person asked for (newest first, at most ten), and what they have taken on."""
    return needs.of_person(tx, actor.id, 10), needs.claimed_by(tx, actor.id)


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time moves these needs on, in one batch: what was asked, lapsed, expired, confirmed by itself."""
    due = [need for need in needs.get_many(tx, ids) if need.act_at and need.act_at <= now]
    pairs = [(need, _led_on(tx, need, step(need, now), now)) for need in due]
    needs.save_many(tx, [(old, move.need) for old, move in pairs])
    history.write(tx, *(_moved(old, move, now) for old, move in pairs))
    outbox.touch(tx, *(f"need:{old.id}" for old, _ in pairs))
    for old, move in pairs:
        if _still_waits(tx, old, move, now):
            continue
        for message in move.posts:
            _deliver(tx, home, old, message, now)
        if move.event == "lapsed":
            _given_back(tx, home, old, move.need, now=now)
            if old.claimed_by is not None:
                lapses.note(tx, old.id, old.claimed_by, LapseKind.QUIET, now=now)
        elif move.ask_more:
            matching.ensure(tx, home, move.need, now=now)


def _still_waits(tx: Transaction, old: Need, move: Move, now: datetime) -> bool:
    """Very many are asking, and it is not its turn: that nobody has taken it is no news, for nobody was asked."""
    waits = old.state is State.OPEN and gate.turn_of(tx, old.id) is not None
    return waits and move.need.state is State.OPEN and move.need.pressing(now) is not Urgency.NOW


def _led_on(tx: Transaction, old: Need, move: Move, now: datetime) -> Move:
    """Whoever led is silent: somebody who comes along leads on, and it does not lapse for them."""
    along = stored_seats.along(tx, old.id) if move.event == "lapsed" else ()
    return replace(move, need=give_back(old, along, now)) if along else move


def _moved(old: Need, move: Move, now: datetime) -> Event:
    return Event(now, None, f"need:{old.id}", move.event, before=old.state.value, after=move.need.state.value)


def _deliver(tx: Transaction, home: Home, old: Need, message: Post, now: datetime) -> None:
    if isinstance(message.notice, NeedDisputed):
        tell_judges(tx, old, message.notice, now)
    elif message.to is Audience.COORDINATORS:
        calm = isinstance(message.notice, NeedUnclaimed) and old.calm
        telling.tell_coordinators(tx, old.area_id, message.notice, now=now, calm=calm)
    elif message.to is Audience.RESIDENT:
        telling.tell(tx, old.person_id, message.notice, now=now)
    elif not _tell_claimer(tx, old, message.notice, now):
        offers.unheard(tx, old.id, now=now)


def begin_without(tx: Transaction, home: Home, old: Need, new: Need, *, now: datetime) -> None:
    """It is open again, for others than whoever had it."""
    _given_back(tx, home, old, new, now=now)


def _given_back(tx: Transaction, home: Home, old: Need, new: Need, *, now: datetime) -> None:
    if old.claimed_by is not None:
        seats.not_again(tx, new, old.claimed_by, now)
    seats.led_on(tx, new, now=now)
    seats.ask_others(tx, home, new, now=now)


# --- the one way a need changes ---

Rule = Callable[[Need, datetime], Need]


def change(
    tx: Transaction,
    actor: Actor,
    need_id: int,
    action: Action,
    rule: Rule,
    event: str,
    now: datetime,
    *,
    detail: str | None = None,
    save: Callable[[Transaction, Need, Need], bool] = needs.save,
) -> tuple[Need, Need]:
    """Ask the access table, apply the rule, save, keep the history, draw the cards again; the need before and after."""
    for _ in range(TRIES):
        old = secrecy.find(tx, actor, need_id)
        _permit(tx, actor, old, action)
        new = rule(old, now)
        if new == old:
            return old, new
        if save(tx, old, new):
            event_kept = Event(now, actor.id, f"need:{need_id}", event, old.state.value, new.state.value, detail)
            history.write(tx, event_kept)
            if new.state is State.OPEN:
                # Whoever came along before is not sent there once more by itself.
                stored_seats.vacate(tx, need_id, now)
            outbox.touch(tx, f"need:{need_id}")
            return old, replace(new, version=old.version + 1)
    raise Unsettled(f"need {need_id} moved {TRIES} times")


# What only whoever has the need does: when somebody else tries, it has mostly moved since they had it.
CLAIMERS = (Action.NEED_WORK_ON, Action.NEED_RELEASE, Action.ADDRESS_SEE, Action.ENCLOSURES_SEE)


def _permit(tx: Transaction, actor: Actor, need: Need, action: Action) -> None:
    """Ask the access table; whoever may see the need is told how it stands, anybody else that it is not theirs to do."""
    line = areas.line(tx, need.area_id)
    relations = _relations(tx, need, actor) | offers.asked_relations(tx, need.id, actor)
    if action is Action.NEED_CLAIM and Relation.REQUESTER in relations:
        raise OwnNeed
    if action is Action.NEED_CLAIM and _apart(tx, need.person_id, actor.id):
        raise NeedElsewhere
    if action in CLAIMERS and not allowed(action, actor, line, relations):
        require(Action.NEED_SEE, actor, line, relations)
        if need.state is State.CLAIMED and need.claimed_by is not None:
            raise NeedTaken(need.claimed_by)
        raise NeedNotSo(need.state.value)
    require(action, actor, line, relations)


def _apart(tx: Transaction, resident_id: int, helper_id: int) -> bool:
    return partings.said(tx, resident_id, helper_id) or unease.paused(tx, resident_id, helper_id)


def _relations(tx: Transaction, need: Need, actor: Actor) -> set[Relation]:
    relations = {Relation.REQUESTER} if need.person_id == actor.id else set()
    if need.claimed_by == actor.id and need.state is State.CLAIMED:
        relations.add(Relation.CLAIMER)
    elif parties.comes_along(tx, need, actor.id):
        relations.add(Relation.ALONG)
    if need.claimed_by == actor.id and need.state is State.DONE:
        relations.add(Relation.HOLDER)
    return relations


def tell_judges(tx: Transaction, need: Need, notice: Notice, now: datetime) -> None:
    """The coordinators, or, where each of them is part of it, the administrators."""
    judges = judges_of(tx, need)
    asked = [one for one in telling.coordinators_of(tx, need.area_id) if one in judges] or judges
    for person_id in asked:
        telling.tell(tx, person_id, notice, now=now)


def _tell_claimer(tx: Transaction, need: Need, notice: Notice, now: datetime) -> bool:
    return need.claimed_by is not None and telling.tell(tx, need.claimed_by, notice, now=now)


def _tell_helpers(tx: Transaction, need: Need, notice: Notice, now: datetime) -> None:
    for person_id in parties.helpers_of(tx, need):
        telling.tell(tx, person_id, notice, now=now)


def owner_of(tx: Transaction, need: Need) -> Person | None:
    """Who sees to a need that nobody takes: the nearest coordinator."""
    people = telling.coordinators_of(tx, need.area_id)
    return persons.get(tx, people[0]) if people else None
