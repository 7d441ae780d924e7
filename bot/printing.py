"""What `main.py posters` does: a file for each community, a page a building, to be printed."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from bot import papers
from bot.app import Said, home_of, opened_database, own_bot
from bot.domain.areas import Kind
from bot.domain.people import Language
from bot.domain.posters import PosterBook, PosterPlace
from bot.services import posters
from bot.settings import Settings
from bot.storage import areas, meta
from bot.storage.database import Database, Transaction
from bot.texts.posters import book

# How Telegram lets a bot be called.
USERNAME = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{3,31})")


class CannotPrint(Exception):
    """Something is missing; its words say what to do about it."""


@dataclass(frozen=True)
class Printed:
    """A file that was written, and how many pages are in it."""

    path: Path
    pages: int


async def print_posters(
    settings: Settings,
    code: str | None,
    languages: tuple[Language, ...],
    folder: Path,
    username: str | None,
    *,
    say: Said,
) -> list[Printed]:
    """The posters of a place (None: of all communities), the first language in large letters; CannotPrint."""
    async with opened_database(settings, say=say) as database:
        named = await _username(settings, database, username)
        wanted = await database.read(lambda tx: _wanted(tx, code))
    home = home_of(settings, 0, named)
    books = [(folder / f"posters-{_harmless(code_)}.pdf", book(places, languages, home)) for code_, places in wanted]
    return await asyncio.to_thread(lambda: [_write(path, made) for path, made in books])


def _write(path: Path, made: PosterBook) -> Printed:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(papers.render(made))
    return Printed(path, len(made.pages))


def _harmless(code: str) -> str:
    """An area's code as a part of a file's name."""
    return re.sub(r"[^\w.-]+", "_", code)


def _wanted(tx: Transaction, code: str | None) -> list[tuple[str, list[PosterPlace]]]:
    """(code, its posters) of each community at or below the place; of the place itself where there is none.

    A community in which no building is known yet gets its own poster only when it is asked for, or when all are like that.
    """
    top = None if code is None else areas.by_code(tx, code)
    if code is not None and top is None:
        raise CannotPrint(f"there is no area with the code {code}: see `python main.py areas list`")
    below = areas.whole(tx) if top is None else areas.subtree(tx, top.id)
    chosen = [area for area in below if area.kind is Kind.COMMUNITY] or below[:1]
    found = {area: posters.places(tx, area.id) for area in chosen}
    built = {area: places for area, places in found.items() if places[0].payload != area.payload}
    return [(area.code, places) for area, places in (built or found).items()]


async def _username(settings: Settings, database: Database, given: str | None) -> str:
    """What the links lead to: the name that was given, that the program ran under, or that Telegram tells for the token."""
    if given is not None:
        found = USERNAME.fullmatch(given)
        if found is None:
            raise CannotPrint(f"{given} is no bot's name: it is what stands behind the @, like linli_bot")
        return found[1]
    token = settings.bot_token
    known = await database.read(meta.usernames)
    if token is None:
        return _only(known)
    bot_id = int(token.partition(":")[0])
    if bot_id in known:
        return known[bot_id]
    async with own_bot(settings) as bot:
        return str(bot.username)


def _only(known: dict[int, str]) -> str:
    if len(known) == 1:
        return next(iter(known.values()))
    if known:
        raise CannotPrint(
            f"several bots have run with this database ({', '.join(known.values())}): say which with --bot"
        )
    raise CannotPrint(
        "the bot's name is not known here, and the codes lead to it: set LINLI_BOT_TOKEN, or give it with --bot"
    )
