"""Disputes: what is wrong, how it was for whoever helped, and a coordinator's decision with a word to both."""

from bot.domain.disputes import SideKept, SideWordsAsked, VerdictAsked, VerdictKept, VerdictOffered
from bot.domain.needs import RemarkAsked, RemarkKept
from bot.handlers.turn import Capability, Plain, Reply, Said, Turn, reply
from bot.services import disputes, needs, people
from bot.services.views import disputes as views
from bot.texts import disputes as texts
from bot.texts import needs as need_texts

REMARK, SIDE, VERDICT = "remark", "side", "verdict"


def ask_remark(turn: Turn[need_texts.Dispute]) -> Reply:
    """Something is wrong: what?"""
    need = needs.may_dispute(turn.tx, turn.actor, turn.input.need_id, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, f"{REMARK}:{need.id}:{need.state.value}", now=turn.now)
    return reply(RemarkAsked(turn.input.need_id))


def decide(turn: Turn[need_texts.Decide]) -> Reply:
    """A coordinator decides."""
    disputes.decide(turn.tx, turn.actor, turn.home, turn.input.need_id, again=turn.input.again == 1, now=turn.now)
    return reply(VerdictOffered(turn.input.need_id), toast=lambda words: words.say("Both are told."))


def ask_side(turn: Turn[texts.TellSide]) -> Reply:
    """How was it for you?"""
    disputes.side_of(turn.tx, turn.actor, turn.input.need_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{SIDE}:{turn.input.need_id}", now=turn.now)
    return reply(SideWordsAsked(turn.input.need_id))


def nothing(turn: Turn[texts.NothingToAdd]) -> Reply:
    """Nothing to add."""
    disputes.tell(turn.tx, turn.actor, turn.input.need_id, None, now=turn.now)
    return reply(toast=lambda words: words.say("Thank you for saying so."), closes=True)


def ask_verdict(turn: Turn[texts.AddVerdict]) -> Reply:
    """Which word to both?"""
    disputes.decided_by(turn.tx, turn.actor, turn.input.need_id)
    people.ask(turn.tx, turn.actor, turn.home, f"{VERDICT}:{turn.input.need_id}", now=turn.now)
    return reply(VerdictAsked(turn.input.need_id))


def answer(turn: Turn[Said]) -> Reply | None:
    """What is wrong, how it was, or the word to both."""
    question, _, rest = (turn.question or "").partition(":")
    number, _, state = rest.partition(":")
    if question not in (REMARK, SIDE, VERDICT):
        return None
    if question == REMARK and not needs.waits_for_remark(turn.tx, int(number), state):
        return None
    said = _say(turn, question, int(number), turn.input.text)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return said


def _say(turn: Turn[Said], question: str, need_id: int, words: str) -> Reply:
    if question == REMARK:
        disputes.open_(turn.tx, turn.actor, need_id, words, now=turn.now)
        return reply(RemarkKept(need_id))
    if question == SIDE:
        disputes.tell(turn.tx, turn.actor, need_id, words, now=turn.now)
        return reply(SideKept(need_id))
    disputes.say(turn.tx, turn.actor, need_id, words, now=turn.now)
    return reply(VerdictKept(need_id))


CAPABILITY = Capability(
    commands={},
    taps={
        need_texts.Dispute: ask_remark,
        need_texts.Decide: decide,
        texts.TellSide: ask_side,
        texts.NothingToAdd: nothing,
        texts.AddVerdict: ask_verdict,
    },
    plain={Plain.ANSWER: answer},
    views=views.VIEWS,
    cards=texts.CARDS,
)
