"""What can be tapped on a list."""

from bot.texts.buttons import Button


class OpenList(Button, code="dlo"):
    """The list of what stands so; "" for the usual one."""

    book: str
    stand: str


class TurnList(Button, code="dlt"):
    """Another page or screen of this list."""

    listing_id: int
    screen: str
    page: int


class FilterList(Button, code="dlf"):
    """Only what is so; "" leaves everything in."""

    listing_id: int
    field: str
    value: str


class ClearList(Button, code="dlc"):
    """Everything again."""

    listing_id: int


class SearchList(Button, code="dlq"):
    """I look for something."""

    listing_id: int


class UncoverList(Button, code="dlu"):
    """Show me the telephones of this page."""

    listing_id: int


class ExportList(Button, code="dlx"):
    """I want this as a file: csv or xlsx."""

    listing_id: int
    form: str


class StopExport(Button, code="dlz"):
    """I do not need the file any more."""

    export_id: int
