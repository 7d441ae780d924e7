"""The copies of the program: nothing to tap, only to read."""

from bot.handlers.turn import Capability
from bot.services.views import pulses as views
from bot.texts import pulses as texts

CAPABILITY = Capability(commands={}, taps={}, views=views.VIEWS, cards=texts.CARDS)
