"""Receipts: who pays, what it came to, and that it is settled."""

from bot.domain.errors import ButtonInvalid
from bot.domain.receipts import BudgetAsked, Payer, ReceiptPhotoAsked, amount_in
from bot.handlers.turn import Capability, Plain, Reply, Said, Sent, Turn, reply
from bot.services import people, receipts
from bot.services.views import receipts as views
from bot.texts import receipts as texts
from bot.texts.money import AskBudget


def ask_budget(turn: Turn[AskBudget]) -> Reply:
    """Who pays?"""
    receipts.require_budget(turn.tx, turn.actor, turn.input.noun, turn.input.number)
    return reply(BudgetAsked(turn.input.noun, turn.input.number))


def choose(turn: Turn[texts.SetPayer]) -> Reply:
    """This is who pays."""
    tapped = turn.input
    if tapped.payer not in set(Payer):
        raise ButtonInvalid
    payer = Payer(tapped.payer)
    return reply(
        receipts.choose(turn.tx, turn.actor, turn.home, tapped.noun, tapped.number, payer, now=turn.now), closes=True
    )


def limit(turn: Turn[texts.SetCeiling]) -> Reply:
    """So much at most."""
    tapped = turn.input
    cents = tapped.cents or None
    return reply(
        receipts.limit(turn.tx, turn.actor, turn.home, tapped.noun, tapped.number, cents, now=turn.now), closes=True
    )


def ask(turn: Turn[texts.AskReceipt]) -> Reply:
    """I bought something."""
    return reply(receipts.ask(turn.tx, turn.actor, turn.home, turn.input.visit_id, now=turn.now))


def written(turn: Turn[Said]) -> Reply | None:
    """How much at most, or what it came to."""
    ceiling = receipts.ceiling_asked(turn.question)
    if ceiling is not None:
        cents = amount_in(turn.input.text)
        return reply(receipts.limit(turn.tx, turn.actor, turn.home, *ceiling, cents, now=turn.now), afresh=True)
    question, _, number = (turn.question or "").partition(":")
    if question != receipts.STATE:
        return None
    made = receipts.state(turn.tx, turn.actor, int(number), turn.input.text, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, f"{receipts.PHOTO}:{made.id}", now=turn.now)
    return reply(ReceiptPhotoAsked(made.id))


def sent(turn: Turn[Sent]) -> Reply | None:
    """A photo of the receipt, perhaps with what it came to."""
    question, _, number = (turn.question or "").partition(":")
    if question not in (receipts.STATE, receipts.PHOTO):
        return None
    receipt_id = int(number)
    if question == receipts.STATE:
        receipt_id = receipts.state(turn.tx, turn.actor, receipt_id, turn.input.words, now=turn.now).id
    receipts.add_photo(turn.tx, turn.actor, turn.home, receipt_id, turn.input, at=turn.said_at, now=turn.now)
    people.ask(turn.tx, turn.actor, turn.home, None, now=turn.now)
    return reply()


def agree(turn: Turn[texts.Settled]) -> Reply:
    """The money is settled."""
    receipts.agree(turn.tx, turn.actor, turn.input.receipt_id, now=turn.now)
    return reply(toast=lambda words: words.say("Noted. Thank you!"))


def dispute(turn: Turn[texts.NotRight]) -> Reply:
    """That is not right."""
    receipts.dispute(turn.tx, turn.actor, turn.input.receipt_id, now=turn.now)
    return reply(toast=lambda words: words.say("A coordinator sees to it and will answer you here."))


def close(turn: Turn[texts.CloseReceipt]) -> Reply:
    """Who is in charge has seen to it."""
    receipts.close(turn.tx, turn.actor, turn.input.receipt_id, now=turn.now)
    return reply(toast=lambda words: words.say("Both are told."))


CAPABILITY = Capability(
    commands={},
    taps={
        AskBudget: ask_budget,
        texts.SetPayer: choose,
        texts.SetCeiling: limit,
        texts.AskReceipt: ask,
        texts.Settled: agree,
        texts.NotRight: dispute,
        texts.CloseReceipt: close,
    },
    plain={Plain.ANSWER: written},
    media={Plain.ANSWER: sent},
    views=views.VIEWS,
    cards=texts.CARDS,
)
