"""What time cannot move on: nothing to tap, only to read."""

from bot.handlers.turn import Capability
from bot.services.views import stuck as views
from bot.texts import stuck as texts

CAPABILITY = Capability(commands={}, taps={}, views=views.VIEWS, cards=texts.CARDS)
