"""Telephones: several people on one, and a new one in the place of the old."""

from dataclasses import replace
from datetime import datetime

from bot.domain.access import Action, require
from bot.domain.checkins import CheckInState
from bot.domain.errors import LinkForAnother
from bot.domain.home import Home
from bot.domain.people import Actor, Person
from bot.domain.plans import Channel, ConsentCard, PlanState
from bot.domain.relatives import Bond
from bot.domain.telephones import KeysView, TelephoneLinked, TelephoneMoved, TelephoneNews, labels
from bot.services import checkins, links, people, relatives, telling
from bot.storage import areas, forwarding, history, invitations, needs, outbox, persons, plans
from bot.storage import checkins as stored_checkins
from bot.storage import relatives as stored
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

# The deep link of a new telephone begins with this.
PREFIX, PURPOSE = "t", "person"


# --- one telephone for several ---


def on_chat(tx: Transaction, home: Home, chat_id: int) -> list[Actor]:
    """Everybody whom this chat reaches, the one who speaks first; empty: it is one person's alone."""
    return [persons.actor(tx, persons.get(tx, one)) for one in stored.on_chat(tx, home.bot_id, chat_id)]


def labels_of(everybody: list[Actor]) -> tuple[str, ...]:
    """What they are called on its keys."""
    return labels([one.person.name for one in everybody])


def label_of(tx: Transaction, person_id: int) -> str | None:
    """What this person is called on the keys of their telephone; None: it is theirs alone."""
    everybody = stored.with_telephone(tx, person_id)
    if not everybody:
        return None
    return labels([persons.get(tx, one).name for one in everybody])[everybody.index(person_id)]


def others_on(tx: Transaction, person_id: int) -> tuple[str, ...]:
    """Who else uses the telephone of this person."""
    return tuple(persons.get(tx, one).name for one in stored.with_telephone(tx, person_id) if one != person_id)


def meant(tx: Transaction, everybody: list[Actor]) -> Actor:
    """About whom a cry is that names nobody: whoever of this telephone is cared for, the one who speaks first."""
    return next((one for one in everybody if checkins.cares_for(tx, one.id)), everybody[0])


def keys_of(tx: Transaction, person_id: int) -> KeysView:
    """Who uses the telephone of this person, and whose keys are shown while nobody is asked."""
    everybody = [persons.actor(tx, persons.get(tx, one)) for one in stored.with_telephone(tx, person_id)]
    if not everybody:
        return KeysView((), None, checkins.cares_for(tx, person_id))
    label = labels_of(everybody)[everybody.index(meant(tx, everybody))]
    return KeysView(tuple(one.person.name for one in everybody), label, True)


def next_asked(tx: Transaction, everybody: list[Actor], *, at: datetime) -> tuple[Actor, int] | None:
    """Who of them has a question open still, and its number; None: nobody."""
    for one in everybody:
        found = stored_checkins.said_within(tx, one.id, at)
        if found is not None and found.state is CheckInState.ASKED and found.channel is Channel.CHAT:
            return one, found.id
    return None


def addressed(tx: Transaction, bot_id: int, chat_id: int, person_id: int | None) -> str | None:
    """For whom something in this chat is, where it has to be said; None: nobody could be taken for them."""
    everybody = [] if person_id is None else stored.on_chat(tx, bot_id, chat_id)
    if person_id is None or person_id not in everybody:
        return None
    if person_id == everybody[0] and plans.of_person(tx, person_id) is None:
        return None
    return persons.get(tx, person_id).name


# --- a new telephone ---


def make_link(tx: Transaction, actor: Actor, plan_id: int, *, now: datetime) -> str:
    """A deep link's payload: whoever opens it first speaks as this person from then on."""
    plan = relatives.require_manage(tx, actor, plan_id)
    history.write(tx, Event(now, actor.id, f"person:{plan.person_id}", "new telephone: link made"))
    return links.make(tx, actor, PREFIX, f"{PURPOSE}:{plan.person_id}", plan.area_id, now=now)


def require_link(tx: Transaction, actor: Actor, plan_id: int) -> None:
    """NotAllowed unless this person may link a telephone."""
    plan = relatives.require_manage(tx, actor, plan_id)
    require(Action.TELEPHONE_LINK, actor, areas.line(tx, plan.area_id))


def open_link(tx: Transaction, actor: Actor, home: Home, chat_id: int, payload: str, *, now: datetime) -> None:
    """The new telephone opens its link: the person moves there, the old chat is told and sees nothing more.

    LinkForAnother for a telephone on which somebody is known already (a coordinator who tries the link, family).
    """
    token = payload.removeprefix(PREFIX)
    link, person_id = links.read(tx, actor, token, PURPOSE, now=now)
    if actor.id == person_id and link.used_by is not None:
        telling.tell(tx, person_id, TelephoneLinked(), now=now)
        return
    if not _nobody_yet(tx, actor):
        raise LinkForAnother
    person = persons.get(tx, person_id)
    invitations.use(tx, token, person_id)
    _move_out(tx, person, (home.bot_id, chat_id), now=now)
    _move_in(tx, home, actor, person, chat_id, now=now)
    history.write(tx, Event(now, link.created_by, f"person:{person_id}", "new telephone"))
    if link.created_by is not None:
        telling.tell(tx, link.created_by, TelephoneNews(person_id), now=now)


def _nobody_yet(tx: Transaction, actor: Actor) -> bool:
    """Whether this telephone has been nobody's so far: no role, no plan, no family, nothing that waits."""
    known = (
        actor.grants,
        plans.of_person(tx, actor.id),
        stored.of_relative(tx, actor.id),
        stored.around(tx, actor.id),
        needs.count_running(tx, actor.id),
        needs.claimed_by(tx, actor.id),
    )
    return not any(known)


def _move_out(tx: Transaction, person: Person, new: tuple[int, int], *, now: datetime) -> None:
    """What lived in the old chats lives in the new one; the old ones, at whichever bot, belong to nobody we know, and are
    told."""
    chats = persons.accounts_of(tx, person.id)
    for user_id in dict.fromkeys(user_id for _, user_id in chats):
        name = people.UNKNOWN_NAME[person.language]
        stranger = persons.make_without_chat(
            tx, name=name, language=person.language, telephone=None, building_id=None, now=now
        )
        for bot_id in (bot_id for bot_id, one in chats if one == user_id):
            _give_up(tx, person, bot_id, user_id, stranger.id, new, now=now)


def _give_up(
    tx: Transaction, person: Person, bot_id: int, old: int, stranger_id: int, new: tuple[int, int], *, now: datetime
) -> None:
    cards = outbox.messages_of_cards(tx, bot_id=bot_id, chat_id=old)
    if bot_id == new[0]:
        outbox.move_chat(tx, bot_id=bot_id, old=old, new=new[1])
    else:
        forwarding.carry_over(tx, person.id, old=(bot_id, old), new=new, now=now, every=True)
    persons.give_account(tx, bot_id, old, stranger_id)
    for message_id in cards:
        telling.blank(tx, message_id, bot_id=bot_id, chat_id=old, person_id=stranger_id, now=now)
    telling.put(tx, TelephoneMoved(), bot_id=bot_id, chat_id=old, person_id=stranger_id, now=now)


def _move_in(tx: Transaction, home: Home, before: Actor, person: Person, chat_id: int, *, now: datetime) -> None:
    """They speak from here: what is open is asked again, and nobody else's telephone reaches them any more."""
    if before.person.building_id is not None and not persons.save(
        tx, before.person, replace(before.person, building_id=None)
    ):
        raise Unsettled(f"person {before.id} moved")
    persons.give_account(tx, home.bot_id, chat_id, person.id)
    for one in stored.around(tx, person.id):
        if one.shared:
            stored.save(tx, one, one.no(Bond.SHARED))
            relatives.change_keys(tx, one.relative_id, now=now)
    telling.tell(tx, person.id, TelephoneLinked(), now=now)
    people.refresh_menu(tx, persons.actor(tx, replace(persons.get(tx, person.id), menu=0)), now=now)
    relatives.ask_again(tx, person.id, now=now)
    plan = plans.of_person(tx, person.id)
    if plan is not None and plan.state is PlanState.PROPOSED:
        telling.tell(tx, person.id, ConsentCard(plan.id), now=now)
    if plan is not None:
        outbox.touch(tx, f"plan:{plan.id}")
