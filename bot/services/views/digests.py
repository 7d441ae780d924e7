"""What is seen of a digest: the day's rounds so far, and each piece of news as it stands now."""

from collections.abc import Callable, Iterator, Mapping

from bot.domain.absences import AbsenceBegun, AbsenceForgotten, CameHome
from bot.domain.digests import Digest, DigestPlace, DigestView
from bot.domain.duty import DutyAway, DutyGaps
from bot.domain.errors import DomainError
from bot.domain.needs import NeedConfirmedByItself, NeedExpired, NeedTrouble, NeedUnclaimed
from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.plans import PlanDeclined, PlanStarted
from bot.domain.ratings import RatingLow
from bot.domain.volunteers import VolunteerWaits
from bot.services import figures as months
from bot.services import plans as plan_cases
from bot.services.views import absences, checkins, duty, needs, plans, ratings, volunteers
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import digests, figures, persons
from bot.storage.database import Transaction

PLACES_AT_MOST, NAMES_AT_MOST = 4, 8

# How each piece of news is looked up; a test holds it together with what is gathered.
NEWS: Mapping[type[Notice], Callable[..., object]] = {
    AbsenceBegun: absences.absence,
    AbsenceForgotten: absences.absence,
    CameHome: absences.absence,
    PlanStarted: plans.plan,
    PlanDeclined: plans.plan,
    DutyAway: duty.VIEWS[DutyAway],
    DutyGaps: duty.VIEWS[DutyGaps],
    RatingLow: ratings.low,
    NeedConfirmedByItself: needs.need,
    NeedExpired: needs.need,
    NeedUnclaimed: needs.need,
    NeedTrouble: needs.need,
    VolunteerWaits: volunteers.one,
}


def digest(tx: Transaction, notice: Digest, look: Look) -> DigestView:
    """The reader's own digest, with nothing of places where they are not in charge any more."""
    if look.person_id is None:
        raise LookupError("a digest is read by a person")
    reader = persons.actor(tx, persons.get(tx, look.person_id))
    places = tuple(_places(tx, reader, look)) if notice.rounds else ()
    news = tuple(_news(tx, notice, reader, look))
    if not places and not news:
        raise LookupError("nothing of it is left to say")
    return DigestView(places, news, look.now)


def _places(tx: Transaction, reader: Actor, look: Look) -> Iterator[DigestPlace]:
    day = months.today(look.home, look.now)
    for area_id in plan_cases.in_charge_of(reader)[:PLACES_AT_MOST]:
        counted = figures.tallies(tx, area_id, [day])
        if counted:
            late = [one for _, one in figures.people_of(tx, area_id, day, "late", NAMES_AT_MOST)]
            yield DigestPlace(
                name=place_name(tx, area_id),
                slots=checkins.slots_of(tx, area_id, day, counted),
                late=_names(tx, late),
                reminded=_names(tx, figures.reminded(tx, area_id, day, NAMES_AT_MOST)),
            )


def _names(tx: Transaction, people: list[int]) -> tuple[str, ...]:
    return tuple(persons.get(tx, one).name for one in dict.fromkeys(people))


def _news(tx: Transaction, notice: Digest, reader: Actor, look: Look) -> Iterator[tuple[Notice, object]]:
    """What is gone by now, or of a kind that this version does not know, is left out, as it would be in the stream."""
    for one in digests.between(tx, reader.id, notice.first, notice.last):
        try:
            told = Notice.parse(one.kind, one.data)
            yield told, NEWS[type(told)](tx, told, look)
        except (LookupError, DomainError):
            continue


VIEWS: Mapping[type[Notice], Callable[..., object]] = {Digest: digest}
