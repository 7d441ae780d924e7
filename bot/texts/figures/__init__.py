"""What is read of a month: in the chat, as a picture, as tables. Counts and minutes, nobody's name."""

from collections.abc import Callable, Mapping

from bot.domain.figures import MonthFigures, MonthPicture, MonthTable, MonthWorkbook
from bot.domain.notices import Notice
from bot.texts.figures.drawn import picture
from bot.texts.figures.export import table, workbook
from bot.texts.figures.month import figures
from bot.texts.figures.parts import MonthAsPicture, MonthAsTables, MonthAsWorkbook, OtherMonth, OtherPlace
from bot.texts.message import Message

CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    MonthFigures: figures,
    MonthPicture: picture,
    MonthWorkbook: workbook,
    MonthTable: table,
}

__all__ = ["CARDS", "MonthAsPicture", "MonthAsTables", "MonthAsWorkbook", "OtherMonth", "OtherPlace"]
