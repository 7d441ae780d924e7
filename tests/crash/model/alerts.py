"""Every alert is told to somebody, climbs rung by rung, never falls silent, and ends by a named person's word."""

from collections import Counter
from collections.abc import Iterator, Mapping

from sandbox.chats import Message
from tests.crash.databases import Row
from tests.crash.model.evidence import DOUBLED, LOST, WRONG, Evidence, Finding

STATES = {"open", "taken", "closed"}
# Event → the states that it may lead from and to, written down here once more from what the product promises.
PATHS: Mapping[str, tuple[set[str], set[str]]] = {
    "taken": ({"open"}, {"taken"}),
    "arrival": ({"taken"}, {"taken"}),
    "there": ({"taken"}, {"taken"}),
    "left": ({"taken"}, {"open"}),
    "silent": ({"taken"}, {"open"}),
    "answered late": ({"open", "taken"}, {"closed", "open", "taken"}),
}
OUTCOMES = {
    *("well_forgot", "away", "telephone", "ill", "fallen", "hospital", "emergency", "deceased", "other"),
}
# What raises it again: the ladder starts from its first rung.
ANEW = {"graver", "left", "silent"}
# An "I'm well" ends nothing that somebody asked for.
ASKED_FOR = {"help", "call_me", "worry"}
# The longest pause of a ladder (twenty minutes) and of its messages' tries (two), and a little.
LONGEST_PAUSE_SECONDS = 25 * 60
LATE_SECONDS = 60


def events_of(evidence: Evidence, alert: Row) -> list[Row]:
    """What happened to an alert."""
    return evidence.stories.get(f"alert:{alert['id']}", [])


def one_a_person(evidence: Evidence) -> Iterator[Finding]:
    """Nobody has two open alerts."""
    for person_id, number in Counter(row["person_id"] for row in evidence.alerts if row["state"] != "closed").items():
        if number > 1:
            yield Finding(DOUBLED, f"person {person_id} has {number} open alerts")


def told(evidence: Evidence) -> Iterator[Finding]:
    """Each is told to somebody, and whoever is said to be told has its card."""
    cards = {
        (row["notice"]["alert_id"], row["person_id"])
        for row in evidence.letters
        if row["kind"] == "AlertCard" and row["message_id"] is not None
    }
    people = evidence.window.rows("SELECT * FROM alert_people ORDER BY alert_id, person_id")
    reached = {row["alert_id"] for row in people}
    for alert in evidence.alerts:
        if alert["id"] not in reached:
            yield Finding(LOST, f"alert {alert['id']} was told to nobody")
    for row in people:
        if (row["alert_id"], row["person_id"]) not in cards:
            yield Finding(LOST, f"person {row['person_id']} has no card of alert {row['alert_id']}")


def paths(evidence: Evidence) -> Iterator[Finding]:
    """Each history is one unbroken, possible path from its raising to where the alert stands."""
    for alert in evidence.alerts:
        for finding in _path(alert, events_of(evidence, alert)):
            yield Finding(finding.kind, f"alert {alert['id']}: {finding.words}")


def _path(alert: Row, events: list[Row]) -> Iterator[Finding]:
    if [event["event"] for event in events].count("raised") != 1 or events[0]["event"] != "raised":
        yield Finding(DOUBLED if events else LOST, "its history does not begin with its one raising")
        return
    state = "open"
    for event in events[1:]:
        what, before, after = event["event"], event["before"], event["after"]
        froms, tos = PATHS.get(what, ({"open", "taken"}, {"closed"}))
        if what == "graver":
            state = "open"
        if what == "rung" and state != "open":
            yield Finding(WRONG, f"a rung was tried while it was {state}")
        if what not in PATHS and what not in OUTCOMES:
            continue
        if before != state or before not in froms or after not in tos:
            yield Finding(WRONG, f"{what} from {before} to {after} when it was {state}")
        state = after
    if state != alert["state"]:
        yield Finding(LOST, f"it is {alert['state']}, and its history ends with {state}")
    yield from _end(alert)


def _end(alert: Row) -> Iterator[Finding]:
    by_itself = alert["outcome"] == "answered_late"
    if alert["state"] == "closed" and not by_itself and alert["closed_by"] is None:
        yield Finding(WRONG, "nobody has said how it ended")
    if alert["state"] == "closed" and by_itself and alert["cause"] in ASKED_FOR:
        yield Finding(WRONG, f"{alert['cause']} was closed by itself")
    if (alert["state"] == "closed") != (alert["outcome"] is not None):
        yield Finding(WRONG, f"it is {alert['state']} with the outcome {alert['outcome']}")


def ladders(evidence: Evidence) -> Iterator[Finding]:
    """No rung is left out: each is tried after the one before it, from the first, again and again."""
    for alert in evidence.alerts:
        ladder = [part.split(":")[1] for part in alert["ladder"].split(",")]
        turn, tried, coming = ladder.index("coordinators"), 0, 0
        for event in events_of(evidence, alert):
            if event["event"] in ANEW:
                coming = 0
            if event["event"] != "rung":
                continue
            tried += 1
            rungs = event["before"].split(",")
            if rungs != ladder[coming : coming + len(rungs)]:
                yield Finding(WRONG, f"alert {alert['id']} tried {rungs} when {ladder[coming:]} were left")
            coming = coming + len(rungs)
            coming = turn if coming >= len(ladder) else coming
        if not tried:
            yield Finding(LOST, f"no rung of alert {alert['id']} was ever tried")
        elif alert["rung"] != coming:
            yield Finding(LOST, f"alert {alert['id']} goes on at rung {alert['rung']}, and not at {coming}")


def never_silent(evidence: Evidence) -> Iterator[Finding]:
    """Time looks again, and soon, at whatever has not ended."""
    until = evidence.until.timestamp()
    for alert in evidence.alerts:
        at = alert["act_at"]
        if alert["state"] == "closed":
            if at is not None:
                yield Finding(WRONG, f"alert {alert['id']} has ended, and time still looks at it")
        elif at is None:
            yield Finding(LOST, f"alert {alert['id']} is {alert['state']} and has fallen silent")
        elif at < until - LATE_SECONDS:
            yield Finding(LOST, f"alert {alert['id']} should have gone on {until - at:.0f} seconds ago")
        elif alert["state"] == "open" and at > until + LONGEST_PAUSE_SECONDS:
            yield Finding(WRONG, f"alert {alert['id']} rests for {at - until:.0f} seconds")


def on_phones(evidence: Evidence) -> Iterator[Finding]:
    """Each card carries the keys that its alert calls for: to take it on, to record what was found, or none."""
    chats, alerts = {chat.id: chat for chat in evidence.chats}, {row["id"]: row for row in evidence.alerts}
    for letter in evidence.letters:
        if letter["kind"] != "AlertCard" or letter["dead_at"] is not None or letter["message_id"] is None:
            continue
        message, alert = (
            chats[letter["chat_id"]].messages.get(letter["message_id"]),
            alerts[letter["notice"]["alert_id"]],
        )
        name = f"the card of alert {alert['id']} in chat {letter['chat_id']}"
        if message is None:
            yield Finding(LOST, f"{name} is not on the phone")
            continue
        takes, records = "at" in _kinds(message), "ao" in _kinds(message)
        if takes != (alert["state"] == "open"):
            yield Finding(WRONG, f"{name} {'can' if takes else 'cannot'} be taken on; it is {alert['state']}")
        holder = alert["state"] == "taken" and alert["taken_by"] == letter["person_id"]
        if (holder and not records) or (alert["state"] != "taken" and records):
            yield Finding(WRONG, f"{name} has {sorted(_kinds(message))}; it is {alert['state']}")


def _kinds(message: Message) -> set[str]:
    rows = (message.markup or {}).get("inline_keyboard", [])
    return {button.get("callback_data", "").split(":")[0] for row in rows for button in row}


CHECKS = (one_a_person, told, paths, ladders, never_silent, on_phones)
