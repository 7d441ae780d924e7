"""People: arriving by a link, language, name, home, door and telephone, invitations, help."""

from bot.domain.errors import ButtonInvalid
from bot.domain.notices import Notice
from bot.domain.people import (
    AskContact,
    AskName,
    ChooseLanguage,
    ChooseName,
    ChoosePlace,
    ContactKept,
    Enrolled,
    Help,
    Language,
    LanguageChanged,
    Me,
    SeenBy,
)
from bot.handlers.turn import Capability, Command, Plain, Reply, Said, Turn, reply
from bot.services import beneficiaries, contacts, people, telephones
from bot.services.views import people as views
from bot.texts import people as texts

NAME, CONTACT = "name", "contact"
# A forged button asks for any page; nobody was seen by so many.
PAGES_AT_MOST = 10_000


def start(turn: Turn[Command]) -> Reply:
    """/start with any link that we give out; without one, whoever is known is greeted, others choose language and place."""
    people.refresh_menu(turn.tx, turn.actor, now=turn.now)
    payload = turn.input.rest
    if payload.startswith(contacts.PREFIX):
        return reply(contacts.open_link(turn.tx, turn.actor, payload, now=turn.now), afresh=True)
    if payload.startswith(telephones.PREFIX):
        telephones.open_link(turn.tx, turn.actor, turn.home, turn.chat.id, payload, now=turn.now)
        return reply()
    if payload.startswith(("b", "i")):
        return reply(people.open_link(turn.tx, turn.actor, turn.home, payload, now=turn.now))
    known = turn.actor.person.building_id is not None or turn.actor.grants
    return reply(Help() if known else ChooseLanguage())


def set_language(turn: Turn[texts.SetLanguage]) -> Reply:
    """Everything is said in this language now; on arrival the name is asked next."""
    if turn.input.language not in set(Language):
        raise ButtonInvalid
    people.choose_language(turn.tx, turn.actor, Language(turn.input.language), now=turn.now)
    return reply(ChooseName() if turn.input.welcome else LanguageChanged(), closes=True)


def keep_name(turn: Turn[texts.KeepName]) -> Reply:
    """The name of the telephone is right: no other one is waited for."""
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(_after_name(turn.actor.person.building_id), closes=True)


def other_name(turn: Turn[texts.OtherName]) -> Reply:
    """Another name: please write it."""
    people.ask(turn.tx, turn.actor, turn.home, NAME, now=turn.now)
    return reply(AskName())


def _after_name(building_id: int | None) -> Notice:
    return ChoosePlace() if building_id is None else Enrolled()


def open_place(turn: Turn[texts.OpenPlace]) -> Reply:
    """What lies in a place, to choose from."""
    where = turn.input.area_id or None
    if where is not None:
        people.check_place(turn.tx, where)
    return reply(ChoosePlace(where, max(0, turn.input.page), turn.input.draft), closes=True)


def set_place(turn: Turn[texts.SetPlace]) -> Reply:
    """It is here: where a draft is needed (for whoever lives nowhere yet that is home too), or where this person lives."""
    number, place = turn.input.draft, turn.input.area_id
    if number == 0:
        waits = people.join(turn.tx, turn.actor, turn.home, place, now=turn.now)
        return reply(waits or Enrolled(), closes=True)
    asked = beneficiaries.set_place(turn.tx, turn.actor, turn.home, number, place, now=turn.now)
    return Reply(asked, afresh=True, closes=True)


def stay(turn: Turn[texts.Stay]) -> Reply:
    """Everything stays as it is."""
    return reply(toast=lambda words: words.say("All right, nothing changes."), closes=True)


def change_contact(turn: Turn[texts.ChangeContact]) -> Reply:
    """Door and telephone: please write them."""
    people.ask(turn.tx, turn.actor, turn.home, CONTACT, now=turn.now)
    return reply(AskContact())


def answer(turn: Turn[Said]) -> Reply | None:
    """The answer to "what may we call you?" or "which door?"."""
    question = turn.question
    if question not in (NAME, CONTACT):
        return None
    if question == NAME:
        person = people.choose_name(turn.tx, turn.actor, turn.input.text, now=turn.now)
    else:
        person = people.keep_contact(turn.tx, turn.actor, turn.input.text, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply(_after_name(person.building_id) if question == NAME else ContactKept())


def invite(turn: Turn[Command]) -> Reply:
    """/invite: a link that makes its first opener a volunteer where the inviter is in charge."""
    return reply(*people.invitations_by(turn.actor))


def language(turn: Turn[Command]) -> Reply:
    """/language"""
    return reply(LanguageChanged())


def me(turn: Turn[Command]) -> Reply:
    """/me"""
    return reply(Me())


def seen_by(turn: Turn[texts.ShowSeen]) -> Reply:
    """Who saw door and telephone, page by page."""
    page = min(max(0, turn.input.page), PAGES_AT_MOST)
    return reply(SeenBy(page), closes=page > 0)


def forget_contact(turn: Turn[texts.ForgetContact]) -> Reply:
    """Door and telephone are not known any more."""
    people.forget_contact(turn.tx, turn.actor, now=turn.now)
    return reply(Me(), closes=True)


def change_language(turn: Turn[texts.ChangeLanguage]) -> Reply:
    """Which language?"""
    return reply(LanguageChanged())


def help_(turn: Turn[Command]) -> Reply:
    """/help: what this person can do."""
    return reply(Help())


CAPABILITY = Capability(
    commands={"start": start, "language": language, "me": me, "help": help_, "invite": invite},
    taps={
        texts.SetLanguage: set_language,
        texts.KeepName: keep_name,
        texts.OtherName: other_name,
        texts.OpenPlace: open_place,
        texts.SetPlace: set_place,
        texts.Stay: stay,
        texts.ChangeContact: change_contact,
        texts.ShowSeen: seen_by,
        texts.ForgetContact: forget_contact,
        texts.ChangeLanguage: change_language,
    },
    plain={Plain.ANSWER: answer},
    views=views.VIEWS,
    cards=texts.CARDS,
)
