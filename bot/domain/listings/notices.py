"""What is shown and said of lists and their files."""

from dataclasses import dataclass

from bot.domain.notices import Card, Notice, Priority


@dataclass(frozen=True)
class ListingCard(Card):
    """To whoever is in charge: a list, filtered as they left it."""

    priority = Priority.ANSWER
    listing_id: int

    @property
    def subject(self) -> str:
        """The list that it shows."""
        return f"listing:{self.listing_id}"


@dataclass(frozen=True)
class SearchAsked(Notice):
    """What is looked for? Please write it."""

    priority = Priority.ANSWER
    listing_id: int


@dataclass(frozen=True)
class ExportCard(Card):
    """To whoever asked for a file: how much of it is there."""

    priority = Priority.ANSWER
    export_id: int

    @property
    def subject(self) -> str:
        """The file that is being made."""
        return f"export:{self.export_id}"


@dataclass(frozen=True)
class ListingFile(Notice):
    """A part of the file, counted from 1."""

    priority = Priority.ANSWER
    export_id: int
    part: int


@dataclass(frozen=True)
class Kept:
    """A file that lies ready in pieces: it is put together when it is sent."""

    export_id: int
    part: int


@dataclass(frozen=True)
class Content:
    """A file as it is."""

    made: bytes
