"""Every update that Telegram kept long enough was noted once; every text is somewhere once; every list came once."""

from collections import Counter
from collections.abc import Iterator

from tests.crash.model.evidence import DOUBLED, LOST, WRONG, Evidence, Finding

LISTS = ("MyNeeds", "NeedsAround")


def updates(evidence: Evidence) -> Iterator[Finding]:
    """Handled exactly once: the table holds each id at most once, so what matters is that none is missing."""
    queue = evidence.queue
    for update_id in sorted(queue.seen.keys() - queue.too_old - evidence.noted):
        yield Finding(LOST, f"update {update_id} ({queue.seen[update_id]['kind']}) was never noted")
    for update_id in sorted(evidence.noted - queue.seen.keys()):
        yield Finding(WRONG, f"update {update_id} was noted and never sent")
    for update_id in sorted(queue.too_old):
        if queue.seen[update_id]["kind"] != "callback_query":
            yield Finding(LOST, f"update {update_id}, a message, waited until Telegram threw it away")
    if queue.waiting:
        yield Finding(LOST, f"{len(queue.waiting)} updates still wait at Telegram")


def texts(evidence: Evidence) -> Iterator[Finding]:
    """Each text stands in one need, one open draft or one complaint, once; what was thrown away had been shown before."""
    places = [(row["person_id"], row["text"]) for row in (*evidence.needs.values(), *evidence.drafts)]
    places += [
        (event["actor_id"], event["detail"])
        for events in evidence.events.values()
        for event in events
        if event["event"] == "disputed"
    ]
    shown = " ".join(str(call.parameters.get("text")) for call in evidence.calls if call.ok)
    for token, writer in evidence.diary.tokens.items():
        found = [(person_id, text.count(token)) for person_id, text in places if token in text]
        number = sum(count for _, count in found)
        if number > 1:
            yield Finding(DOUBLED, f"the text {token} stands in {number} places")
        elif number == 1 and found[0][0] != evidence.accounts.get(writer):
            yield Finding(WRONG, f"the text {token} belongs to person {found[0][0]} who did not write it")
        elif number == 0 and (token not in evidence.diary.discards or token not in shown):
            yield Finding(LOST, f"the text {token} is nowhere")


def lists(evidence: Evidence) -> Iterator[Finding]:
    """Each /mine and /needs was answered by one list: not none, not two."""
    answers = Counter(
        letter["chat_id"]
        for letter in evidence.letters
        if letter["kind"] in LISTS and not letter["notice"].get("offset")
    )
    for account, asked in sorted(evidence.diary.commands.items()):
        if answers[account] != asked:
            kind = LOST if answers[account] < asked else DOUBLED
            yield Finding(kind, f"account {account} asked for {asked} lists and was answered with {answers[account]}")


def drafts(evidence: Evidence) -> Iterator[Finding]:
    """A draft becomes one need or none: as many drafts as needs, those thrown away and the open one."""
    posted = Counter(need["person_id"] for need in evidence.needs.values())
    thrown = Counter(evidence.accounts.get(account) for account, _ in evidence.diary.discarded_drafts)
    for draft in evidence.drafts:
        person_id, ended = draft["person_id"], draft["number"] - draft["open"]
        if posted[person_id] > ended:
            yield Finding(DOUBLED, f"person {person_id} posted {posted[person_id]} needs from {ended} drafts")
        elif posted[person_id] + thrown[person_id] < ended:
            yield Finding(
                LOST, f"person {person_id} ended {ended} drafts, and only {posted[person_id]} needs are there"
            )


def failures(evidence: Evidence) -> Iterator[Finding]:
    """Nothing broke inside the program: a rule that says no is no failure, an error is."""
    for row in evidence.rows("failures"):
        yield Finding(WRONG, f"failure in {row['place']}, {row['subject']}: {row['error']}")


CHECKS = (updates, texts, lists, drafts, failures)
