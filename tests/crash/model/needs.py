"""Each need's history is one unbroken, possible path, and nobody holds what somebody else holds."""

from collections import Counter
from collections.abc import Iterator, Mapping

from tests.crash.databases import Row
from tests.crash.model.evidence import DOUBLED, LOST, WRONG, Evidence, Finding

# Event → the states that it may lead from and to, written down here once more from what the product promises.
PATHS: Mapping[str, tuple[set[str], set[str]]] = {
    "claimed": ({"open"}, {"claimed"}),
    "arrival": ({"claimed"}, {"claimed"}),
    "kept": ({"claimed"}, {"claimed"}),
    "asked": ({"claimed"}, {"claimed"}),
    "joined": ({"claimed"}, {"claimed"}),
    "left": ({"claimed"}, {"claimed"}),
    "handover asked": ({"claimed"}, {"claimed"}),
    "handover declined": ({"claimed"}, {"claimed"}),
    "seats": ({"open", "claimed"}, {"open", "claimed"}),
    "released": ({"claimed"}, {"open", "claimed"}),
    "lapsed": ({"claimed"}, {"open", "claimed"}),
    "done": ({"claimed"}, {"done"}),
    "partly": ({"claimed"}, {"done"}),
    "nobody_home": ({"claimed"}, {"done"}),
    "not_needed": ({"claimed"}, {"done"}),
    "confirmed": ({"done"}, {"closed"}),
    "confirmed by itself": ({"done"}, {"closed"}),
    "disputed": ({"done", "closed"}, {"disputed"}),
    "not come": ({"claimed"}, {"open"}),
    "opened again": ({"closed"}, {"open"}),
    "reminded": ({"disputed"}, {"disputed"}),
    "reopened": ({"disputed"}, {"open"}),
    "settled": ({"disputed"}, {"closed"}),
    "rated": ({"closed"}, {"closed"}),
    "cancelled": ({"open", "claimed", "disputed"}, {"cancelled"}),
    "unclaimed": ({"open"}, {"open"}),
    "expired": ({"open"}, {"expired"}),
    "edited": ({"open"}, {"open"}),
    "still needed": ({"open"}, {"open"}),
}
HOLDERS_OWN = {"arrival", "kept", "done", "partly", "nobody_home", "not_needed"}
RESIDENTS_OWN = {"confirmed", "disputed", "rated", "opened again", "not come"}
# An event → the notice that it puts into the outbox, once.
NOTICES = {
    "NeedClaimed": {"claimed"},
    "NeedReopened": {"released", "lapsed", "not come"},
    "RemarkKept": {"disputed"},
}


def histories(evidence: Evidence) -> Iterator[Finding]:
    """Every need was posted once, and each of its events begins where the one before ended."""
    for need_id in sorted(evidence.events.keys() | evidence.needs.keys()):
        events, need = evidence.events.get(need_id, []), evidence.needs.get(need_id)
        if need is None:
            yield Finding(WRONG, f"need {need_id} has a history and is not there")
        elif [event["event"] for event in events[:1]] != ["posted"]:
            yield Finding(LOST, f"the history of need {need_id} does not begin with its posting")
        else:
            yield from _path(need, events)


def _path(need: Row, events: list[Row]) -> Iterator[Finding]:
    name, state = f"need {need['id']}", events[0]["after"]
    for event in events[1:]:
        what, before, after = event["event"], event["before"], event["after"]
        if what not in PATHS:
            yield Finding(DOUBLED if what == "posted" else WRONG, f"{name}: a second or unknown event {what!r}")
            continue
        froms, tos = PATHS[what]
        if before != state or before not in froms or after not in tos:
            yield Finding(WRONG, f"{name}: {what} from {before} to {after} when it was {state}")
        state = after
    if need["state"] != state:
        yield Finding(WRONG, f"{name} is {need['state']} and its history ends with {state}")
    # Each change counts the version up by one: a change without its event, or an event without its change, shows here.
    if need["version"] != len(events) - 1:
        yield Finding(LOST, f"{name} changed {need['version']} times, its history knows of {len(events) - 1}")
    rated = 0
    for event in events:
        # Opened again it is done anew, and rated anew.
        rated = 0 if event["after"] == "open" else rated + (event["event"] == "rated")
        if rated > 1:
            yield Finding(DOUBLED, f"{name} was rated twice")


def claims(evidence: Evidence) -> Iterator[Finding]:
    """One holder at a time: who claims gets what is free, and only the holder (or a coordinator) gives it back."""
    for need_id, need in evidence.needs.items():
        events, going = evidence.events.get(need_id, []), list[int]()
        for event in events:
            holder = going[0] if going else None
            for finding in _fault(evidence, need, event, holder):
                yield Finding(finding.kind, f"need {need_id}: {finding.words}")
            going = _goers(event, going)
        holder = going[0] if going else None
        if need["state"] == "claimed" and need["claimed_by"] != holder:
            yield Finding(WRONG, f"need {need_id} is held by {need['claimed_by']}, and was claimed by {holder}")


def _goers(event: Row, going: list[int]) -> list[int]:
    """Who goes after an event, whoever leads first."""
    if event["after"] != "claimed":
        return []
    if event["event"] in ("claimed", "joined"):
        return [*going, event["actor_id"]]
    if event["event"] == "left":
        return [one for one in going if one != event["actor_id"]]
    return going[1:] if event["event"] in ("released", "lapsed") else going


def _fault(evidence: Evidence, need: Row, event: Row, holder: int | None) -> Iterator[Finding]:
    """What is wrong with an event, given who held the need before it."""
    what, actor, resident = event["event"], event["actor_id"], need["person_id"]
    coordinator = evidence.accounts.get(evidence.town.coordinator.id)
    if what == "claimed" and holder is not None:
        yield Finding(DOUBLED, f"{actor} claimed what {holder} held")
    elif what == "claimed" and actor == resident:
        yield Finding(WRONG, "claimed by the resident")
    elif what in HOLDERS_OWN and actor != holder:
        yield Finding(WRONG, f"{what} by {actor}, held by {holder}")
    elif what in RESIDENTS_OWN and actor != resident:
        yield Finding(WRONG, f"{what} by {actor}, asked for by {resident}")
    elif what == "released" and actor not in (holder, coordinator):
        yield Finding(WRONG, f"released by {actor}, held by {holder}")
    elif what == "cancelled" and actor not in (resident, coordinator):
        yield Finding(WRONG, f"cancelled by {actor}, asked for by {resident}")


def notices(evidence: Evidence) -> Iterator[Finding]:
    """What happened was told once: as many notices of each kind as events."""
    told = Counter((letter["kind"], letter["notice"].get("need_id")) for letter in evidence.letters)
    for need_id, events in evidence.events.items():
        for kind, causes in NOTICES.items():
            number = sum(event["event"] in causes for event in events)
            if told[kind, need_id] != number:
                what = LOST if told[kind, need_id] < number else DOUBLED
                yield Finding(what, f"need {need_id}: {number} events and {told[kind, need_id]} notices {kind}")


def arrivals(evidence: Evidence) -> Iterator[Finding]:
    """Of each claim that was given a time the resident heard; further times may be the same one, tapped twice."""
    told = Counter(letter["notice"]["need_id"] for letter in evidence.letters if letter["kind"] == "NeedArrival")
    for need_id, events in evidence.events.items():
        number = sum(event["event"] == "arrival" for event in events)
        # An arrival that is the first after its claim: "claimed" and what may come between leave no time behind.
        firsts, given = 0, True
        for event in events:
            if event["event"] == "claimed":
                given = False
            elif event["event"] == "arrival":
                firsts, given = firsts + (not given), True
        if not firsts <= told[need_id] <= number:
            what = LOST if told[need_id] < firsts else DOUBLED
            yield Finding(what, f"need {need_id}: {number} arrivals in {firsts} claims, told {told[need_id]} times")


CHECKS = (histories, claims, notices, arrivals)
