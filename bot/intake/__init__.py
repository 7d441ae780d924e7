"""Updates come in, by polling or by webhook, and are acknowledged only when what they did is committed.

Telegram itself keeps every update until then; there is no other store. What was handled and not acknowledged comes again and
is known by its id.
"""

from bot.intake.handling import Answer, Dispatch, Speaker
from bot.intake.polling import Polling
from bot.intake.webhook import Webhook

__all__ = ["Answer", "Dispatch", "Polling", "Speaker", "Webhook"]
