"""Everybody is asked once a slot, every question has an end, and no answer is lost or counted twice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.crash.databases import Row
from tests.crash.model.evidence import DOUBLED, LOST, WRONG, Evidence, Finding
from tests.crash.model.letters import repeated

ZONE = ZoneInfo("Asia/Shanghai")
ENDED = {"answered", "excused", "alert", "not_asked"}
# So late may be what time does: a tick is a second away.
LATE_SECONDS = 60
# So far our clocks may be off from Telegram's.
OFF = timedelta(minutes=10)
# By their signs: they stand on the big keys in both languages.
KEYS = {"🌞": "well", "📞": "call_me", "🆘": "help"}
# Each press of a big key is answered by one of these.
REPLIES = {"CheckInThanked", "CheckInThankedLate", "CallPromised", "HelpIsComing", "Greeted"}


@dataclass(frozen=True)
class Press:
    """A big key that somebody pressed: "well", "call_me" or "help"; `at` in seconds, `message_id` its place in the chat."""

    person_id: int
    account: int
    what: str
    at: int
    message_id: int


def presses(evidence: Evidence) -> list[Press]:
    """Every big key that was pressed, as Telegram remembers it."""
    found = []
    for update in evidence.queue.seen.values():
        sender = update.get("from", {}).get("id")
        what = KEYS.get(str(update.get("text", ""))[:1])
        if update["kind"] == "message" and what is not None and sender in evidence.accounts:
            found.append(Press(evidence.accounts[sender], sender, what, update["date"], update["message_id"]))
    return found


def deeds(evidence: Evidence) -> dict[str, int]:
    """How often what happened to alerts."""
    stories = (events for subject, events in evidence.stories.items() if subject.startswith("alert:"))
    return dict(sorted(Counter(event["event"] for events in stories for event in events).items()))


def story(evidence: Evidence, checkin: Row, event: str) -> list[Row]:
    """How often this happened to a check-in."""
    return [one for one in evidence.stories.get(f"checkin:{checkin['id']}", []) if one["event"] == event]


def once(evidence: Evidence) -> Iterator[Finding]:
    """One check-in for each slot of each day since somebody agreed, and no other."""
    found = Counter((row["person_id"], row["day"], row["slot"]) for row in evidence.checkins)
    until = evidence.until - timedelta(seconds=LATE_SECONDS)
    for plan in evidence.rows("plans"):
        must = set(_slots(plan, until))
        may = must | set(_slots(plan, evidence.until))
        theirs = {key for key in found if key[0] == plan["person_id"]}
        for person_id, day, slot in sorted(must - theirs):
            yield Finding(LOST, f"person {person_id} has no check-in on {day} at {slot}")
        for person_id, day, slot in sorted(theirs - may):
            yield Finding(WRONG, f"person {person_id} has a check-in on {day} at {slot} that nobody planned")
    for (person_id, day, slot), number in found.items():
        if number > 1:
            yield Finding(DOUBLED, f"person {person_id} has {number} check-ins on {day} at {slot}")


def _slots(plan: Row, until: datetime) -> Iterator[tuple[int, str, int]]:
    """Every slot of a plan after the consent and up to an instant (every day, in the chat)."""
    since = datetime.fromtimestamp(plan["consent_at"], UTC)
    minutes = [int(part.split(":")[0]) for part in plan["slots"].split(",")]
    day = since.astimezone(ZONE).date()
    while day <= until.astimezone(ZONE).date():
        for slot in minutes:
            local = datetime(day.year, day.month, day.day, slot // 60, slot % 60, tzinfo=ZONE)
            if since < local <= until:
                yield plan["person_id"], day.isoformat(), slot
        day += timedelta(days=1)


def ended(evidence: Evidence) -> Iterator[Finding]:
    """Each ended in one of the four ways, or is not due yet; one that was not asked was told to the coordinators."""
    told = {(row["notice"]["day"], row["notice"]["slot"]) for row in evidence.letters if row["kind"] == "NotAsked"}
    for row in evidence.checkins:
        name = f"check-in {row['id']}"
        if row["state"] not in ENDED and row["due_at"] < evidence.until.timestamp() - LATE_SECONDS:
            yield Finding(LOST, f"{name} of person {row['person_id']} is {row['state']}, and its time is over")
        if row["state"] == "asked" and row["act_at"] is None:
            yield Finding(LOST, f"{name} waits, and time will not look at it again")
        if row["state"] != "asked" and row["act_at"] is not None:
            yield Finding(WRONG, f"{name} is {row['state']}, and time still looks at it")
        if row["state"] == "not_asked" and (row["day"], row["slot"]) not in told:
            yield Finding(LOST, f"{name} was not asked, and nobody in charge was told")
        if row["state"] == "answered" and (row["answer"] is None or row["answered_at"] is None):
            yield Finding(WRONG, f"{name} is answered, and nobody knows how")


def missed(evidence: Evidence) -> Iterator[Finding]:
    """Each check-in that ended in an alert raised one or joined one, once."""
    alerts = {row["id"]: row["person_id"] for row in evidence.alerts}
    signals = Counter(
        alerts.get(int(subject[6:]))
        for subject, events in evidence.stories.items()
        if subject.startswith("alert:")
        for event in events
        if event["event"] in ("raised", "joined", "graver") and event["after"] == "missed"
    )
    silent = Counter(row["person_id"] for row in evidence.checkins if row["state"] == "alert")
    for person_id in silent.keys() | signals.keys():
        if silent[person_id or 0] != signals[person_id]:
            kind = LOST if signals[person_id] < silent[person_id or 0] else DOUBLED
            words = f"{silent[person_id or 0]} missed check-ins and {signals[person_id]} signals of it"
            yield Finding(kind, f"person {person_id}: {words}")


def questions(evidence: Evidence) -> Iterator[Finding]:
    """Asked once; again only after the program was deaf, or after "the wrong one"; nudged as often as it is counted."""
    asked, nudged = (
        Counter(row["notice"]["checkin_id"] for row in evidence.letters if row["kind"] == kind)
        for kind in ("CheckInAsked", "CheckInNudged")
    )
    for row in evidence.checkins:
        first = 0 if row["state"] == "not_asked" or row["answer"] == "early" else 1
        again, undone = len(story(evidence, row, "asked again")), len(story(evidence, row, "undone"))
        wanted = first + again + undone
        # "The wrong one" after an early sign of life: the first question was never asked, and nothing tells so any more.
        least = wanted - 1 if undone and first else wanted
        if not least <= asked[row["id"]] <= wanted:
            kind = LOST if asked[row["id"]] < wanted else DOUBLED
            yield Finding(
                kind, f"check-in {row['id']} should be asked {wanted} times, and was {asked[row['id']]} times"
            )
        if nudged[row["id"]] != row["step"]:
            kind = LOST if nudged[row["id"]] < row["step"] else DOUBLED
            yield Finding(kind, f"check-in {row['id']} was nudged {row['step']} times, and told so {nudged[row['id']]}")
        if again > 1:
            yield Finding(DOUBLED, f"check-in {row['id']} was asked again {again} times after silence of our own")


def repeats(evidence: Evidence) -> Iterator[Finding]:
    """A crash repeats at most what was on its way: one message a chat."""
    for chat_id, number in Counter(call.chat_id for call in repeated(evidence)).items():
        if number > evidence.crashes:
            yield Finding(DOUBLED, f"chat {chat_id} was told {number} things again in {evidence.crashes} crashes")


def answers(evidence: Evidence) -> Iterator[Finding]:
    """ "I'm well" answers the question that was asked last before it was pressed, whenever it was read."""
    for press in presses(evidence):
        if press.what != "well":
            continue
        theirs = [row for row in evidence.checkins if row["person_id"] == press.person_id]
        before = [row for row in theirs if row["asked_at"] <= press.at and row["state"] != "not_asked"]
        checkin = max(before, key=lambda row: row["asked_at"], default=None)
        # In one and the same second nobody can tell which came first.
        if checkin is None or checkin["asked_at"] == press.at or story(evidence, checkin, "undone"):
            continue
        if checkin["answered_at"] is None or checkin["answered_at"] > press.at:
            words = f"pressed at {press.at}; check-in {checkin['id']} of {checkin['asked_at']} is {checkin['state']}"
            yield Finding(LOST, f"an answer of person {press.person_id} is lost: {words}")


def heard(evidence: Evidence) -> Iterator[Finding]:
    """Whoever presses "I'm well" below a question has answered it, whatever any clock says."""
    checkins = {row["id"]: row for row in evidence.checkins}
    asked = [
        (row["person_id"], row["message_id"], row["notice"]["checkin_id"])
        for row in evidence.letters
        if row["kind"] == "CheckInAsked" and row["message_id"] is not None
    ]
    for press in presses(evidence):
        above = [(place, number) for who, place, number in asked if who == press.person_id and place < press.message_id]
        if press.what != "well" or not above:
            continue
        checkin = checkins.get(max(above)[1])
        if checkin is None or any(_counted(evidence, row, press) for row in _since(evidence, checkin)):
            continue
        later = press.at - checkin["asked_at"]
        words = f"{checkin['id']} of person {press.person_id}, {later} s after it: it is {checkin['state']}"
        yield Finding(LOST, f"a press is lost, below the question of check-in {words}")


def _since(evidence: Evidence, checkin: Row) -> list[Row]:
    """This check-in and the later ones of its person: a press may count for one that is not on the phone yet, or never was."""
    return [row for row in evidence.checkins if row["person_id"] == checkin["person_id"] and row["id"] >= checkin["id"]]


def _counted(evidence: Evidence, checkin: Row, press: Press) -> bool:
    """Whether the press may have been the answer to this one, taken back by "the wrong one" perhaps."""
    until = press.at + OFF.total_seconds()
    if checkin["answered_at"] is not None and checkin["answered_at"] <= until:
        return True
    return checkin["asked_at"] <= until and bool(story(evidence, checkin, "undone"))


def calls(evidence: Evidence) -> Iterator[Finding]:
    """Each "please call me" and each "I need help" raised, joined or made graver one alert: not none, not two."""
    alerts = {f"alert:{row['id']}": row["person_id"] for row in evidence.alerts}
    signals = Counter(
        (alerts.get(subject), event["after"])
        for subject, events in evidence.stories.items()
        if subject.startswith("alert:")
        for event in events
        if event["event"] in ("raised", "joined", "graver") and event["actor_id"] == alerts.get(subject)
    )
    pressed = Counter((press.person_id, press.what) for press in presses(evidence))
    for person_id in evidence.accounts.values():
        for what in ("call_me", "help"):
            heard, wanted = signals[person_id, what], pressed[person_id, what]
            if heard != wanted:
                kind = LOST if heard < wanted else DOUBLED
                yield Finding(kind, f"person {person_id} pressed {what} {wanted} times, and was heard {heard} times")


def replies(evidence: Evidence) -> Iterator[Finding]:
    """Each press is answered once."""
    told = Counter(row["chat_id"] for row in evidence.letters if row["kind"] in REPLIES)
    pressed = Counter(press.account for press in presses(evidence))
    for account, number in pressed.items():
        if told[account] != number:
            kind = LOST if told[account] < number else DOUBLED
            yield Finding(kind, f"account {account} pressed {number} keys and was answered {told[account]} times")


CHECKS = (once, ended, missed, questions, repeats, answers, heard, calls, replies)
