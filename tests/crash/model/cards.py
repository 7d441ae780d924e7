"""What stands on the phones in the end: cards show their need as it is, and an address nobody but its claimer."""

from collections.abc import Iterator

from sandbox.chats import Chat, Message
from tests.crash.databases import Row
from tests.crash.model.evidence import LOST, WRONG, Evidence, Finding

RUNNING = {"open", "claimed", "disputed"}


def cards(evidence: Evidence) -> Iterator[Finding]:
    """Each card carries the buttons that its subject's present state calls for, and no others of those that matter."""
    chats = {chat.id: chat for chat in evidence.chats}
    drafts = {(draft["person_id"], draft["number"]): draft["open"] for draft in evidence.drafts}
    for letter in evidence.letters:
        if letter["subject"] is None or letter["dead_at"] is not None or letter["message_id"] is None:
            continue
        message = chats[letter["chat_id"]].messages.get(letter["message_id"])
        name = f"{letter['kind']} of {letter['subject']} in chat {letter['chat_id']}"
        if message is None:
            yield Finding(LOST, f"{name} is not on the phone")
            continue
        if letter["kind"] == "DraftCard":
            notice = letter["notice"]
            wanted = {"dp", "da", "dx"} if drafts.get((notice["person_id"], notice["number"])) else set()
            # An open draft may ask for one of its fields instead.
            wrong = bool(wanted) != bool(_kinds(message) & {"dp", "dx"})
        else:
            need = evidence.needs[letter["notice"]["need_id"]]
            wanted, watched = _wanted(letter, need, evidence.person(letter["chat_id"]))
            wrong = _kinds(message) & watched != wanted or f"#{need['id']} " not in message.text
        if wrong:
            yield Finding(WRONG, f"{name} has {sorted(_kinds(message))}, not {sorted(wanted)}")


def _kinds(message: Message) -> set[str]:
    rows = (message.markup or {}).get("inline_keyboard", [])
    return {button.get("callback_data", "").split(":")[0] for row in rows for button in row}


def _wanted(letter: Row, need: Row, reader: int | None) -> tuple[set[str], set[str]]:
    """The buttons that must be there, and those among which nothing else may be."""
    state, mine = need["state"], need["state"] == "claimed" and need["claimed_by"] == reader
    table: dict[str, dict[str, bool]] = {
        "ResidentCard": {"nx": state in RUNNING},
        "ClosingCard": {
            "ny": state == "done",
            "nw": state == "done",
            "ns": state == "closed" and need["stars"] is None,
        },
        "OfferCard": {"nc": state == "open", "nf": mine, "nr": mine},
        "GroupCard": {"nc": state == "open"},
        "DeskCard": {
            "nc": state == "open",
            "nb": state == "claimed" and not mine,
            "nj": state == "disputed",
        },
    }
    wanted = table[letter["kind"]]
    if letter["kind"] == "DeskCard" and mine:
        del wanted["nb"]
    return {kind for kind, there in wanted.items() if there}, set(wanted)


def claimers(evidence: Evidence) -> Iterator[Finding]:
    """Whoever holds a need has its card, so that they can finish it."""
    has_card = {
        (evidence.person(letter["chat_id"]), letter["notice"]["need_id"])
        for letter in evidence.letters
        if letter["kind"] == "OfferCard"
    }
    for need in evidence.needs.values():
        if need["state"] == "claimed" and (need["claimed_by"], need["id"]) not in has_card:
            yield Finding(LOST, f"person {need['claimed_by']} holds need {need['id']} and has no card of it")


def addresses(evidence: Evidence) -> Iterator[Finding]:
    """On no phone stands the door or telephone of anybody else, but on that of who is going there now, protected."""
    diary = evidence.diary
    for chat in evidence.chats:
        for message in chat.messages.values():
            if message.sender_id != evidence.town.sandbox.bot.id:
                continue
            for account in diary.doors:
                if account != chat.id and _tells(message.text, account, evidence):
                    yield from _may_stand(evidence, chat, message, account)


def _tells(text: str, account: int, evidence: Evidence) -> bool:
    return evidence.diary.doors[account] in text or evidence.diary.telephones[account] in text


def _may_stand(evidence: Evidence, chat: Chat, message: Message, account: int) -> Iterator[Finding]:
    resident, reader = evidence.accounts[account], evidence.person(chat.id)
    held = any(
        need["person_id"] == resident and need["state"] == "claimed" and need["claimed_by"] == reader
        for need in evidence.needs.values()
    )
    if reader is None or not held:
        yield Finding(WRONG, f"chat {chat.id} shows the address of person {resident} in message {message.id}")
    elif not message.protected:
        yield Finding(WRONG, f"message {message.id} in chat {chat.id} shows an address and can be forwarded")


def showings(evidence: Evidence) -> Iterator[Finding]:
    """An address was never sent, only shown by an edit, to somebody who had claimed the need; each showing is on record."""
    written = {(row["viewer_id"], row["person_id"]) for row in evidence.rows("disclosures")}
    claimed = {
        (event["actor_id"], evidence.needs[need_id]["person_id"])
        for need_id, events in evidence.events.items()
        for event in events
        if event["event"] == "claimed"
    }
    for call in evidence.calls:
        text = str(call.parameters.get("text") or "")
        for account in evidence.diary.doors:
            if not call.ok or call.chat_id == account or not _tells(text, account, evidence):
                continue
            pair = (
                evidence.accounts.get(call.chat_id) if isinstance(call.chat_id, int) else None,
                evidence.accounts[account],
            )
            if call.method != "editMessageText":
                yield Finding(WRONG, f"{call.method} carried an address into chat {call.chat_id}")
            if pair not in claimed:
                yield Finding(WRONG, f"person {pair[0]} saw the address of person {pair[1]} without a claim")
            if pair not in written:
                yield Finding(LOST, f"nobody wrote down that person {pair[0]} saw the address of person {pair[1]}")


CHECKS = (cards, claimers, addresses, showings)
