"""Beneficiaries: a draft for somebody else, one question at a time."""

from bot.handlers.turn import Capability, Contacted, Plain, Reply, Said, Turn, reply
from bot.services import beneficiaries
from bot.services.views import beneficiaries as views
from bot.texts import beneficiaries as texts


def ask(turn: Turn[texts.ForAnother]) -> Reply:
    """It is for somebody else."""
    return reply(beneficiaries.ask_name(turn.tx, turn.actor, turn.home, turn.input.number, now=turn.now))


def answer(turn: Turn[Said]) -> Reply | None:
    """Their name, or where they are to be found."""
    asked = beneficiaries.asked(turn.question)
    if asked is None:
        return None
    then = beneficiaries.answer(turn.tx, turn.actor, turn.home, asked, turn.input.text, now=turn.now)
    return Reply(then, afresh=True)


def card(turn: Turn[Contacted]) -> Reply | None:
    """Both at once, out of an address book."""
    asked = beneficiaries.asked(turn.question)
    if asked is None:
        return None
    who = turn.input
    then = beneficiaries.name_card(
        turn.tx, turn.actor, turn.home, asked[1], who.name, who.telephone, own=who.own, now=turn.now
    )
    return Reply(then, afresh=True)


def go_on(turn: Turn[texts.AskBeneficiary]) -> Reply:
    """Ask me what is missing."""
    return Reply(beneficiaries.go_on(turn.tx, turn.actor, turn.home, turn.input.number, now=turn.now))


def agree(turn: Turn[texts.Agreed]) -> Reply:
    """They agreed."""
    return reply(beneficiaries.agree(turn.tx, turn.actor, turn.input.number, now=turn.now))


def for_oneself(turn: Turn[texts.ForMyself]) -> Reply:
    """It is for me after all."""
    return reply(beneficiaries.for_oneself(turn.tx, turn.actor, turn.home, turn.input.number, now=turn.now))


CAPABILITY = Capability(
    commands={},
    taps={texts.ForAnother: ask, texts.AskBeneficiary: go_on, texts.Agreed: agree, texts.ForMyself: for_oneself},
    views=views.VIEWS,
    cards=texts.CARDS,
    plain={Plain.ANSWER: answer},
    contacts={Plain.ANSWER: card},
)
