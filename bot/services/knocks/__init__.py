"""Rounds: who has the list, what they find at the door or on the telephone, and whoever takes over."""

from bot.services.knocks.lists import (
    accept,
    begin,
    begin_by_card,
    could_take,
    decline,
    lists_for,
    may_give,
    may_take,
    offer,
    step_due,
    take_over,
    unreachable,
)
from bot.services.knocks.rounds import in_walking_order, join, lookers, pairs_of
from bot.services.knocks.visits import may_record, moved, not_there, record, undo

__all__ = [
    "accept",
    "begin",
    "begin_by_card",
    "could_take",
    "decline",
    "in_walking_order",
    "join",
    "lists_for",
    "lookers",
    "may_give",
    "may_record",
    "may_take",
    "moved",
    "not_there",
    "offer",
    "pairs_of",
    "record",
    "step_due",
    "take_over",
    "undo",
    "unreachable",
]
