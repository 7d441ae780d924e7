"""The morning's sheet: it comes by itself, nobody asks for it."""

from bot.handlers.turn import Capability
from bot.services.views import sheets as views
from bot.texts import sheets as texts

CAPABILITY = Capability(commands={}, taps={}, views=views.VIEWS, cards=texts.CARDS)
