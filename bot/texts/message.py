"""What a text function returns: a message as plain values, before it is put into Telegram's terms."""

from dataclasses import dataclass, field

from bot.domain.exports import Record
from bot.domain.figures import Picture, Workbook
from bot.domain.figures import Sheet as Table
from bot.domain.listings import Content, Kept
from bot.domain.media import File
from bot.domain.posters import PosterBook
from bot.domain.sheets import Paper
from bot.texts.words import plain

# What a button as wide as a narrow phone (360 px) can show.
LABEL_LIMIT = 40


@dataclass(frozen=True)
class Key:
    """One button under a message: it sends back `code` (at most 64 bytes) or opens `url`.

    Whatever is given as `label` becomes plain and short: buttons know no markup, and long names would hide the rest.
    """

    label: str
    code: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        text = plain(self.label)
        short = text if len(text) <= LABEL_LIMIT else f"{text[: LABEL_LIMIT - 1].rstrip()}…"
        object.__setattr__(self, "label", short)


Rows = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True)
class Message:
    """One message. `text` is Telegram's HTML with users' words escaped, at most 4,096 characters.

    `rows` are inline buttons. `big_rows` are the big keys below the input line: None leaves them as they are, an empty
    tuple takes them away. `asks` invites an answer to this very message. `protected` messages cannot be forwarded.
    `thread` is the topic of a group that it goes to, 0 for General; where it stands is no part of what it shows.
    """

    text: str
    rows: Rows = ()
    big_rows: tuple[tuple[str, ...], ...] | None = None
    asks: bool = False
    protected: bool = False
    thread: int = field(default=0, kw_only=True, repr=False)


@dataclass(frozen=True)
class NewTopic(Message):
    """No message at all: a topic to be made in a group, with `text` (at most 128 characters) as its name."""


@dataclass(frozen=True, kw_only=True)
class Document(Message):
    """A file with `text` as its caption (at most 1,024 characters). `paper` is set (a table as PDF, a record as JSON) when it
    is sent: that takes too long for a transaction. One that lies ready in pieces is put together then.
    """

    name: str
    paper: Paper | Workbook | Table | Record | PosterBook | Content | Kept


@dataclass(frozen=True, kw_only=True)
class Drawing(Message):
    """A picture with `text` as its caption (at most 1,024 characters). It is drawn when it is sent, as a document is set."""

    picture: Picture


@dataclass(frozen=True, kw_only=True)
class Enclosure(Message):
    """A voice note or a photo that Telegram has already, for this bot or another of ours, with `text` as its caption (at most
    1,024 characters).

    When Telegram does not know the file any more, or the reader takes no voice notes, `otherwise` is said instead; empty: the
    caption.
    """

    kind: str
    file_id: File
    otherwise: str = ""


@dataclass(frozen=True)
class Toast:
    """The small word that answers a tap; `alert` shows it as a window, `url` opens a link of ours instead."""

    text: str = ""
    alert: bool = False
    url: str | None = None


@dataclass(frozen=True)
class Menu:
    """The command menu of one private chat: (command, description) in the reader's language; empty: the default menu."""

    commands: tuple[tuple[str, str], ...]
