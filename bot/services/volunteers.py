"""How somebody becomes a volunteer, stays one, rests and stops: they say so, whoever is in charge decides, time asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, Relation, require
from bot.domain.errors import ButtonInvalid, NotAllowed, NotEnrolled, VolunteerNotSo
from bot.domain.floods import Flow
from bot.domain.home import Home
from bot.domain.needs import legible_text
from bot.domain.notices import Notice
from bot.domain.people import Actor, Role
from bot.domain.volunteers import (
    CHOSEN,
    LAPSE_LATER,
    REMIND_AFTER,
    About,
    ApplicantCard,
    Hours,
    ReasonAsked,
    RenewalAsked,
    Spoken,
    Standing,
    Step,
    Volunteer,
    VolunteerApproved,
    VolunteerAsked,
    VolunteerCard,
    VolunteerDeclined,
    VolunteerLapsed,
    VolunteerNotice,
    VolunteerResumed,
    VolunteerRetired,
    VolunteersList,
    VolunteerSuspended,
    VolunteerWaits,
    VolunteerWhere,
)
from bot.services import departures, people, telling
from bot.services.floods import gate
from bot.services.plans import in_charge_of
from bot.storage import areas, digests, erasures, history, needs, outbox, persons, volunteers
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

HELD = (Standing.ACTIVE, Standing.APPLIED, Standing.SUSPENDED)
ANSWER, REASON = "volunteer", "volunteer-reason"
Rule = Callable[[Volunteer], Volunteer]


# --- applying ---


def mine(tx: Transaction, actor: Actor) -> tuple[Notice, ...]:
    """How it stands with this person's helping; whoever does not help yet is asked where they would like to."""
    held = [one for one in volunteers.of_person(tx, actor.id) if one.state in HELD or one.state is Standing.WRITING]
    if held:
        return tuple(VolunteerCard(one.id) for one in held)
    places_of(tx, actor)
    return (VolunteerWhere(),)


def places_of(tx: Transaction, actor: Actor) -> list[int]:
    """Where somebody could help: their building, their grid, their community. NotEnrolled for whoever lives nowhere yet."""
    home = actor.person.building_id
    if home is None:
        raise NotEnrolled
    community = areas.community_of(tx, home)
    line = areas.line(tx, home)
    known = community is not None and community.id in line
    return list(line[: line.index(community.id) + 1] if community is not None and known else line[:1])


def begin(tx: Transaction, actor: Actor, area_id: int, *, now: datetime) -> VolunteerCard:
    """An application for this place begins; one that is running already is shown. NotAllowed while somebody is suspended."""
    if area_id not in places_of(tx, actor):
        raise ButtonInvalid
    if any(one.state is Standing.SUSPENDED for one in volunteers.of_person(tx, actor.id)):
        raise NotAllowed(Action.VOLUNTEER_SELF.value)
    fresh = Volunteer(0, actor.id, area_id, Standing.WRITING)
    made = volunteers.make(tx, fresh.write(About(), now))
    if made.state not in (*HELD, Standing.WRITING):
        _save(tx, made, made.write(replace(made.about or About(), step=Step.SKILLS), now), actor.id, "began", now=now)
    return VolunteerCard(made.id)


def toggle(
    tx: Transaction, actor: Actor, home: Home, volunteer_id: int, step: Step, what: str, *, now: datetime
) -> None:
    """One of several answers is chosen, or taken back."""
    volunteer, about = _writing(tx, actor, volunteer_id)
    if step not in CHOSEN or what not in choices(home, step):
        raise ButtonInvalid
    _save(tx, volunteer, replace(volunteer, about=about.toggled(step, what)), actor.id, None, now=now)


def choices(home: Home, step: Step) -> tuple[str, ...]:
    """What can be chosen at a step."""
    if step is Step.SKILLS:
        return home.catalogue.skills
    return tuple(Spoken) if step is Step.LANGUAGES else tuple(Hours)


def next_step(
    tx: Transaction, actor: Actor, home: Home, volunteer_id: int, step: Step, *, now: datetime, adult: bool = True
) -> None:
    """This question is answered; a button of an earlier one changes nothing."""
    volunteer, about = _writing(tx, actor, volunteer_id)
    if about.step is not step:
        return
    answered = replace(about, adult=adult) if step is Step.AGE else about
    _step_on(tx, actor, home, volunteer, answered.next(home.rules), now=now)


def _step_on(tx: Transaction, actor: Actor, home: Home, volunteer: Volunteer, about: About, *, now: datetime) -> None:
    _save(tx, volunteer, replace(volunteer, about=about), actor.id, None, now=now)
    written = about.step in (Step.GUARDIAN, Step.REFERENCES)
    people.ask(tx, actor, home, f"{ANSWER}:{volunteer.id}" if written else None, now=now)
    if written:
        telling.tell(tx, actor.id, VolunteerAsked(volunteer.id), now=now)


def waits_for(question: str | None, kind: str) -> tuple[int, str] | None:
    """The volunteer about whom a plain message says something, and what; None: it is no such answer."""
    parts = (question or "").split(":")
    return (int(parts[1]), parts[2] if len(parts) > 2 else "") if parts[0] == kind and len(parts) > 1 else None


def write(tx: Transaction, actor: Actor, home: Home, volunteer_id: int, words: str, *, now: datetime) -> VolunteerCard:
    """The guardian's word, or who vouches for them, in their own words."""
    volunteer, about = _writing(tx, actor, volunteer_id)
    if about.step not in (Step.GUARDIAN, Step.REFERENCES):
        raise VolunteerNotSo
    text = legible_text(words)
    said = replace(about, guardian=text) if about.step is Step.GUARDIAN else replace(about, references=text)
    _step_on(tx, actor, home, volunteer, said.next(home.rules), now=now)
    return VolunteerCard(volunteer_id)


def agree(tx: Transaction, actor: Actor, home: Home, volunteer_id: int, version: int, *, now: datetime) -> None:
    """They have read the rules and agree: an application is sent, a running year is renewed.

    A button under rules that were changed meanwhile counts for nothing: the card shows the new ones.
    """
    volunteer = _mine(tx, actor, volunteer_id)
    if version != home.rules.version:
        outbox.touch(tx, f"volunteer:{volunteer_id}")
        return
    if volunteer.state is Standing.ACTIVE:
        _save(tx, volunteer, volunteer.renew(home.rules, now), actor.id, "renewed", now=now)
        return
    about = volunteer.about
    if volunteer.state is Standing.WRITING and (about is None or about.step is not Step.RULES):
        raise VolunteerNotSo
    _save(tx, volunteer, volunteer.apply(home.rules, now), actor.id, "applied", now=now)
    if gate.comes_up(tx, home, volunteer.area_id, f"volunteer:{volunteer_id}", actor.id, now=now):
        show_in_charge(tx, volunteer_id, now=now)


def show_in_charge(tx: Transaction, volunteer_id: int, *, now: datetime) -> None:
    """Whoever is in charge sees an application that waits for them; one that was decided or taken back is no news."""
    volunteer = volunteers.find(tx, volunteer_id)
    if volunteer is None or volunteer.state is not Standing.APPLIED:
        return
    for person_id in telling.coordinators_of(tx, volunteer.area_id):
        if person_id == volunteer.person_id:
            continue
        # The card, at once; or, for whoever gets a digest, a line in it that leads there.
        if not digests.gather(tx, person_id, VolunteerWaits(volunteer.id), now=now):
            telling.tell_afresh(tx, person_id, ApplicantCard(volunteer.id), now=now)


# --- deciding ---


def approve(tx: Transaction, actor: Actor, volunteer_id: int, *, now: datetime) -> Volunteer:
    """They may help: role and skills are theirs, and they hear it."""
    old = _decided_by(tx, actor, volunteer_id)
    new = _save(tx, old, old.approve(actor.id, now), actor.id, "approved", now=now)
    _give_role(tx, new, by=actor.id, now=now)
    _tell(tx, new, VolunteerApproved(volunteer_id), now=now)
    return new


def ask_reason(tx: Transaction, actor: Actor, home: Home, volunteer_id: int, what: str, *, now: datetime) -> Notice:
    """Why? What is written next is read by the other."""
    old = _decided_by(tx, actor, volunteer_id)
    # Said now, so that nobody writes a reason for nothing.
    _rule(what, actor.id, "…")(old)
    people.ask(tx, actor, home, f"{REASON}:{volunteer_id}:{what}", now=now)
    return ReasonAsked(volunteer_id, what)


def decide(
    tx: Transaction, actor: Actor, home: Home, volunteer_id: int, what: str, words: str, *, now: datetime
) -> ApplicantCard:
    """Declined, or suspended, with a reason. What somebody suspended has in hand goes back, and the residents hear."""
    old = _decided_by(tx, actor, volunteer_id)
    new = _save(tx, old, _rule(what, actor.id, legible_text(words))(old), actor.id, what, now=now, detail=words)
    people.ask(tx, actor, home, None, now=now)
    if new.state is Standing.SUSPENDED:
        _tell(tx, new, VolunteerSuspended(volunteer_id), now=now)
        _take_roles(tx, home, new, Role.VOLUNTEER, Role.LEADER, by=actor.id, now=now)
    else:
        _tell(tx, new, VolunteerDeclined(volunteer_id), now=now)
    return ApplicantCard(volunteer_id)


def _rule(what: str, by: int, reason: str) -> Rule:
    rules: dict[str, Rule] = {
        "decline": lambda volunteer: volunteer.decline(by, reason),
        "suspend": lambda volunteer: volunteer.suspend(by, reason),
    }
    if what not in rules:
        raise ButtonInvalid
    return rules[what]


def resume(tx: Transaction, actor: Actor, volunteer_id: int, *, now: datetime) -> Volunteer:
    """They may help again."""
    old = _decided_by(tx, actor, volunteer_id)
    new = _save(tx, old, old.resume(actor.id, now), actor.id, "resumed", now=now)
    _give_role(tx, new, by=actor.id, now=now)
    _tell(tx, new, VolunteerResumed(volunteer_id), now=now)
    return new


def retire(tx: Transaction, actor: Actor, home: Home, volunteer_id: int, *, now: datetime) -> Volunteer:
    """They stop, by their own word or by a coordinator's, and are thanked; what they have in hand goes back."""
    old = _get(tx, volunteer_id)
    own = old.person_id == actor.id
    if not own:
        _decided_by(tx, actor, volunteer_id)
    new = _save(tx, old, old.retire(None if own else actor.id), actor.id, "retired", now=now)
    _take_roles(tx, home, new, Role.VOLUNTEER, Role.LEADER, by=actor.id, now=now)
    if old.state is not Standing.WRITING:
        _tell(tx, new, VolunteerRetired(volunteer_id), now=now)
    return new


def listed(actor: Actor) -> VolunteersList:
    """Who applies and who helps where this person is in charge; NotAllowed for anybody else."""
    if not in_charge_of(actor):
        raise NotAllowed(Action.VOLUNTEER_DECIDE.value)
    return VolunteersList()


def require_see(tx: Transaction, actor: Actor, volunteer_id: int) -> Volunteer:
    """The volunteer, for whoever is in charge there."""
    volunteer = _get(tx, volunteer_id)
    require(Action.VOLUNTEER_DECIDE, actor, areas.line(tx, volunteer.area_id))
    return volunteer


# --- time ---


def step_due(tx: Transaction, home: Home, ids: list[int], now: datetime) -> None:
    """Time: whoever is in charge is reminded, a year is asked for, a year ends."""
    for volunteer_id in ids:
        volunteer = volunteers.find(tx, volunteer_id)
        if volunteer is not None and volunteer.act_at is not None and volunteer.act_at <= now:
            _step(tx, home, volunteer, now=now)


def _step(tx: Transaction, home: Home, volunteer: Volunteer, *, now: datetime) -> None:
    if volunteer.state is Standing.WRITING:
        volunteers.forget(tx, volunteer.id)
        outbox.touch(tx, f"volunteer:{volunteer.id}")
    elif volunteer.state is Standing.APPLIED:
        _save(tx, volunteer, replace(volunteer, act_at=now + REMIND_AFTER), None, None, now=now)
        # Whoever waits for their turn has not come to anybody yet, and is no reminder.
        if not gate.is_queued(tx, Flow.NEWS, f"volunteer:{volunteer.id}"):
            show_in_charge(tx, volunteer.id, now=now)
    elif volunteer.state is Standing.ACTIVE and volunteer.asked_at is None:
        _save(tx, volunteer, volunteer.asked(now), None, "asked", now=now)
        _tell(tx, volunteer, RenewalAsked(volunteer.id), now=now)
    elif volunteer.state is Standing.ACTIVE and _busy(tx, volunteer.person_id):
        _save(tx, volunteer, replace(volunteer, act_at=now + LAPSE_LATER), None, None, now=now)
    elif volunteer.state is Standing.ACTIVE:
        lapsed = _save(tx, volunteer, volunteer.lapse(), None, "lapsed", now=now)
        # Whoever also leads there was appointed to that, and leads on.
        _take_roles(tx, home, lapsed, Role.VOLUNTEER, by=None, now=now)
        _tell(tx, lapsed, VolunteerLapsed(volunteer.id), now=now)
    else:
        _save(tx, volunteer, replace(volunteer, act_at=None), None, None, now=now)


def _busy(tx: Transaction, person_id: int) -> bool:
    return bool(needs.claimed_by(tx, person_id) or erasures.alerts_held(tx, person_id))


# --- parts ---


def _give_role(tx: Transaction, volunteer: Volunteer, *, by: int, now: datetime) -> None:
    persons.grant(tx, volunteer.person_id, Role.VOLUNTEER, volunteer.area_id, by=by, now=now)
    persons.add_skills(tx, volunteer.person_id, () if volunteer.about is None else volunteer.about.skills)
    people.refresh_menu(tx, _actor(tx, volunteer.person_id), now=now)


def _take_roles(tx: Transaction, home: Home, volunteer: Volunteer, *roles: Role, by: int | None, now: datetime) -> None:
    """They are this there no more, and what they may not keep goes back to others."""
    for role in roles:
        persons.revoke(tx, volunteer.person_id, role=role, area_id=volunteer.area_id)
    left = _actor(tx, volunteer.person_id)
    departures.hand_back(tx, home, left, by=by, now=now)
    people.refresh_menu(tx, left, now=now)


def _actor(tx: Transaction, person_id: int) -> Actor:
    return persons.actor(tx, persons.get(tx, person_id))


def _tell(tx: Transaction, volunteer: Volunteer, notice: VolunteerNotice, *, now: datetime) -> None:
    telling.tell(tx, volunteer.person_id, notice, now=now)


def _get(tx: Transaction, volunteer_id: int) -> Volunteer:
    found = volunteers.find(tx, volunteer_id)
    if found is None:
        raise VolunteerNotSo
    return found


def _mine(tx: Transaction, actor: Actor, volunteer_id: int) -> Volunteer:
    found = _get(tx, volunteer_id)
    own = {Relation.SELF} if found.person_id == actor.id else set()
    require(Action.VOLUNTEER_SELF, actor, areas.line(tx, found.area_id), own)
    return found


def _writing(tx: Transaction, actor: Actor, volunteer_id: int) -> tuple[Volunteer, About]:
    found = _mine(tx, actor, volunteer_id)
    if found.state is not Standing.WRITING or found.about is None:
        raise VolunteerNotSo
    return found, found.about


def _decided_by(tx: Transaction, actor: Actor, volunteer_id: int) -> Volunteer:
    """The volunteer, for whoever is in charge there; nobody decides about themselves."""
    found = require_see(tx, actor, volunteer_id)
    if found.person_id == actor.id:
        raise NotAllowed(Action.VOLUNTEER_DECIDE.value)
    return found


def _save(
    tx: Transaction,
    old: Volunteer,
    new: Volunteer,
    by: int | None,
    event: str | None,
    *,
    now: datetime,
    detail: str | None = None,
) -> Volunteer:
    """Write it (its row is locked), keep the history, and draw every card of it again."""
    if not volunteers.save(tx, old, new):
        raise Unsettled(f"volunteer {old.id} moved")
    if event is not None:
        subject = f"volunteer:{old.id}"
        history.write(tx, Event(now, by, subject, event, old.state.value, new.state.value, detail))
    outbox.touch(tx, f"volunteer:{old.id}")
    return replace(new, version=old.version + 1)
