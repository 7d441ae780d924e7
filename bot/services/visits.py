"""A helper at the door: there, well, done; and what the visit came to. Nobody who went somewhere is left alone there."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.access import Action, Relation, require
from bot.domain.drafts import DraftCard, Stage
from bot.domain.errors import ButtonInvalid, NeedGone, VisitNotSo
from bot.domain.home import Home
from bot.domain.media import Media, Sent, subject_of
from bot.domain.needs import Need, Outcome, State, legible_text
from bot.domain.people import Actor, Language
from bot.domain.visitors import check_photo
from bot.domain.visits import (
    CLAIM_STAYS,
    VISIT,
    AtDoor,
    Due,
    Visit,
    VisitAgainAsked,
    VisitBegun,
    VisitCard,
    VisitLookDue,
    VisitPassedOn,
    VisitPhoto,
    VisitSilent,
    VisitWellAsked,
    code_words,
    spoken,
)
from bot.services import drafts, hints, needs, parties, people, secrecy, telling
from bot.storage import areas, farewells, history, media, outbox, persons, visits
from bot.storage import hints as stored_hints
from bot.storage import needs as stored_needs
from bot.storage.columns import seconds
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

# --- going ---


def begin(tx: Transaction, actor: Actor, home: Home, need_id: int, *, now: datetime) -> Visit:
    """ "I'm there": the resident hears it with the words that are said at the door. Saying it twice says it once."""
    need = needs.permitted(tx, actor, need_id, Action.NEED_WORK_ON)
    known = visits.of_claim(tx, need, actor.id)
    if known is not None and known.there:
        return known
    after = well_after(home, need)
    _stay(tx, actor, need_id, after, "there", now=now)
    visit = visits.make(tx, Visit(0, need.bot_id, need_id, actor.id, now).begin(after, now))
    telling.tell(tx, need.person_id, VisitBegun(need_id), now=now)
    return visit


def done(tx: Transaction, actor: Actor, home: Home, need_id: int, outcome: Outcome, *, now: datetime) -> Visit:
    """ "I'm done": the resident is asked whether all is well, and whoever was there may say more; they need not."""
    need = needs.permitted(tx, actor, need_id, Action.NEED_WORK_ON)
    known = visits.of_claim(tx, need, actor.id) or visits.make(tx, Visit(0, need.bot_id, need_id, actor.id, now))
    needs.finish(tx, actor, home, need_id, outcome, now=now)
    visit = _save(tx, known, known.end(now))
    telling.tell(tx, actor.id, VisitCard(visit.id), now=now)
    return visit


def well(tx: Transaction, actor: Actor, home: Home, visit_id: int, *, now: datetime) -> Visit:
    """ "I'm well, and still here": asked again later; who was told hears that it is so."""
    old = mine(tx, actor, visit_id)
    return _is_well(tx, actor, home, old, now=now)


def reached(tx: Transaction, actor: Actor, home: Home, visit_id: int, *, now: datetime) -> Visit:
    """Who is in charge has reached them: all is well. VisitNotSo when nobody has to any more."""
    old = visits.find(tx, visit_id)
    need = None if old is None else stored_needs.see(tx, old.need_id)
    if old is None or need is None or secrecy.withheld(tx, need, actor.id):
        raise NeedGone
    require(Action.VISIT_REACH, actor, areas.line(tx, need.area_id))
    return _is_well(tx, actor, home, old, now=now)


def _is_well(tx: Transaction, actor: Actor, home: Home, old: Visit, *, now: datetime) -> Visit:
    need = stored_needs.see(tx, old.need_id)
    if need is None:
        raise NeedGone
    after = well_after(home, need)
    if need.claimed_by == old.helper_id and need.state is State.CLAIMED:
        stored_needs.postpone(tx, need.id, now + after + CLAIM_STAYS)
    history.write(tx, Event(now, actor.id, subject_of(VISIT, old.id), "well"))
    return _save(tx, old, old.well(after, now))


def _stay(tx: Transaction, actor: Actor, need_id: int, after: timedelta, event: str, *, now: datetime) -> None:
    until = now + after + CLAIM_STAYS
    needs.change(tx, actor, need_id, Action.NEED_WORK_ON, lambda need, _: need.there(until), event, now)


def well_after(home: Home, need: Need) -> timedelta:
    """How long somebody is at this need until they are asked whether they are well."""
    return home.catalogue[need.category].well_after


# --- what came of it ---


def mine(tx: Transaction, actor: Actor, visit_id: int) -> Visit:
    """This person's own visit; NotAllowed for another's, VisitNotSo when there is none."""
    found = visits.find(tx, visit_id)
    if found is None:
        raise VisitNotSo
    require(Action.VISIT_WORK, actor, (), {Relation.HOLDER} if found.helper_id == actor.id else ())
    return found


def over(tx: Transaction, actor: Actor, visit_id: int) -> Visit:
    """The same, once it is over: VisitNotSo before."""
    found = mine(tx, actor, visit_id)
    if found.ended_at is None:
        raise VisitNotSo
    return found


def ask(tx: Transaction, actor: Actor, home: Home, question: str, visit_id: int, *, now: datetime) -> None:
    """The next message of this person answers `question` about their visit."""
    over(tx, actor, visit_id)
    people.ask(tx, actor, home, f"{question}:{visit_id}", now=now)


def took(tx: Transaction, actor: Actor, visit_id: int, minutes: int) -> VisitCard:
    """So long it took; MinutesUnclear."""
    old = mine(tx, actor, visit_id)
    return VisitCard(_save(tx, old, old.took(minutes)).id)


def add_photo(
    tx: Transaction, actor: Actor, home: Home, visit_id: int, sent: Sent, *, at: datetime, now: datetime
) -> VisitCard:
    """A photo of what was done, for the resident; PhotoNotSo for what is none."""
    visit = over(tx, actor, visit_id)
    check_photo(sent)
    subject = subject_of(VISIT, visit_id)
    kept = media.keep(tx, Media(0, home.bot_id, actor.id, sent.kind, sent.file_id, subject, at, sent.words))
    need = stored_needs.see(tx, visit.need_id)
    if need is not None:
        telling.tell(tx, need.person_id, VisitPhoto(visit_id, kept.id), now=now)
    outbox.touch(tx, subject)
    return VisitCard(visit_id)


def leave_hint(tx: Transaction, actor: Actor, visit_id: int, text: str, *, now: datetime) -> VisitCard:
    """What the next helper should know; the resident reads it too. TextEmpty, TextTooLong."""
    visit = over(tx, actor, visit_id)
    hints.leave(tx, secrecy.find(tx, actor, visit.need_id), actor.id, text, now=now)
    outbox.touch(tx, subject_of(VISIT, visit_id))
    return VisitCard(visit_id)


def may_pass_on(need: Need, helper_id: int) -> bool:
    """Whether whoever was there may still say that it needs somebody else: until the resident has confirmed."""
    return need.state is State.DONE and need.claimed_by == helper_id


def require_pass_on(tx: Transaction, actor: Actor, home: Home, visit_id: int, category: str | None = None) -> Need:
    """The need that somebody else shall do; VisitNotSo once it is settled, ButtonInvalid for a kind that it cannot become."""
    visit = over(tx, actor, visit_id)
    need = secrecy.find(tx, actor, visit.need_id)
    if not may_pass_on(need, actor.id):
        raise VisitNotSo
    if category is not None and category not in kinds_for(home, need):
        raise ButtonInvalid
    return need


def kinds_for(home: Home, need: Need) -> tuple[str, ...]:
    """What a need may become when it needs somebody else: what is confidential stays what it is."""
    if need.guarded_by is not None or not home.catalogue.knows(need.category):
        return (need.category,)
    return tuple(one.code for one in home.catalogue.categories)


def pass_on(
    tx: Transaction, actor: Actor, home: Home, visit_id: int, category: str, reason: str, *, now: datetime
) -> VisitCard:
    """It needs somebody else: open again, as another kind of help, and others are asked; the next one reads why."""
    need = require_pass_on(tx, actor, home, visit_id, category)
    legible_text(reason)
    new = needs.pass_on(tx, actor, home, need.id, category, now=now)
    hints.leave(tx, new, actor.id, reason, now=now)
    telling.tell(tx, new.person_id, VisitPassedOn(need.id), now=now)
    outbox.touch(tx, subject_of(VISIT, visit_id))
    return VisitCard(visit_id)


def look_again(tx: Transaction, actor: Actor, home: Home, visit_id: int, day: date, *, now: datetime) -> VisitCard:
    """On that day the two are reminded."""
    old = over(tx, actor, visit_id)
    history.write(tx, Event(now, actor.id, subject_of(VISIT, visit_id), "looks again", after=day.isoformat()))
    return VisitCard(_save(tx, old, old.looks_again(day, home.timezone)).id)


def again(tx: Transaction, actor: Actor, home: Home, visit_id: int, *, now: datetime) -> DraftCard:
    """The resident needs it again: a draft of the same, which one tap posts."""
    visit = visits.see(tx, visit_id)
    need = None if visit is None else secrecy.find(tx, actor, visit.need_id)
    if need is None:
        raise NeedGone
    require(Action.NEED_CONFIRM, actor, (), {Relation.REQUESTER} if need.person_id == actor.id else ())
    return drafts.begin_like(tx, actor, home, need, Stage.READY, now=now)


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: asks whoever is there for long whether they are well, tells who is in charge, reminds of the day."""
    for visit_id in ids:
        old = visits.find(tx, visit_id)
        need = None if old is None else stored_needs.see(tx, old.need_id)
        if old is None or need is None or old.act_at is None or old.act_at > now:
            continue
        if old.there and not (need.claimed_by == old.helper_id and need.state is State.CLAIMED):
            _save(tx, old, old.dropped(now))
            continue
        new, due = old.step(now)
        _save(tx, old, new)
        _follow(tx, need, new, due, now=now)


def _follow(tx: Transaction, need: Need, visit: Visit, due: Due | None, *, now: datetime) -> None:
    if due is Due.ASK and not telling.tell(tx, visit.helper_id, VisitWellAsked(visit.id), now=now):
        unheard(tx, visit.id, now=now)
    elif due is Due.TELL:
        history.write(tx, Event(now, None, subject_of(VISIT, visit.id), "silent"))
        for person_id in in_charge(tx, need, visit):
            telling.tell_afresh(tx, person_id, VisitSilent(visit.id), now=now)
    elif due is Due.LOOK and farewells.of_person(tx, need.person_id) is None:
        if not telling.tell(tx, visit.helper_id, VisitLookDue(visit.id), now=now):
            look_unheard(tx, visit.id, now=now)
        telling.tell(tx, need.person_id, VisitAgainAsked(visit.id), now=now)


def in_charge(tx: Transaction, need: Need, visit: Visit) -> list[int]:
    """Who looks after a helper who does not answer: who is in charge there, and not the helper themselves."""
    people_there = [*telling.coordinators_of(tx, need.area_id), *telling.administrators_of(tx, need.area_id)]
    return [one for one in dict.fromkeys(people_there) if one != visit.helper_id]


def unheard(tx: Transaction, visit_id: int, *, now: datetime) -> None:
    """Whoever is there cannot be asked at all: who is in charge hears at the next tick."""
    visit = visits.find(tx, visit_id)
    if visit is not None and visit.there and visit.told_at is None:
        visits.postpone(tx, visit_id, now)


def look_unheard(tx: Transaction, visit_id: int, *, now: datetime) -> None:
    """Whoever wanted to look again cannot be reminded: who is in charge is."""
    visit = visits.see(tx, visit_id)
    need = None if visit is None else stored_needs.see(tx, visit.need_id)
    if visit is None or need is None:
        return
    for person_id in in_charge(tx, need, visit):
        telling.tell(tx, person_id, VisitLookDue(visit_id), now=now)


def look_undelivered(tx: Transaction, visit_id: int, person_id: int, *, now: datetime) -> None:
    """The reminder came back: where it was the helper's, who is in charge is reminded instead."""
    visit = visits.see(tx, visit_id)
    if visit is not None and visit.helper_id == person_id:
        look_unheard(tx, visit_id, now=now)


# --- at the door ---


def at_door(tx: Transaction, need: Need, reader_id: int | None) -> AtDoor | None:
    """What this reader knows of who comes, or where they go; None for anybody but the two, and while nobody comes."""
    helper = need.claimed_by
    if need.state is not State.CLAIMED or helper is None or reader_id is None:
        return None
    if reader_id != need.person_id and not parties.goes(tx, need, reader_id):
        return None
    hashed = tx.vault.hash("visits.word", f"{need.id}:{helper}:{seconds(need.claimed_at)}")
    chinese = persons.language_of(tx, need.person_id) is Language.CHINESE
    reads_chinese = persons.language_of(tx, reader_id) is Language.CHINESE
    pairs, visit = code_words(hashed), visits.of_claim(tx, need, helper)
    return AtDoor(
        word=spoken(pairs, chinese=chinese),
        meaning=None if chinese == reads_chinese else spoken(pairs, chinese=reads_chinese),
        begun_at=visit.begun_at if visit is not None and visit.there else None,
        hints=tuple(one.text or "" for one in stored_hints.for_helper(tx, need)) if reader_id != need.person_id else (),
    )


def _save(tx: Transaction, old: Visit, new: Visit) -> Visit:
    if new == old:
        return old
    if not visits.save(tx, old, new):
        raise Unsettled(f"visit {old.id} moved")
    outbox.touch(tx, subject_of(VISIT, old.id))
    return replace(new, version=old.version + 1)
