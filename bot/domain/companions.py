"""Two on one alert: what is said when somebody comes along, or takes it over."""

from bot.domain.alerts import AlertNotice
from bot.domain.notices import Priority


class AlertHandedOver(AlertNotice):
    """To whoever had it: another has it now."""

    priority = Priority.ANSWER


class AlertOffered(AlertNotice):
    """To somebody who could take it over: would you?"""


class AlertDeclined(AlertNotice):
    """To whoever has it: the one who was asked cannot."""

    priority = Priority.ANSWER


class AlertHelpers(AlertNotice):
    """To whoever has it: who could take it over?"""

    priority = Priority.ANSWER
