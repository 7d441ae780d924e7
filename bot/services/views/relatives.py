"""What is seen of family: names for whoever may know them, and what both sides have agreed to."""

from collections.abc import Callable, Iterable, Mapping

from bot.domain.alerts import AlertView
from bot.domain.checkins import CheckIn, CheckInAnswer
from bot.domain.errors import AlertGone, PlanGone, RelativeGone
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.relatives import (
    BondAsked,
    BondSettled,
    ContactCard,
    ContactLink,
    ContactsSkipped,
    ContactView,
    DailyNews,
    FamilyCalled,
    FamilyCard,
    FamilyHome,
    FamilyHomeView,
    FamilyView,
    LinkView,
    NewsTakenBack,
    NewsView,
    RelativeNotice,
    RelativeShown,
    RelativeView,
    SkippedView,
)
from bot.services import checkins, relatives
from bot.services import contacts as contact_cases
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import alerts, persons, plans
from bot.storage import checkins as stored_checkins
from bot.storage import relatives as stored
from bot.storage.database import Transaction
from bot.storage.plans import Contact

# Who gave an answer for somebody: the check-in, their name, what they are to them.
Proxies = list[tuple[CheckIn, str, str]]


def reader(tx: Transaction, look: Look) -> Actor:
    """Whoever reads this."""
    if look.person_id is None:
        raise LookupError("this is read by a person")
    return persons.actor(tx, persons.get(tx, look.person_id))


def proxies(tx: Transaction, rows: Iterable[CheckIn]) -> Proxies:
    """Which of these check-ins family has answered, and who."""
    found: Proxies = []
    for one in rows:
        if one.answer is CheckInAnswer.PROXY and one.answered_by is not None:
            between = stored.between(tx, one.person_id, one.answered_by)
            relation = between.relation if between else "—"
            found.append((one, persons.get(tx, one.answered_by).name, relation))
    return found


# --- who is in charge ---


def family(tx: Transaction, notice: FamilyCard, look: Look) -> FamilyView:
    """Everybody around one person, for whoever is in charge of it now."""
    plan = relatives.require_manage(tx, reader(tx, look), notice.plan_id)
    person = persons.get(tx, plan.person_id).name
    contacts = tuple(_contact(tx, one, place, person) for place, one in enumerate(plans.contacts(tx, plan.id), start=1))
    around = tuple(
        (one.id, persons.get(tx, one.relative_id).name, one.relation) for one in stored.around(tx, plan.person_id)
    )
    return FamilyView(plan.id, person, contacts, around)


def contact(tx: Transaction, notice: ContactCard, look: Look) -> ContactView:
    """One contact, with who recorded what they said."""
    found, plan = contact_cases.of(tx, reader(tx, look), notice.contact_id)
    place = [one.id for one in plans.contacts(tx, plan.id)].index(found.id) + 1
    view = _contact(tx, found, place, persons.get(tx, plan.person_id).name)
    return ContactView(**{**vars(view), "now": look.now})


def _contact(tx: Transaction, found: Contact, place: int, person: str) -> ContactView:
    return ContactView(
        id=found.id,
        plan_id=found.plan_id,
        person=person,
        name=found.name,
        relation=found.relation,
        telephone=found.telephone,
        state=found.state,
        in_chat=found.person_id is not None,
        rank=place,
        reached=found.person_id is None or persons.chat_of(tx, found.person_id) is not None,
        by=None if found.recorded_by is None else persons.get(tx, found.recorded_by).name,
        at=found.answered_at,
    )


def contact_link(tx: Transaction, notice: ContactLink, look: Look) -> LinkView:
    """A link, made at this moment so that its secret stands nowhere but in the message; access is asked once more."""
    actor = reader(tx, look)
    found, plan = contact_cases.of(tx, actor, notice.contact_id)
    payload = contact_cases.invite(tx, actor, notice.contact_id, now=look.now)
    return LinkView(payload, found.name, persons.get(tx, plan.person_id).name)


def skipped(tx: Transaction, notice: ContactsSkipped, look: Look) -> SkippedView:
    """Who does not stand on the ladder."""
    alert = alerts.see(tx, notice.alert_id)
    if alert is None:
        raise AlertGone
    plan = plans.of_person(tx, alert.person_id)
    contacts = [] if plan is None else plans.contacts(tx, plan.id)
    listed = tuple((one.name, one.relation, one.state.value) for one in contacts if not one.stands)
    return SkippedView(persons.get(tx, alert.person_id).name, listed)


# --- both sides ---


def relative(
    tx: Transaction, notice: RelativeNotice | RelativeShown | BondAsked | BondSettled | NewsTakenBack, look: Look
) -> RelativeView:
    """A relative with names, as its reader stands to it."""
    found = stored.see(tx, notice.relative_id)
    if found is None:
        raise RelativeGone
    side = relatives.side_of(tx, reader(tx, look), found)
    return RelativeView(
        relative=found,
        person=persons.get(tx, found.person_id).name,
        name=persons.get(tx, found.relative_id).name,
        side=side,
        contact=relatives.contact_state(tx, found),
        in_chat=persons.has_chat(tx, found.person_id),
        asked=checkins.is_asked(tx, found.person_id, at=look.now),
        last=(),
        now=look.now,
    )


def home(tx: Transaction, notice: FamilyHome, look: Look) -> FamilyHomeView:
    """For whom the reader is there, and who is there for them."""
    me = reader(tx, look).id
    mine = tuple((one.id, persons.get(tx, one.person_id).name, one.relation) for one in stored.of_relative(tx, me))
    around = tuple((one.id, persons.get(tx, one.relative_id).name, one.relation) for one in stored.around(tx, me))
    return FamilyHomeView(mine, around)


def called(tx: Transaction, notice: FamilyCalled, look: Look) -> AlertView:
    """Who has been told."""
    found = alerts.see(tx, notice.alert_id)
    if found is None:
        raise AlertGone
    told = tuple(persons.get(tx, one).name for one in alerts.told(tx, found.id) if one != look.person_id)
    name = persons.get(tx, found.person_id).name
    return AlertView(found, name, place_name(tx, found.area_id), None, told, False, False, look.now)


def news(tx: Transaction, notice: DailyNews, look: Look) -> NewsView:
    """What became known of somebody today; nothing when it was taken back, or is not to be told any more."""
    found = stored.see(tx, notice.relative_id)
    rows = stored_checkins.see_many(tx, [notice.checkin_id])
    checkin = rows[0] if rows else None
    if found is None or found.told_for != notice.checkin_id or checkin is None:
        raise RelativeGone
    if checkin.answer is None or checkin.answered_at is None:
        raise PlanGone
    by = None if checkin.answered_by in (None, checkin.person_id) else checkin.answered_by
    relation = next((relation for _, _, relation in proxies(tx, rows)), None)
    name = None if by is None else persons.get(tx, by).name
    return NewsView(
        persons.get(tx, found.person_id).name, checkin.answer, checkin.answered_at, name, relation, look.now
    )


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    FamilyCard: family,
    ContactCard: contact,
    ContactLink: contact_link,
    RelativeNotice: relative,
    RelativeShown: relative,
    BondAsked: relative,
    BondSettled: relative,
    FamilyHome: home,
    ContactsSkipped: skipped,
    FamilyCalled: called,
    DailyNews: news,
    NewsTakenBack: relative,
}
