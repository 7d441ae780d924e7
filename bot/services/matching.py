"""The asking for a need: wave after wave, the nearest first, each told why; and what follows when nobody can be asked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.access import HELPERS
from bot.domain.helpers import AskedLess
from bot.domain.home import Home
from bot.domain.matching import ALONE, SILENCE, Ask, Choice, Search, Tier, Waves, choose, next_look, within
from bot.domain.needs import Need, NeedUnclaimed, OfferCard, State, Urgency
from bot.domain.reopenings import ONCE_MORE
from bot.domain.seats import Party
from bot.services import parties, telling, topics
from bot.storage import beginners, helpers, needs, persons
from bot.storage import matching as stored
from bot.storage.database import Transaction


def begin(tx: Transaction, home: Home, need: Need, *, now: datetime) -> int:
    """A need is open: the first wave goes out at once; how many were asked. Each opening begins a new round.

    Where nobody can be asked who is in charge hears at once, unless it is night and can wait until the morning. For a window
    that is days away the asking begins some days before it.
    """
    before = stored.search(tx, need.id)
    search = Search(need.id, 1 if before is None else before.round + 1)
    asked = _wave(tx, home, need, search, now=now)
    if asked == 0 and not _out_of_time(need, now) and not _waits_for_morning(tx, home, need, now):
        telling.tell_coordinators(tx, need.area_id, NeedUnclaimed(need.id), now=now, calm=need.calm)
    return asked


def begin_with(
    tx: Transaction,
    home: Home,
    need: Need,
    person_id: int,
    *,
    now: datetime,
    reason: str = ONCE_MORE,
    until: datetime | None = None,
) -> None:
    """A need is open, and one person is asked for it first, alone for a while; where they may not be asked, others are.

    `until` None: for as long as its urgency allows.
    """
    before = stored.search(tx, need.id)
    search = Search(need.id, 1 if before is None else before.round + 1)
    ask = ask_for(tx, home, need, now)
    known = stored.candidates(tx, [person_id], Tier.BEFORE, ask, need, search)
    helps = persons.actor(tx, persons.get(tx, person_id)).is_a(*HELPERS)
    if not (helps and choose(ask, known, home.waves, 1)):
        begin(tx, home, need, now=now)
        return
    helpers.asked(tx, [person_id], day=ask.day, now=now)
    needs.offer(tx, need.id, person_id, reason=reason, skill=None, round=search.round, now=now)
    telling.tell_afresh(tx, person_id, OfferCard(need.id), now=now)
    stored.keep(tx, replace(search, act_at=until or now + ALONE[need.urgency]))


def ensure(tx: Transaction, home: Home, need: Need, *, now: datetime) -> None:
    """An open need is being asked for: the next wave goes when it is due; where none ever went, the first goes now."""
    if stored.search(tx, need.id) is None:
        _wave(tx, home, need, Search(need.id), now=now)


def has_begun(tx: Transaction, need_id: int) -> bool:
    """Whether anybody was ever asked for it, or is about to be."""
    return stored.search(tx, need_id) is not None


def first_wave(tx: Transaction, home: Home, need: Need, *, now: datetime) -> bool:
    """Whoever was asked alone will not come: the first wave goes at once. False: it has gone already."""
    search = stored.search(tx, need.id)
    if search is None or search.wave > 0 or search.act_at is None:
        return False
    _wave(tx, home, need, search, now=now)
    return True


def one_more(tx: Transaction, home: Home, need: Need, *, now: datetime) -> int:
    """Somebody who was asked will not come: one other is asked at once; the next wave keeps its time."""
    search = stored.search(tx, need.id) or Search(need.id)
    return _offer(tx, home, need, search, ask_for(tx, home, need, now), 1)


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: the next wave goes to others, and who is silent for long is asked less."""
    for need_id in ids:
        need, search = needs.find(tx, need_id), stored.search(tx, need_id)
        if need is None or search is None or search.act_at is None or search.act_at > now:
            continue
        if parties.wanting(tx, need):
            _count_silence(tx, home, need, now=now)
            _wave(tx, home, need, search, now=now)
        else:
            stored.keep(tx, replace(search, act_at=None))


def _wave(tx: Transaction, home: Home, need: Need, search: Search, *, now: datetime) -> int:
    """Ask the next few, and say when the search goes on; with a certain wave, or when nobody is left, groups see it too."""
    if _out_of_time(need, now) and need.window is not None:
        # Too early to be asked, or over: then time ends the need at once.
        stored.keep(tx, replace(search, act_at=None if need.window.over(now) else need.window.asked_from))
        return 0
    ask = ask_for(tx, home, need, now)
    pace = home.waves.paces[ask.urgency]
    asked = _offer(tx, home, need, search, ask, pace.size)
    look, wanted = next_look(ask, home.waves, asked), stored.next_return(tx, need.id, now)
    moved = replace(search, wave=search.wave + (asked > 0), act_at=look if wanted is None else min(look, wanted))
    stored.keep(tx, moved)
    nobody_left = asked < pace.size and moved.wave < pace.groups_at and not _at_night(home, ask)
    if nobody_left or (asked > 0 and moved.wave == pace.groups_at):
        topics.show(tx, need, now=now)
    return asked


def _out_of_time(need: Need, now: datetime) -> bool:
    """Whether a need's window is so far ahead that nobody is asked yet, or over."""
    return need.window is not None and (now < need.window.asked_from or need.window.over(now))


def _offer(tx: Transaction, home: Home, need: Need, search: Search, ask: Ask, count: int) -> int:
    chosen = pick(tx, home.waves, ask, need, search, count)
    helpers.asked(tx, [choice.person_id for choice in chosen], day=ask.day, now=ask.now)
    for choice in chosen:
        fresh = needs.offer(
            tx,
            need.id,
            choice.person_id,
            reason=choice.tier.value,
            skill=ask.skill if choice.skilled else None,
            # That somebody reads what everybody reads here is no reason that one would name.
            speaks=choice.speaks and ask.language is not home.language,
            round=search.round,
            now=ask.now,
        )
        (telling.tell if fresh else telling.tell_afresh)(tx, choice.person_id, OfferCard(need.id), now=ask.now)
    return len(chosen)


def ask_for(tx: Transaction, home: Home, need: Need, now: datetime) -> Ask:
    """What somebody is to be asked for, and beside whom."""
    going = Party() if need.state is State.OPEN else parties.party(tx, need)
    return Ask(
        resident_id=need.person_id,
        urgency=need.pressing(now),
        language=persons.language_of(tx, need.person_id),
        now=now,
        zone=home.timezone,
        skill=need.guarded_by or next(iter(home.catalogue[need.category].skills), None),
        skill_needed=need.guarded_by is not None,
        window=need.window,
        apart=parties.kept_apart(tx, going) if going.people else frozenset(),
        visits=beginners.visits(tx, need.area_id) if going.for_experienced else 0,
    )


def pick(tx: Transaction, waves: Waves, ask: Ask, need: Need, search: Search, count: int) -> list[Choice]:
    """The decision: whom to ask next. Tier by tier, so that the database looks no farther than it must."""
    chosen: list[Choice] = []
    seen: set[int] = set()
    for tier, people in _tiers(tx, waves, ask, need, search):
        fresh = [person_id for person_id in people if person_id not in seen and person_id not in ask.apart]
        seen.update(fresh)
        if fresh:
            known = stored.candidates(tx, fresh, tier, ask, need, search)
            chosen += choose(ask, known, waves, count - len(chosen))
        if len(chosen) >= count:
            break
    return chosen


def _tiers(tx: Transaction, waves: Waves, ask: Ask, need: Need, search: Search) -> Iterator[tuple[Tier, list[int]]]:
    """Whoever asked to be asked once more, then the tiers, each looked up only when it is needed."""
    if search.wave:
        for person_id, tier in stored.returning(tx, need.id, ask.now):
            yield tier, [person_id]
    where = stored.around(tx, need.area_id)
    for tier in Tier:
        yield tier, stored.pool(tx, tier, ask, need, search, where, waves)


def _count_silence(tx: Transaction, home: Home, need: Need, *, now: datetime) -> None:
    """Who has just left so many offers in a row without an answer is told that they are asked less."""
    before = now - SILENCE[need.urgency]
    for person_id in helpers.fell_silent(tx, need.id, before=before, now=now, after=home.waves.silent_after):
        telling.tell(tx, person_id, AskedLess(person_id), now=now)


def _waits_for_morning(tx: Transaction, home: Home, need: Need, now: datetime) -> bool:
    ask = ask_for(tx, home, need, now)
    where = stored.around(tx, need.area_id)
    return _at_night(home, ask) and stored.serve(tx, where.line, need.person_id)


def _at_night(home: Home, ask: Ask) -> bool:
    return ask.urgency is not Urgency.NOW and within(ask.minute, home.waves.quiet)
