"""What was put back from a backup: nothing to tap, only to read."""

from bot.handlers.turn import Capability
from bot.services.views import backups as views
from bot.texts import backups as texts

CAPABILITY = Capability(commands={}, taps={}, views=views.VIEWS, cards=texts.CARDS)
