"""What stands on the phones in the end: cards show their need as it is, and an address nobody but its claimer."""

from collections import Counter
from collections.abc import Iterator, Mapping

from sandbox.chats import Chat, Message
from tests.crash.databases import Row
from tests.crash.model.evidence import LOST, WRONG, Evidence, Finding

DRAFT = "DraftCard"
# Of each card the buttons that depend on where its need stands.
BUTTONS: Mapping[str, set[str]] = {
    "ResidentCard": {"nx"},
    "ClosingCard": {"ny", "nw", "ns"},
    "OfferCard": {"nc", "nf", "nr"},
    "GroupCard": {"nc"},
    "DeskCard": {"nc", "nb", "nj"},
}


def cards(evidence: Evidence) -> Iterator[Finding]:
    """Each card carries the buttons that its subject's present state calls for, and no others of those that matter."""
    chats = {chat.id: chat for chat in evidence.chats}
    for letter in evidence.letters:
        alive = letter["dead_at"] is None and letter["message_id"] is not None
        if not alive or letter["kind"] not in (DRAFT, *BUTTONS):
            continue
        message = chats[letter["chat_id"]].messages.get(letter["message_id"])
        name = f"{letter['kind']} of {letter['subject']} in chat {letter['chat_id']}"
        if message is None:
            yield Finding(LOST, f"{name} is not on the phone")
        elif letter["kind"] == DRAFT:
            yield from _draft(evidence, letter, message, name)
        else:
            yield from _need(evidence, letter, message, name)


def _draft(evidence: Evidence, letter: Row, message: Message, name: str) -> Iterator[Finding]:
    """An open draft can be posted or thrown away, whatever it asks for just now; an ended one has no buttons."""
    owner, number = letter["notice"]["person_id"], letter["notice"]["number"]
    there = any(draft["open"] and (draft["person_id"], draft["number"]) == (owner, number) for draft in evidence.drafts)
    if there != bool(_kinds(message) & {"dp", "dx"}):
        yield Finding(WRONG, f"{name} has {sorted(_kinds(message))}, and the draft is {'open' if there else 'ended'}")


def _need(evidence: Evidence, letter: Row, message: Message, name: str) -> Iterator[Finding]:
    need = evidence.needs.get(letter["notice"]["need_id"])
    if need is None:
        yield Finding(LOST, f"{name} shows what is not there")
        return
    reader, along = evidence.person(letter["chat_id"]), _along(evidence, need["id"])
    found = _kinds(message) & BUTTONS[letter["kind"]]
    wanted = _shared(letter, need, reader, along) or _wanted(letter, need, reader)
    if found != wanted:
        yield Finding(WRONG, f"{name} has {sorted(found)}, not {sorted(wanted)}; the need is {need['state']}")
    if f"#{need['id']} " not in message.text:
        yield Finding(WRONG, f"{name} does not name it, it says {message.text[:30]!r}")


def _kinds(message: Message) -> set[str]:
    rows = (message.markup or {}).get("inline_keyboard", [])
    return {button.get("callback_data", "").split(":")[0] for row in rows for button in row}


def _wanted(letter: Row, need: Row, reader: int | None) -> set[str]:
    """Those of the card's BUTTONS that must be on it."""
    state = need["state"]
    match letter["kind"], state:
        case "ResidentCard", "open" | "claimed" | "disputed":
            return {"nx"}
        case "ClosingCard", "done":
            return {"ny", "nw"}
        case "ClosingCard", "closed" if need["stars"] is None:
            return {"ns"}
        case "OfferCard" | "GroupCard" | "DeskCard", "open":
            return {"nc"}
        case "OfferCard", "claimed" if need["claimed_by"] == reader:
            return {"nf", "nr"}
        case "DeskCard", "claimed":
            return {"nb"}
        case "DeskCard", "disputed":
            return {"nj"}
    return set()


def _along(evidence: Evidence, need_id: int) -> set[int]:
    """Who comes along with whoever claimed it."""
    rows = evidence.rows("seat_people", "need_id")
    return {row["person_id"] for row in rows if row["need_id"] == need_id and row["left_at"] is None}


def _shared(letter: Row, need: Row, reader: int | None, along: set[int]) -> set[str]:
    """The same where several go: whoever comes along may leave, and whoever does not may come along while a seat is empty."""
    if need["state"] != "claimed" or letter["kind"] == "ResidentCard":
        return set()
    going = {need["claimed_by"], *along}
    if letter["kind"] == "OfferCard" and reader in going:
        return {"nr"} if reader in along else set()
    join = {"nc"} if need["pair"] and len(going) < 2 and reader not in going else set()
    return join | {"nb"} if letter["kind"] == "DeskCard" else join


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
        need["person_id"] == resident
        and need["state"] == "claimed"
        and (need["claimed_by"] == reader or reader in _along(evidence, need["id"]))
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
        if event["event"] in ("claimed", "joined") and need_id in evidence.needs
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


def homes(evidence: Evidence) -> Iterator[Finding]:
    """No message is home to two cards: they would draw over each other."""
    living = [letter for letter in evidence.letters if letter["subject"] is not None and letter["dead_at"] is None]
    places = Counter((letter["chat_id"], letter["message_id"]) for letter in living if letter["message_id"] is not None)
    for (chat_id, message_id), number in places.items():
        if number > 1:
            yield Finding(WRONG, f"{number} cards live in message {message_id} of chat {chat_id}")


CHECKS = (cards, homes, claimers, addresses, showings)
