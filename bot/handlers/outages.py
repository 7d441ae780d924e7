"""What is told after an outage: nothing to tap, only to read."""

from bot.handlers.turn import Capability
from bot.services.views import outages as views
from bot.texts import outages as texts

CAPABILITY = Capability(commands={}, taps={}, views=views.VIEWS, cards=texts.CARDS)
