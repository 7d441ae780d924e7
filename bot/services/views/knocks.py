"""What is seen of rounds: the address only for whoever has the list and has set out, on a card that can be blanked."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain import visitors as rules
from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.errors import KnockNotSo
from bot.domain.knocks import (
    Knock,
    KnockAnnounced,
    KnockCard,
    KnockContact,
    KnockHelpers,
    KnockList,
    KnockListCard,
    KnockListNotice,
    KnockListView,
    KnockSplit,
    KnockTaken,
    KnockTryAgain,
    KnockView,
    code_word,
    waits,
)
from bot.domain.notices import Notice
from bot.domain.people import Language
from bot.domain.plans import Channel
from bot.domain.remarks import Noun
from bot.services import knocks as cases
from bot.services import remarks
from bot.services import visitors as visitor_cases
from bot.services.views.files import file_of
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import checkins, farewells, history, knocks, persons, plans, visitors
from bot.storage.database import Transaction

OTHERS_AT_MOST = 12


def word_of(tx: Transaction, checkin: CheckIn) -> str:
    """The day's word of this person, in their language: whoever comes says it, and they know it."""
    hashed = tx.vault.hash_of_day("knocks.word", f"{checkin.person_id}:{checkin.day.isoformat()}", checkin.day)
    return code_word(hashed, chinese=persons.language_of(tx, checkin.person_id) is Language.CHINESE)


def visit(tx: Transaction, notice: KnockCard | KnockAnnounced | KnockTryAgain, look: Look) -> KnockView:
    """One person on a list, without how to get there. LookupError when the visit is gone."""
    rows = checkins.see_many(tx, [notice.checkin_id])
    knock = knocks.of_checkin(tx, notice.checkin_id)
    listed = None if knock is None else knocks.see_list(tx, knock.list_id)
    if not rows or knock is None or listed is None:
        raise LookupError(f"visit of check-in {notice.checkin_id}")
    checkin = rows[0]
    by = checkin.answered_by
    return KnockView(
        checkin=checkin,
        knock=knock,
        person=persons.get(tx, checkin.person_id).name,
        place=place_name(tx, checkin.area_id),
        holder=persons.get(tx, listed.holder_id).name,
        mine=listed.holder_id == look.person_id,
        now=look.now,
        word=word_of(tx, checkin) if persons.chat_of(tx, checkin.person_id) else None,
        by=None if by is None else persons.get(tx, by).name,
        notes=remarks.of(tx, Noun.CHECK_IN, checkin.id) if knock.found else (),
    )


def announced(tx: Transaction, notice: KnockAnnounced, look: Look) -> KnockView:
    """Who comes, with as much of them as the person wishes and the visitor allows; that a photo was shown is written down."""
    view = visit(tx, notice, look)
    listed = knocks.see_list(tx, view.knock.list_id)
    knocks_at = listed is not None and view.checkin.channel is Channel.KNOCK
    face = visitor_cases.face_of(tx, listed.holder_id) if listed and knocks_at else None
    said = rules.announced(visitors.wish_of(tx, view.checkin.person_id), face_given=face is not None)
    if face is None or not said.face:
        return replace(view, named=said.name)
    file = file_of(tx, look, face)
    if look.person_id is not None and look.message_id is None:
        subject = f"checkin:{view.checkin.id}"
        history.disclosed(tx, viewer_id=look.person_id, person_id=face.person_id, subject=subject, now=look.now)
    return replace(view, named=said.name, face=file)


def again(tx: Transaction, notice: KnockTryAgain, look: Look) -> KnockView:
    """Somebody to be rung once more; nothing is said once nobody has to ring them."""
    view = visit(tx, notice, look)
    if not waits(view.knock, view.checkin):
        raise KnockNotSo
    return view


def card(tx: Transaction, notice: KnockCard, look: Look) -> KnockView:
    """The same with how to get there, once the reader has set out; the showing is written down."""
    view = visit(tx, notice, look)
    if not view.mine or look.person_id is None or not waits(view.knock, view.checkin):
        return view
    listed = knocks.see_list(tx, view.knock.list_id)
    if listed is None or listed.begun_at is None or look.message_id is None:
        return replace(view, hidden=True)
    return replace(view, contact=_contact(tx, view.checkin, look.person_id, look))


def _contact(tx: Transaction, checkin: CheckIn, viewer_id: int, look: Look) -> KnockContact:
    person = persons.get(tx, checkin.person_id)
    plan = plans.of_person(tx, person.id)
    subject = f"checkin:{checkin.id}"
    history.disclosed(tx, viewer_id=viewer_id, person_id=person.id, subject=subject, now=look.now)
    notes, may_enter = (plan.notes, plan.may_enter) if plan else (None, None)
    return KnockContact(person.door, person.telephone, notes, may_enter)


def listed(tx: Transaction, notice: KnockListCard | KnockListNotice | KnockTaken, look: Look) -> KnockListView:
    """A list with the names of whoever is on it and whoever has it."""
    found = knocks.see_list(tx, notice.list_id)
    if found is None:
        raise LookupError(f"list {notice.list_id}")
    return KnockListView(
        listed=found,
        place=place_name(tx, found.area_id),
        holder=persons.get(tx, found.holder_id).name,
        mine=found.holder_id == look.person_id,
        may_take=_may_take(tx, found, look),
        rows=_rows(tx, found.id),
        now=look.now,
        offered=None if found.offered_to is None else persons.get(tx, found.offered_to).name,
    )


def _rows(tx: Transaction, list_id: int) -> tuple[tuple[str, str, str, bool], ...]:
    """Everyone on it; nobody walks past the name of somebody who has died."""
    pairs = cases.pairs_of(tx, list_id)
    gone = farewells.among_people(tx, [checkin.person_id for _, checkin in pairs])
    return tuple(_row(tx, knock, checkin) for knock, checkin in pairs if checkin.person_id not in gone)


def _row(tx: Transaction, knock: Knock, checkin: CheckIn) -> tuple[str, str, str, bool]:
    missing = checkin.state is CheckInState.ALERT and knock.found is None
    state = "alert" if missing else knock.found or checkin.state.value
    return persons.get(tx, checkin.person_id).name, place_name(tx, checkin.area_id), state, waits(knock, checkin)


def _may_take(tx: Transaction, found: KnockList, look: Look) -> bool:
    if look.person_id is None:
        return False
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    return cases.may_take(tx, reader, look.home, found, now=look.now)


def helpers(tx: Transaction, notice: KnockHelpers | KnockSplit, look: Look) -> KnockListView:
    """A list with who could take it; nothing is said once it is over."""
    view = listed(tx, notice, look)
    if view.listed.act_at is None:
        raise KnockNotSo
    people = cases.could_take(tx, view.listed)[:OTHERS_AT_MOST]
    return replace(view, others=tuple((one, persons.get(tx, one).name) for one in people))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    KnockCard: card,
    KnockAnnounced: announced,
    KnockTryAgain: again,
    KnockListCard: listed,
    KnockHelpers: helpers,
    KnockSplit: helpers,
    KnockListNotice: listed,
    KnockTaken: listed,
}
