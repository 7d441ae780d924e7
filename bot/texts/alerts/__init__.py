"""What is read when somebody must look: the alert's card, and the words to everyone around it."""

from bot.texts.alerts.buttons import Arrive, AskOutcome, Because, Close, Details, Further, Leave, Take, There
from bot.texts.alerts.cards import CARDS
from bot.texts.alerts.names import cause_label, outcome_name, reason_name

__all__ = [
    "CARDS",
    "Arrive",
    "AskOutcome",
    "Because",
    "Close",
    "Details",
    "Further",
    "Leave",
    "Take",
    "There",
    "cause_label",
    "outcome_name",
    "reason_name",
]
