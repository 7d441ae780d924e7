"""What people see about themselves, and the places that they choose from."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.areas import Area
from bot.domain.notices import Notice
from bot.domain.people import (
    AskContact,
    AskMove,
    ChooseLanguage,
    ChooseName,
    ChoosePlace,
    ContactKept,
    Enrolled,
    Help,
    InvitationMade,
    InvitationView,
    LanguageChanged,
    Me,
    MenuChanged,
    PersonView,
    PlaceChoice,
    Role,
    RoleGiven,
    SeenBy,
)
from bot.domain.plans import PlanState
from bot.domain.visits import year_start
from bot.services import people
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import areas, history, lapses, persons, plans, visits
from bot.storage.columns import instant
from bot.storage.database import Transaction

PAGE = 8
SEEN_FIRST, SEEN_A_PAGE = 5, 10


def person(tx: Transaction, notice: Notice, look: Look) -> PersonView:
    """The reader themselves: name, place, roles."""
    if look.person_id is None:
        raise LookupError("this is read by a person")
    actor = persons.actor(tx, persons.get(tx, look.person_id))
    roles = tuple((grant.role, place_name(tx, grant.area_id)) for grant in actor.grants)
    home = actor.person.building_id
    place = None if home is None else place_name(tx, home)
    return PersonView(actor.person, place, roles, (), look.now)


def me(tx: Transaction, notice: Me, look: Look) -> PersonView:
    """The same, with who saw their contact data, newest first."""
    view = person(tx, notice, look)
    plan = plans.of_person(tx, view.person.id)
    asked = plan is not None and plan.state in (PlanState.ACTIVE, PlanState.PAUSED)
    mine = replace(
        view,
        skills=persons.skills_of(tx, view.person.id),
        plan_id=plan.id if plan and asked else None,
        minutes=visits.minutes_since(tx, view.person.id, year_start(look.now, look.home.timezone)),
        away=plan is not None and plan.state is PlanState.PAUSED,
        lapses=len(lapses.of_person(tx, view.person.id, look.now)),
    )
    return _seen(tx, mine, SEEN_FIRST, 0)


def seen_by(tx: Transaction, notice: SeenBy, look: Look) -> PersonView:
    """A page of who saw their contact data."""
    return _seen(tx, person(tx, notice, look), SEEN_A_PAGE, notice.page * SEEN_A_PAGE)


def _seen(tx: Transaction, view: PersonView, limit: int, offset: int) -> PersonView:
    rows = history.disclosures_of(tx, view.person.id, limit + 1, offset)
    seen = tuple((persons.get(tx, row["viewer_id"]).name, instant(row["at"]), row["subject"]) for row in rows[:limit])
    return replace(view, seen_by=seen, more=len(rows) > limit)


def welcome(tx: Transaction, notice: ChooseLanguage | AskMove, look: Look) -> PersonView:
    """Whoever opened a link, and where it leads."""
    view = person(tx, notice, look)
    place = None if notice.area_id is None else place_name(tx, notice.area_id)
    return PersonView(view.person, place, view.roles, (), look.now)


def given(tx: Transaction, notice: RoleGiven, look: Look) -> PersonView:
    """Whoever was given a role, and where it holds."""
    view = person(tx, notice, look)
    return PersonView(view.person, place_name(tx, notice.area_id), view.roles, (), look.now)


def invitation(tx: Transaction, notice: InvitationMade, look: Look) -> InvitationView:
    """A link, made at this moment so that its secret stands nowhere but in the message; access is asked once more."""
    actor = persons.actor(tx, person(tx, notice, look).person)
    payload = people.invite(tx, role=Role(notice.role), area_id=notice.area_id, by=actor, now=look.now)
    return InvitationView(payload, place_name(tx, notice.area_id))


def places(tx: Transaction, notice: ChoosePlace, look: Look) -> PlaceChoice:
    """The places below one, eight a page, of those that this bot serves."""
    top = look.home.area_id
    found = choice(tx, notice.area_id or top, notice.page)
    return replace(found, back_to=None) if found.here_id == top and notice.page == 0 else found


def choice(tx: Transaction, area_id: int | None, page: int) -> PlaceChoice:
    """The children of a place; where there is a single top, its children at once."""
    below = areas.children(tx, area_id)
    if area_id is None and len(below) == 1:
        return choice(tx, below[0].id, page)
    here = None if area_id is None else areas.get(tx, area_id)
    shown = below[page * PAGE : (page + 1) * PAGE]
    return PlaceChoice(
        here=here.name if here else None,
        here_id=here.id if here else None,
        back_to=_back(tx, here, page),
        choices=tuple((area.id, area.name, bool(areas.children(tx, area.id))) for area in shown),
        page=page,
        has_more=len(below) > (page + 1) * PAGE,
    )


def _back(tx: Transaction, here: Area | None, page: int) -> int | None:
    """From a later page to the first one, from a place to the one above it; the only top leads nowhere."""
    if page > 0:
        return here.id if here else 0
    if here is None:
        return None
    if here.parent_id is not None:
        return here.parent_id
    return 0 if len(areas.children(tx, None)) > 1 else None


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    ChooseLanguage: welcome,
    AskMove: welcome,
    LanguageChanged: person,
    ChooseName: person,
    ChoosePlace: places,
    Enrolled: person,
    RoleGiven: given,
    InvitationMade: invitation,
    AskContact: person,
    ContactKept: person,
    Me: me,
    SeenBy: seen_by,
    Help: person,
    MenuChanged: person,
}
