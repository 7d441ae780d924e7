"""People arrive, say who they are and where they live, and are given roles by links."""

import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.access import IN_CHARGE, Action, require
from bot.domain.errors import (
    ButtonInvalid,
    InvitationExpired,
    InvitationInvalid,
    InvitationUsed,
    LinkUnknown,
    NotAllowed,
)
from bot.domain.floods import JoinWaits
from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import (
    Actor,
    AskMove,
    ChooseLanguage,
    InvitationMade,
    Language,
    MenuChanged,
    Person,
    Role,
    RoleGiven,
    legible_door,
    legible_name,
    telephone_in,
)
from bot.domain.volunteers import Standing, by_invitation
from bot.services import telling
from bot.services.floods import gate
from bot.storage import areas, drafts, history, invitations, needs, outbox, persons, volunteers
from bot.storage.database import Transaction, Unsettled
from bot.storage.history import Event

TRIES = 3
INVITATION_LASTS = timedelta(days=7)
# Long enough to look up a door, short enough that a later message is not taken for the answer.
QUESTION_LASTS = timedelta(hours=1)
UNKNOWN_NAME = {Language.CHINESE: "邻居", Language.ENGLISH: "Neighbour"}


def meet(tx: Transaction, home: Home, *, user_id: int, name: str, language: str | None, now: datetime) -> Actor:
    """Whoever writes is somebody: known from their account, or new with the name and language their telephone tells.

    Telegram's number of a person is the same for every bot, so whoever is known to one of ours is known to all.
    """
    person = persons.by_account(tx, home.bot_id, user_id)
    if person is not None:
        return persons.actor(tx, person)
    known = persons.met_elsewhere(tx, home.bot_id, user_id)
    if known is not None:
        # Their commands stand in this chat too.
        telling.put(tx, MenuChanged(), bot_id=home.bot_id, chat_id=user_id, person_id=known.id, now=now)
        return persons.actor(tx, known)
    spoken = Language.of(language, home.language)
    kept = name or UNKNOWN_NAME[spoken]
    return Actor(persons.make(tx, bot_id=home.bot_id, user_id=user_id, name=kept, language=spoken, now=now))


def open_link(tx: Transaction, actor: Actor, home: Home, payload: str, *, now: datetime) -> Notice:
    """A deep link was opened: "b…" is a building's poster, "i…" an invitation. What to say next."""
    if payload.startswith("i"):
        return accept(tx, actor, payload[1:], now=now)
    area = areas.by_join_code(tx, payload[1:]) if payload.startswith("b") else None
    if area is None:
        raise LinkUnknown
    if actor.person.building_id not in (None, area.id):
        # A poster read in passing moves nobody: their door would be forgotten with it.
        return AskMove(area.id)
    return join(tx, actor, home, area.id, now=now, by_poster=True) or ChooseLanguage(area.id)


def join(
    tx: Transaction, actor: Actor, home: Home, area_id: int, *, now: datetime, by_poster: bool = False
) -> JoinWaits | None:
    """They live here from now on (None); or their place is kept while very many are joining: what they are told.

    Who moves within their community does not join it. ButtonInvalid for a place that there is not.
    """
    check_place(tx, area_id)
    if _is_new(tx, actor, area_id) and not gate.joins(tx, home, actor, area_id, by_poster=by_poster, now=now):
        return JoinWaits(area_id)
    gate.joined(tx, actor.id)
    settle_in(tx, actor, area_id, now=now)
    return None


def _is_new(tx: Transaction, actor: Actor, area_id: int) -> bool:
    lives = actor.person.building_id
    return lives is None or areas.community_of(tx, lives) != areas.community_of(tx, area_id)


def settle_in(tx: Transaction, actor: Actor, area_id: int, *, now: datetime) -> Person:
    """This is where they live from now on; a door of another building is forgotten."""
    check_place(tx, area_id)

    def move_in(old: Person) -> Person:
        return replace(old, building_id=area_id, door=old.door if old.building_id == area_id else None)

    return _change(tx, actor.id, move_in, event="moved in", now=now)


def check_place(tx: Transaction, area_id: int) -> None:
    """ButtonInvalid for a place that there is not."""
    if not areas.line(tx, area_id):
        raise ButtonInvalid


def choose_language(tx: Transaction, actor: Actor, language: Language, *, now: datetime) -> Person:
    """Everything is said in this language from now on, the menu too."""
    person = _change(tx, actor.id, lambda old: replace(old, language=language), event="language", now=now)
    return refresh_menu(tx, replace(actor, person=person), now=now)


def choose_name(tx: Transaction, actor: Actor, words: str, *, now: datetime) -> Person:
    """This is what we call them; TextEmpty or TextTooLong for what is no name."""
    name = legible_name(words)
    return _change(tx, actor.id, lambda old: replace(old, name=name), event="name", now=now)


def keep_contact(tx: Transaction, actor: Actor, words: str, *, now: datetime) -> Person:
    """Unit and door, and perhaps a telephone, from one message: "2单元301 13800138000"."""
    return keep_contact_of(tx, actor.id, words, by=actor.id, now=now)


def keep_contact_of(tx: Transaction, person_id: int, words: str, *, by: int, now: datetime) -> Person:
    """The same for somebody who is cared for, written by whoever cares; the use case has asked whether they may."""
    # Telephones also write digits as wide as a Chinese character.
    telephone, rest = telephone_in(unicodedata.normalize("NFKC", words))
    door = legible_door(rest) if rest or telephone is None else None
    return set_contact(tx, person_id, door, telephone, by=by, now=now)


def set_contact(
    tx: Transaction, person_id: int, door: str | None, telephone: str | None, *, by: int, now: datetime
) -> Person:
    """Door and telephone as they are kept; None leaves what is known."""

    def note(old: Person) -> Person:
        return replace(old, door=door or old.door, telephone=telephone or old.telephone)

    return _change(tx, person_id, note, event="contact", now=now, by=by)


def speak(tx: Transaction, person_id: int, language: Language, *, by: int, now: datetime) -> Person:
    """Somebody who is cared for is spoken to in this language; the use case has asked whether `by` may say so."""
    person = _change(tx, person_id, lambda old: replace(old, language=language), event="language", now=now, by=by)
    return refresh_menu(tx, persons.actor(tx, person), now=now)


def forget_contact(tx: Transaction, actor: Actor, *, now: datetime) -> Person:
    """Door and telephone are not known any more; they are asked for when somebody is to come."""
    return _change(tx, actor.id, lambda old: replace(old, door=None, telephone=None), event="contact", now=now)


def invite(
    tx: Transaction, *, role: Role, area_id: int, by: Actor | None, now: datetime, skills: tuple[str, ...] = ()
) -> str:
    """A deep link's payload that gives `role` in an area to the first who opens it within seven days.

    `by` None: made on the command line. NotAllowed when the inviter's own roles do not reach there.
    """
    if by is not None:
        # Nobody gives away more than they hold: only an administrator puts people in charge.
        action = Action.AREA_APPOINT if role in IN_CHARGE else Action.AREA_INVITE
        require(action, by, areas.line(tx, area_id))
    token = secrets.token_urlsafe(16)
    invitations.make(
        tx,
        token,
        role=role,
        area_id=area_id,
        by=by.id if by else None,
        expires_at=now + INVITATION_LASTS,
        skills=skills,
    )
    return f"i{token}"


def invitations_by(actor: Actor) -> list[Notice]:
    """A volunteer's link for each place that this person is in charge of, and from administrators a coordinator's too."""
    places = [grant for grant in actor.grants if grant.role in IN_CHARGE]
    if not places:
        raise NotAllowed(Action.AREA_INVITE.value)
    made: list[Notice] = [InvitationMade(Role.VOLUNTEER.value, place.area_id) for place in places]
    made += [
        InvitationMade(Role.COORDINATOR.value, place.area_id) for place in places if place.role is Role.ADMINISTRATOR
    ]
    return made


def accept(tx: Transaction, actor: Actor, token: str, *, now: datetime) -> Notice:
    """An invitation is opened: the first one gets its role; opening it again oneself changes nothing."""
    invitation = invitations.find(tx, token)
    if invitation is None or invitation.role is None:
        raise InvitationInvalid
    if invitation.used_by not in (None, actor.id):
        raise InvitationUsed
    if invitation.used_by is None and invitation.expires_at <= now:
        raise InvitationExpired
    if invitations.use(tx, token, actor.id):
        given = persons.grant(tx, actor.id, invitation.role, invitation.area_id, by=invitation.created_by, now=now)
        persons.add_skills(tx, actor.id, invitation.skills)
        if invitation.role is Role.VOLUNTEER:
            _welcome_helper(tx, actor, invitation.area_id, now=now)
        if given:
            history.write(
                tx, Event(now, invitation.created_by, f"person:{actor.id}", "role", after=invitation.role.value)
            )
        refresh_menu(tx, persons.actor(tx, persons.get(tx, actor.id)), now=now)
    return RoleGiven(invitation.role.value, invitation.area_id)


def _welcome_helper(tx: Transaction, actor: Actor, area_id: int, *, now: datetime) -> None:
    """Whoever a coordinator invites is approved by that, whatever stood of them there before, and asked again in a year."""
    fresh = by_invitation(actor.id, area_id, now)
    known = volunteers.make(tx, fresh)
    if known.state is not Standing.ACTIVE and not volunteers.save(tx, known, replace(fresh, about=known.about)):
        raise Unsettled(f"volunteer {known.id} moved")


# What a menu depends on, as one number, so that it is sent again only when it would differ.
MENU_OF: Mapping[Role, int] = {Role.VOLUNTEER: 2, Role.LEADER: 2, Role.COORDINATOR: 4, Role.ADMINISTRATOR: 8}


def menu_number(actor: Actor) -> int:
    """Language and roles as one number: never 0, which means that no menu was sent yet."""
    number = 16 if actor.person.language is Language.CHINESE else 32
    for held in {grant.role for grant in actor.grants}:
        number |= MENU_OF[held]
    return number


def refresh_menu(tx: Transaction, actor: Actor, *, now: datetime) -> Person:
    """Send this person's command menu, to each of their chats, if it would differ from the one they have."""
    wanted = menu_number(actor)
    if actor.person.menu == wanted:
        return actor.person
    for bot_id, chat_id in persons.open_chats(tx, actor.id):
        telling.put(tx, MenuChanged(), bot_id=bot_id, chat_id=chat_id, person_id=actor.id, now=now)
    return _change(tx, actor.id, lambda old: replace(old, menu=wanted), event=None, now=now)


def ask(tx: Transaction, actor: Actor, home: Home, question: str | None, *, now: datetime) -> None:
    """The next plain message of this person answers `question`."""
    drafts.ask(tx, actor.id, home.bot_id, question, now)


def asked(tx: Transaction, actor: Actor, *, now: datetime) -> str | None:
    """The question that this person was asked in the last hour and has not answered."""
    return drafts.asked(tx, actor.id, now - QUESTION_LASTS)


def _seen_anew(tx: Transaction, person_id: int) -> None:
    """Whoever sees this person on the card of a need, or is on the way to them, sees them as they are now."""
    running = [*needs.running_of(tx, person_id), *needs.claimed_by(tx, person_id)]
    outbox.touch(tx, *(f"need:{need.id}" for need in running))


def _change(
    tx: Transaction,
    person_id: int,
    rule: Callable[[Person], Person],
    *,
    event: str | None,
    now: datetime,
    by: int | None = None,
) -> Person:
    """Apply a rule to a person as they are now, and save; with an `event` it is kept in the history.

    `by` None: they did it themselves.
    """
    for _ in range(TRIES):
        old = persons.get(tx, person_id)
        new = rule(old)
        if new == old:
            return old
        if persons.save(tx, old, new):
            if event is not None:
                history.write(tx, Event(now, by or person_id, f"person:{person_id}", event))
                _seen_anew(tx, person_id)
            return replace(new, version=old.version + 1)
    raise Unsettled(f"person {person_id} moved {TRIES} times")
