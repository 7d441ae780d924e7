"""Whoever has duty next and cannot be reached: nothing to tap, only to read."""

from bot.handlers.turn import Capability
from bot.services.views import responders as views
from bot.texts import responders as texts

CAPABILITY = Capability(commands={}, taps={}, views=views.VIEWS, cards=texts.CARDS)
