"""Amounts of money and who pays, as several cards say it."""

from decimal import Decimal

from babel.numbers import format_currency

from bot.domain.receipts import Budget, Payer
from bot.texts.buttons import Button
from bot.texts.message import Key
from bot.texts.words import LOCALES, Html, Words, safe


class AskBudget(Button, code="mob"):
    """Who pays for what is bought? draft or need, and its number."""

    noun: str
    number: int


def amount(cents: int, words: Words) -> Html:
    """An amount in the community's currency, "¥86.50"."""
    return safe(format_currency(Decimal(cents) / 100, words.home.currency, locale=LOCALES[words.language]))


def paying(budget: Budget | None, words: Words) -> Html | None:
    """Who pays, and up to how much; None: nothing is said of it."""
    if budget is None:
        return None
    most = None if budget.ceiling is None else amount(budget.ceiling, words)
    if budget.payer is Payer.BEFOREHAND:
        said = words.say("💰 The resident gives the money beforehand")
        return words.say("{said}, up to {most}.", said=said, most=most) if most else words.say("{said}.", said=said)
    if budget.payer is Payer.AFTERWARDS:
        said = words.say("💰 The helper lays the money out and gets it back")
        return words.say("{said}, up to {most}.", said=said, most=most) if most else words.say("{said}.", said=said)
    if budget.payer is Payer.PAID:
        return words.say("💰 It is paid for already.")
    return words.say("💰 It costs nothing.")


def budget_key(noun: str, number: int, words: Words) -> Key:
    """The key behind which one says who pays."""
    return Key(words.say("💰 Money"), AskBudget(noun, number).code)
