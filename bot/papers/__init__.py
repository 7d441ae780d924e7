"""Everything that is printed, drawn or exported: sheets for when the program or Telegram is down, a month's figures, posters."""

from bot.domain.exports import Record
from bot.domain.figures import Picture, Sheet, Workbook
from bot.domain.listings import Content, Kept
from bot.domain.posters import PosterBook
from bot.domain.sheets import Paper
from bot.papers import exports, figures, posters, sheets


def render(made: Paper | Picture | Workbook | Sheet | Record | PosterBook | Content | Kept) -> bytes:
    """The file. Slow (up to a second or two): never on the event loop, never inside a transaction."""
    match made:
        case Paper():
            return sheets.render(made)
        case Picture():
            return figures.picture(made)
        case Workbook():
            return figures.workbook(made)
        case Sheet():
            return figures.table(made)
        case Record():
            return exports.render(made)
        case PosterBook():
            return posters.render(made)
        case Content():
            return made.made
        case Kept():
            raise LookupError("what lies in pieces is put together before it is sent")
