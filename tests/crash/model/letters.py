"""Every letter of the outbox was taken by Telegram at least once; what was taken more often is counted."""

from collections import Counter
from collections.abc import Iterator

from sandbox import Call
from tests.crash.databases import Row
from tests.crash.model.evidence import LOST, WRONG, Evidence, Finding

MENU = "MenuChanged"
NOT_MODIFIED = "message is not modified"
# Refusals that mean that an edit has nothing left to do.
DONE_ALREADY = (NOT_MODIFIED, "message to edit not found")
# Why a card may be given up: its need has another card in the same message now.
TAKEN_OVER = "another card took its message"
# What says nothing of what was said: limits, and faults that were ordered.
TROUBLE = (429, 500, 502)


def accepted(evidence: Evidence) -> Iterator[Finding]:
    """Said at least once, or given up with a reason; nothing still waits."""
    # Most is a message; a sheet is a document.
    sent = {(call.chat_id, call.message_id) for call in evidence.calls if call.ok and call.method.startswith("send")}
    edited = {(call.chat_id, call.parameters.get("message_id")) for call in evidence.calls if _edited(call)}
    menus = {_menu_chat(call) for call in evidence.calls if call.ok and call.method.endswith("MyCommands")}
    # What the end of a copy put there when nobody spoke any more waits for the next start.
    for letter in (letter for letter in evidence.letters if letter["id"] <= evidence.last_letter):
        name = f"letter {letter['id']} ({letter['kind']})"
        if letter["dead_at"] is not None and letter["error"] == TAKEN_OVER:
            continue
        if letter["dead_at"] is not None:
            # Nobody in the town is out of reach, so nothing may be given up.
            yield Finding(WRONG, f"{name} was given up: {letter['error'] or 'and nobody knows why'}")
        elif letter["send_at"] is not None:
            yield Finding(LOST, f"{name} still waits: {letter['error'] or 'never tried'}")
        elif letter["kind"] == MENU:
            if letter["chat_id"] not in menus:
                yield Finding(LOST, f"{name} was never accepted")
        elif _edits(letter):
            if (letter["chat_id"], letter["notice"]["message_id"]) not in edited:
                yield Finding(LOST, f"{name} was never accepted")
        elif (letter["chat_id"], letter["message_id"]) not in sent:
            yield Finding(LOST, f"{name} was never accepted")


def _edited(call: Call) -> bool:
    return call.method == "editMessageText" and (call.ok or any(words in str(call.error) for words in DONE_ALREADY))


def _menu_chat(call: Call) -> int | None:
    scope = call.parameters.get("scope") or {}
    return scope.get("chat_id") if isinstance(scope, dict) else None


def repeated(evidence: Evidence) -> list[Call]:
    """Messages that were taken once more than they had to be: no letter remembers them."""
    known = {(letter["chat_id"], letter["message_id"]) for letter in evidence.letters}
    known |= {(letter["chat_id"], letter["notice"]["message_id"]) for letter in evidence.letters if _edits(letter)}
    return [call for call in evidence.accepted("sendMessage") if (call.chat_id, call.message_id) not in known]


def _edits(letter: Row) -> bool:
    """Whether it names an older message, to which something is done (it is blanked, its buttons go)."""
    return "message_id" in letter["notice"]


def repeated_edits(evidence: Evidence) -> int:
    """Edits that changed nothing, because they had been made before."""
    return sum(not call.ok and NOT_MODIFIED in str(call.error) for call in evidence.calls)


def refusals(evidence: Evidence) -> Iterator[Finding]:
    """Telegram found no fault with what was said, and ignored nothing of it."""
    faults: Counter[str] = Counter()
    for call in evidence.calls:
        expected = (
            call.ok or call.code in TROUBLE or any(words in str(call.error) for words in (*DONE_ALREADY, "Conflict"))
        )
        if not expected and call.method != "answerCallbackQuery":
            faults[f"{call.method}: {call.error}"] += 1
    for fault, number in faults.items():
        yield Finding(WRONG, f"Telegram refused {number} times, {fault}")
    for words in sorted(set(evidence.town.sandbox.unknown_parameters)):
        yield Finding(WRONG, f"Telegram would ignore {words}")


CHECKS = (accepted, refusals)
