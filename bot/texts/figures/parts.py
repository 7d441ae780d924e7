"""What the month's texts have in common: its buttons and its name."""

from bot.domain.figures import Month
from bot.texts.buttons import Button
from bot.texts.words import Html, Words


class OtherMonth(Button, code="fm"):
    """This month of this place (202611)."""

    area_id: int
    month: int


class OtherPlace(Button, code="jq"):
    """This month of another place, in a message of its own."""

    area_id: int
    month: int


class MonthAsPicture(Button, code="jp"):
    """The same as a picture."""

    area_id: int
    month: int


class MonthAsWorkbook(Button, code="jx"):
    """The same as a workbook."""

    area_id: int
    month: int


class MonthAsTables(Button, code="jc"):
    """The same as plain tables."""

    area_id: int
    month: int


def month_name(month: Month, words: Words) -> Html:
    """ "3/2026"."""
    return words.say("{month}/{year}", month=month.month, year=month.year)
