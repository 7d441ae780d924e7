"""Posters of a place: for whoever may bring people in there; what they print is written down."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.access import IN_CHARGE, Action, require
from bot.domain.areas import Area, Kind
from bot.domain.errors import ButtonInvalid, NotAllowed
from bot.domain.knocks import walking_key
from bot.domain.people import Actor
from bot.domain.posters import FILES_AT_MOST, PosterFile, PosterPlace, files_of, languages_in
from bot.storage import areas, bots, history
from bot.storage.database import Transaction
from bot.storage.history import Event


def in_charge_of(actor: Actor) -> list[int]:
    """The places for which this person may print posters; NotAllowed where there is none."""
    held = list(dict.fromkeys(grant.area_id for grant in actor.grants if grant.role in IN_CHARGE))
    if not held:
        raise NotAllowed(Action.AREA_INVITE.value)
    return held


def require_place(tx: Transaction, actor: Actor, area_id: int) -> None:
    """ButtonInvalid for a place that there is not; NotAllowed for whoever may not bring people in there."""
    line = areas.line(tx, area_id)
    if not line:
        raise ButtonInvalid
    require(Action.AREA_INVITE, actor, line)


def order(tx: Transaction, actor: Actor, area_id: int, languages: str, *, now: datetime) -> tuple[PosterFile, ...]:
    """The posters of a place, in as many files as they take; ButtonInvalid for more than a chat should carry."""
    require_place(tx, actor, area_id)
    try:
        languages_in(languages)
    except ValueError:
        raise ButtonInvalid from None
    pages = len(places(tx, area_id))
    if files_of(pages) > FILES_AT_MOST:
        raise ButtonInvalid
    history.write(tx, Event(now, actor.id, f"area:{area_id}", "posters printed", after=str(pages)))
    return tuple(PosterFile(area_id, languages, part) for part in range(files_of(pages)))


def places(tx: Transaction, area_id: int) -> list[PosterPlace]:
    """The buildings at or below a place as one walks past them; where there are none, the place itself."""
    below = areas.subtree(tx, area_id)
    known = {area.id: area for area in (*_above(tx, area_id), *below)}
    wanted = [area for area in below if area.kind is Kind.BUILDING] or below[:1]
    serving = bots.usernames(tx)
    return sorted((_place(area, known, serving) for area in wanted), key=walking_order)


def walking_order(place: PosterPlace) -> tuple[tuple[int, int, str], ...]:
    """Sorts posters as one puts them up: 9 comes before 10."""
    return walking_key((*place.above, place.name), None)


def _above(tx: Transaction, area_id: int) -> Iterable[Area]:
    return (areas.get(tx, one) for one in areas.line(tx, area_id)[1:])


def _place(area: Area, known: Mapping[int, Area], serving: Mapping[int, str]) -> PosterPlace:
    line = [area]
    while line[0].parent_id is not None:
        line.insert(0, known[line[0].parent_id])
    community = next((one.name for one in line if one.kind is Kind.COMMUNITY), line[0].name)
    bot = next((serving[one.id] for one in reversed(line) if one.id in serving), None)
    return PosterPlace(area.name, tuple(one.name for one in line[:-1]), community, area.payload, bot)
