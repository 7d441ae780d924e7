"""Making places: from a coordinator's file, all or nothing, and the first one of an empty database."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.areas import (
    FIRST_CODE,
    FIRST_NAME,
    Area,
    Fault,
    Faults,
    Kind,
    Plan,
    PlannedArea,
    in_order,
    misplaced,
)
from bot.services import area_file, tables
from bot.storage import areas, history
from bot.storage.areas import NewArea
from bot.storage.database import Transaction
from bot.storage.history import Event

JOIN_CODE_BYTES = 12


@dataclass(frozen=True)
class Imported:
    """What an import did: how many places are new, and how many have a new name."""

    added: int
    renamed: int


def plan_import(content: bytes | str) -> Plan | Faults:
    """What a CSV file (columns code,parent,kind,name or 编号,上级,类型,名称) wants, or everything that is wrong in it.

    A parent that is not in the file may be in the database: that is looked up by `import_areas`.
    """
    text = tables.decode(content) if isinstance(content, bytes) else content
    if text is None:
        return Faults((Fault(1, "not a text file in UTF-8 or GB18030; save it as CSV, then import again"),))
    read = list(area_file.read(text))
    places = [entry for entry in read if isinstance(entry, PlannedArea)]
    faults = [entry for entry in read if isinstance(entry, Fault)]
    faults += [*_doubles(places), *_strays(places)]
    if not read:
        faults = [Fault(1, "no place in this file; write one a line, below a first line code,parent,kind,name")]
    return _told(faults) if faults else Plan(in_order(places))


def import_areas(tx: Transaction, plan: Plan, *, now: datetime) -> Imported | Faults:
    """Make the places that are new and rename those that are known by their code; nothing is ever deleted.

    Faults, and nothing written, when a parent is neither in the file nor in the database, or a known place would move or
    become another kind of place. The place that every empty database starts with becomes the file's only community.
    """
    known = {area.code: area for area in areas.whole(tx)}
    faults = [*_orphans(plan, known), *_moved(plan, known)]
    if faults:
        return _told(faults)
    added = sum(area.code not in known for area in plan.areas)
    if list(known) == [FIRST_CODE] and FIRST_CODE not in {area.code for area in plan.areas}:
        known |= _take_over_first(tx, plan, known[FIRST_CODE])
    renamed = {
        known[area.code].id: area.name
        for area in plan.areas
        if area.code in known and known[area.code].name != area.name
    }
    areas.rename(tx, renamed)
    _add(tx, plan, {code: area.id for code, area in known.items()})
    history.write(tx, Event(now, None, "areas", "imported", after=f"{added} added, {len(renamed)} renamed"))
    return Imported(added, len(renamed))


def ensure_first_area(tx: Transaction) -> Area:
    """The place that was made first; an empty database gets one community, so that the program works at once."""
    present = areas.first(tx)
    if present is not None:
        return present
    made = areas.make(tx, NewArea(None, Kind.COMMUNITY, FIRST_NAME, FIRST_CODE, new_join_code()))
    area = areas.by_code(tx, FIRST_CODE) if made is None else areas.get(tx, made)
    if area is None:
        raise LookupError(FIRST_CODE)
    return area


def new_join_code() -> str:
    """A code for a poster that nobody guesses: 96 random bits, base64url."""
    return secrets.token_urlsafe(JOIN_CODE_BYTES)


def _told(faults: Iterable[Fault]) -> Faults:
    return Faults(tuple(sorted(faults, key=lambda fault: fault.line)))


def _doubles(places: Iterable[PlannedArea]) -> Iterator[Fault]:
    lines: dict[str, int] = {}
    for area in places:
        if area.code in lines:
            yield Fault(area.line, f"the code {area.code} is in line {lines[area.code]} already; give each its own")
        lines.setdefault(area.code, area.line)


def _strays(places: Iterable[PlannedArea]) -> Iterator[Fault]:
    """Places that stand where such a place cannot stand, as far as the file alone tells."""
    kinds = {area.code: area.kind for area in places}
    for area in places:
        if area.parent is None or area.parent in kinds:
            fault = misplaced(area, kinds[area.parent] if area.parent is not None else None)
            if fault:
                yield fault


def _orphans(plan: Plan, known: Mapping[str, Area]) -> Iterator[Fault]:
    """Places whose parent is not in the file: it must be in the database, and be of the right kind."""
    planned = {area.code for area in plan.areas}
    for area in plan.areas:
        if area.parent is None or area.parent in planned:
            continue
        if area.parent not in known:
            yield Fault(area.line, f"the parent {area.parent} is not known; add a line for it or correct its code")
        elif fault := misplaced(area, known[area.parent].kind):
            yield fault


def _moved(plan: Plan, known: Mapping[str, Area]) -> Iterator[Fault]:
    codes = {area.id: area.code for area in known.values()}
    for area in plan.areas:
        present = known.get(area.code)
        if present is None:
            continue
        if present.kind is not area.kind:
            yield Fault(area.line, f"{area.code} is a {present.kind} already; give the {area.kind} a code of its own")
        parent = None if present.parent_id is None else codes[present.parent_id]
        if parent != area.parent:
            place = f"stands under {parent}" if parent else "stands at the top"
            yield Fault(area.line, f"{area.code} {place} already and cannot move; give the new place a code of its own")


def _take_over_first(tx: Transaction, plan: Plan, first: Area) -> Mapping[str, Area]:
    """The file's only community takes the first area's place, with all who are there; its parents are made before."""
    community = plan.only_community()
    if community is None:
        return {}
    above = Plan(tuple(area for area in plan.areas if area.kind in (Kind.DISTRICT, Kind.STREET)))
    _add(tx, above, {})
    parent = areas.by_code(tx, community.parent) if community.parent else None
    new = NewArea(parent.id if parent else None, Kind.COMMUNITY, community.name, community.code, first.join_code)
    areas.take_over(tx, first.id, new)
    return {area.code: area for area in areas.whole(tx)}


def _add(tx: Transaction, plan: Plan, known: Mapping[str, int]) -> None:
    """Make the planned places whose codes are not `known`, kind by kind from the top."""
    ids = dict(known)
    for kind in Kind:
        new = [area for area in plan.areas if area.kind is kind and area.code not in ids]
        if new:
            areas.make_all(tx, kind, [_new(area, ids) for area in new])
            ids |= areas.ids_of(tx, kind)


def _new(area: PlannedArea, ids: Mapping[str, int]) -> NewArea:
    parent_id = None if area.parent is None else ids[area.parent]
    return NewArea(parent_id, area.kind, area.name, area.code, new_join_code())
