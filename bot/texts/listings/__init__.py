"""Lists of whoever is in charge, on a card and as a table."""

from collections.abc import Callable, Mapping

from bot.domain.listings import ExportCard, ListingCard, ListingFile, SearchAsked
from bot.domain.notices import Notice
from bot.texts.listings.buttons import (
    ClearList,
    ExportList,
    FilterList,
    OpenList,
    SearchList,
    StopExport,
    TurnList,
    UncoverList,
)
from bot.texts.listings.cards import export_card, listing_card, listing_file, search_asked
from bot.texts.listings.tables import cells, header
from bot.texts.message import Message

CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    ListingCard: listing_card,
    SearchAsked: search_asked,
    ExportCard: export_card,
    ListingFile: listing_file,
}

__all__ = [
    "CARDS",
    "ClearList",
    "ExportList",
    "FilterList",
    "OpenList",
    "SearchList",
    "StopExport",
    "TurnList",
    "UncoverList",
    "cells",
    "header",
]
