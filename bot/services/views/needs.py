"""What is seen of needs, by whom: names, place, and the contact only for whoever has the need now."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.categories import OTHER
from bot.domain.closings import HelperSide
from bot.domain.errors import NeedGone
from bot.domain.needs import (
    ArrivalAsked,
    Company,
    DeskCard,
    Handing,
    MineView,
    MyNeeds,
    Need,
    NeedCard,
    NeedClaimed,
    NeedNotice,
    NeedsAround,
    NeedsView,
    NeedView,
    OfferCard,
    Reader,
    RemarkKept,
    ResidentCard,
    State,
    Urgency,
)
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.recurrences import RecurrenceLine
from bot.domain.seats import Party
from bot.domain.visits import shows_face
from bot.services import closings, handovers, parties, secrecy, showings, visitors, visits
from bot.services import needs as decisions
from bot.services.floods import gate
from bot.services.views import enclosures
from bot.services.views.files import file_of
from bot.services.views.look import Look
from bot.storage import areas, disputes, history, needs, persons, receipts, recurrences, reopenings
from bot.storage import visitors as wishes
from bot.storage.columns import instant
from bot.storage.database import Transaction

PAGE = 8
# Who reads these is told when neighbours are asked, if they have not been.
OWN = ResidentCard | DeskCard


def need(tx: Transaction, notice: NeedCard | NeedNotice | RemarkKept | ArrivalAsked, look: Look) -> NeedView:
    """A need with what this reader may see of it. Showing the contact is written down."""
    found = needs.see(tx, notice.need_id)
    if found is None:
        raise NeedGone
    if secrecy.withheld(tx, found, look.person_id):
        return _withheld(found, look)
    door, budget = visits.at_door(tx, found, look.person_id), receipts.budget_of(tx, found.id)
    turn = gate.turn_of(tx, found.id) if found.state is State.OPEN and isinstance(notice, OWN) else None
    view = replace(enclosures.beside(tx, _view(tx, found, look), notice), door=door, budget=budget, turn_at=turn)
    if isinstance(notice, NeedClaimed):
        return _with_face(tx, view, look)
    goes = view.reader in (Reader.CLAIMER, Reader.ALONG)
    if not isinstance(notice, OfferCard) or not goes or found.state is not State.CLAIMED:
        return view
    return _with_contact(tx, _with_handing(tx, view, look), look)


def _with_handing(tx: Transaction, view: NeedView, look: Look) -> NeedView:
    asked = handovers.pending(tx, view.need, look.person_id)
    return view if asked is None else replace(view, handing=Handing(persons.get(tx, asked.to_id).name, asked.act_at))


def _withheld(found: Need, look: Look) -> NeedView:
    """Nothing of it but its number: for a card that was there before it became confidential."""
    bare = Need(
        id=found.id,
        bot_id=found.bot_id,
        area_id=found.area_id,
        person_id=0,
        category=OTHER,
        urgency=Urgency.WEEK,
        text="",
        state=State.CANCELLED,
        posted_at=look.now,
    )
    reader = Reader.GROUP if look.person_id is None else Reader.HELPER
    return NeedView(bare, "", "", None, None, reader, look.now, withheld=True)


def _with_face(tx: Transaction, view: NeedView, look: Look) -> NeedView:
    """The helper's photo, where they gave one and the resident wishes it; that it was shown is written down."""
    helper, door = view.need.claimed_by, view.door
    face = None if helper is None or door is None else visitors.face_of(tx, helper)
    wish = wishes.wish_of(tx, view.need.person_id)
    if face is None or door is None or look.person_id is None or not shows_face(wish, given=True):
        return view
    file, subject = file_of(tx, look, face), f"need:{view.need.id}"
    history.disclosed(tx, viewer_id=look.person_id, person_id=face.person_id, subject=subject, now=look.now)
    return replace(view, door=replace(door, face=file))


def _with_contact(tx: Transaction, view: NeedView, look: Look) -> NeedView:
    """The address is shown only by editing the tapped card, whose number is known, so that it can be blanked for certain."""
    if look.message_id is None or look.person_id is None:
        return replace(view, hidden=True)
    resident = persons.get(tx, view.need.person_id)
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    if showings.is_full(tx, look.home, reader, resident.id, now=look.now):
        return replace(view, hidden=True)
    showings.note(tx, look.home, reader.id, resident.id, f"need:{view.need.id}", now=look.now)
    return enclosures.behind(tx, view, resident)


def _view(tx: Transaction, found: Need, look: Look) -> NeedView:
    offer = None if look.person_id is None else needs.offer_of(tx, found.id, look.person_id)
    owner, going = decisions.owner_of(tx, found), parties.party(tx, found)
    return NeedView(
        need=found,
        place=place_name(tx, found.area_id),
        resident=persons.get(tx, found.person_id).name,
        claimer=None if found.claimed_by is None else persons.get(tx, found.claimed_by).name,
        owner=owner.name if owner else None,
        reader=_reader(found, going.people, look.person_id),
        now=look.now,
        reason=None if offer is None else offer["reason"],
        skilled=offer is not None and offer["skill"] is not None,
        answer=None if offer is None else offer["answer"],
        speaks=offer is not None and offer["speaks"] == 1,
        again_at=None if offer is None else instant(offer["again_at"]),
        by_reader=look.person_id is not None and found.claimed_by == look.person_id,
        closing=closings.closing(tx, found, look.person_id, look.now),
        again=reopenings.last(tx, found.id),
        helper_side=_helper_side(tx, found),
        repeats=recurrences.of_need(tx, found.id) is not None,
        company=_company(tx, going, look.person_id),
    )


def _helper_side(tx: Transaction, found: Need) -> HelperSide | None:
    dispute = disputes.undecided(tx, found.id) if found.state is State.DISPUTED else None
    return None if dispute is None else HelperSide(dispute.words, dispute.said_at is not None, dispute.heard_until)


def _company(tx: Transaction, going: Party, person_id: int | None) -> Company:
    names = {one: persons.get(tx, one).name for one in going.people}
    return Company(
        going=tuple(names.values()),
        beside=tuple(name for one, name in names.items() if one != person_id),
        missing=going.missing,
        alone=going.alone,
        unaccompanied=going.unaccompanied,
        went=person_id in names,
    )


def _reader(found: Need, going: tuple[int, ...], person_id: int | None) -> Reader:

    if person_id is None:
        return Reader.GROUP
    if person_id == found.person_id:
        return Reader.RESIDENT
    if found.state is not State.CLAIMED or person_id not in going:
        return Reader.HELPER
    return Reader.CLAIMER if person_id == found.claimed_by else Reader.ALONG


def place_name(tx: Transaction, area_id: int) -> str:
    """The community and the place in it: "幸福社区 3号楼"."""
    names = areas.path_names(tx, area_id)
    community = areas.community_of(tx, area_id)
    start = names.index(community.name) if community and community.name in names else 0
    return " ".join(names[start:])


def around(tx: Transaction, notice: NeedsAround, look: Look) -> NeedsView:
    """A page of the needs where this reader's roles reach."""
    actor = _actor(tx, look)
    found = decisions.around(tx, actor, limit=PAGE + 1, offset=notice.offset)
    return NeedsView(tuple(_view(tx, one, look) for one in found[:PAGE]), notice.offset, len(found) > PAGE)


def mine(tx: Transaction, notice: MyNeeds, look: Look) -> MineView:
    """What this reader asked for and has taken on, and what comes again for them."""
    actor = _actor(tx, look)
    asked, taken = decisions.mine(tx, actor)
    again = tuple(RecurrenceLine.of(one) for one in recurrences.of_person(tx, actor.id))
    return MineView(tuple(_view(tx, one, look) for one in asked), tuple(_view(tx, one, look) for one in taken), again)


def _actor(tx: Transaction, look: Look) -> Actor:
    if look.person_id is None:
        raise LookupError("a list is read by a person")
    return persons.actor(tx, persons.get(tx, look.person_id))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    NeedCard: need,
    NeedNotice: need,
    RemarkKept: need,
    ArrivalAsked: need,
    NeedsAround: around,
    MyNeeds: mine,
}
