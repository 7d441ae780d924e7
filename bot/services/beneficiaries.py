"""Asking for somebody else: their name, where they are, and that they agree; one question at a time."""

from dataclasses import replace
from datetime import datetime

from bot.domain.beneficiaries import Beneficiary, BeneficiaryAsked, Wanted
from bot.domain.drafts import Draft, DraftCard, Stage
from bot.domain.enclosures import ring_of
from bot.domain.errors import DraftGone
from bot.domain.home import Home
from bot.domain.notices import Notice
from bot.domain.people import Actor, ChoosePlace, legible_name
from bot.services import drafts, people
from bot.storage import areas
from bot.storage import beneficiaries as stored
from bot.storage.database import Transaction

NAME, CONTACT = "whom", "whose"


def ask_name(tx: Transaction, actor: Actor, home: Home, number: int, *, now: datetime) -> BeneficiaryAsked:
    """It is for somebody else: what are they called? DraftGone."""
    drafts.current(tx, actor, number)
    people.ask(tx, actor, home, f"{NAME}:{number}", now=now)
    return BeneficiaryAsked(number)


def asked(question: str | None) -> tuple[str, int] | None:
    """What was asked about somebody, and for which draft; None: the open question is another, or there is none."""
    what, _, number = (question or "").partition(":")
    return (what, int(number)) if what in (NAME, CONTACT) else None


def answer(
    tx: Transaction, actor: Actor, home: Home, question: tuple[str, int], words: str, *, now: datetime
) -> "Next":
    """Their name, or where they are to be found: kept, and what is asked next. TextEmpty, TextTooLong, DraftGone."""
    what, number = question
    draft = drafts.current(tx, actor, number)
    whom = of_draft(tx, draft)
    if what == NAME or whom is None:
        whom = replace(whom or Beneficiary(""), name=legible_name(words), agreed_at=None)
    else:
        whom = whom.at(words)
    return _keep(tx, actor, home, draft, whom, now=now)


def name_card(
    tx: Transaction, actor: Actor, home: Home, number: int, name: str, telephone: str, *, own: bool, now: datetime
) -> "Next":
    """The same from a card of an address book, which says both. TelephoneUnclear, DraftGone."""
    draft = drafts.current(tx, actor, number)
    card = ring_of(name, telephone, own=own)
    known = of_draft(tx, draft) or Beneficiary(card.name)
    return _keep(tx, actor, home, draft, replace(known, telephone=card.telephone), now=now)


Next = tuple[Notice, ...]


def _keep(tx: Transaction, actor: Actor, home: Home, draft: Draft, whom: Beneficiary, *, now: datetime) -> Next:
    stored.put(tx, drafts.card(draft).subject, actor.id, whom, now)
    return _next(tx, actor, home, draft, whom, now=now)


def _next(tx: Transaction, actor: Actor, home: Home, draft: Draft, whom: Beneficiary, *, now: datetime) -> Next:
    """Where they live, then how they are found; then the card, which asks whether they agree."""
    people.ask(tx, actor, home, None, now=now)
    if draft.place_id is None:
        card = drafts.change(tx, actor, draft.number, lambda draft: draft.asks(Stage.PLACE))
        return (card, ChoosePlace(_community_of(tx, actor), draft=draft.number))
    if not whom.can_be_found:
        people.ask(tx, actor, home, f"{CONTACT}:{draft.number}", now=now)
        return (BeneficiaryAsked(draft.number, Wanted.CONTACT.value),)
    return (drafts.change(tx, actor, draft.number, lambda draft: draft),)


def _community_of(tx: Transaction, actor: Actor) -> int | None:
    """Where whoever asks lives: mostly it is close by. None: they live nowhere here."""
    home = actor.person.building_id
    community = None if home is None else areas.community_of(tx, home)
    return None if community is None else community.id


def go_on(tx: Transaction, actor: Actor, home: Home, number: int, *, now: datetime) -> Next:
    """Whatever is not known of them yet is asked. DraftGone."""
    draft = drafts.current(tx, actor, number)
    whom = of_draft(tx, draft)
    return (drafts.card(draft),) if whom is None else _next(tx, actor, home, draft, whom, now=now)


def set_place(tx: Transaction, actor: Actor, home: Home, number: int, place: int, *, now: datetime) -> Next:
    """It is needed there: for whoever lives nowhere yet that is home too; of somebody else it is asked how they are found."""
    if actor.person.building_id is None and not is_for_another(tx, actor, number):
        # Where very many are joining they become a neighbour later; what they ask for is asked for there all the same.
        people.join(tx, actor, home, place, now=now)
    card = drafts.set_place(tx, actor, number, place)
    whom = stored.find(tx, card.subject)
    return (card,) if whom is None else _next(tx, actor, home, drafts.current(tx, actor, number), whom, now=now)


def agree(tx: Transaction, actor: Actor, number: int, *, now: datetime) -> DraftCard:
    """The writer says that they agree. DraftGone for what is for nobody else any more."""
    draft = drafts.current(tx, actor, number)
    whom = of_draft(tx, draft)
    if whom is None:
        raise DraftGone
    stored.put(tx, drafts.card(draft).subject, actor.id, whom.agrees(now), now)
    return drafts.change(tx, actor, number, lambda draft: draft)


def for_oneself(tx: Transaction, actor: Actor, home: Home, number: int, *, now: datetime) -> DraftCard:
    """It is for the writer after all, at their own home: nothing of the other is kept."""
    draft = drafts.current(tx, actor, number)
    stored.forget(tx, drafts.card(draft).subject)
    if asked(people.asked(tx, actor, now=now)) is not None:
        people.ask(tx, actor, home, None, now=now)
    return drafts.change(tx, actor, number, Draft.at_home)


def of_draft(tx: Transaction, draft: Draft) -> Beneficiary | None:
    """For whom a draft is; None: for its writer."""
    return stored.find(tx, drafts.card(draft).subject)


def is_for_another(tx: Transaction, actor: Actor, number: int) -> bool:
    """Whether the draft of this number is for somebody else."""
    return of_draft(tx, drafts.current(tx, actor, number)) is not None
