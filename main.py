"""The command line: demo, run, migrate, invite, areas, posters, bot, backup, restore, move, rotate-key, doctor."""

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from bot.clock import SystemClock
from bot.domain.categories import CatalogueBroken
from bot.logs import Mask, configure
from bot.reporting import ReportingMissing, begin
from bot.settings import Settings, SettingsError, read_settings
from bot.storage.database import DatabaseUnavailable, Transaction
from bot.storage.migrate import NewerDatabase
from bot.storage.vault import WrongKey

T = TypeVar("T")


class SettingsFault(click.ClickException):
    """Settings that need mending."""

    exit_code = 2


class DatabaseFault(click.ClickException):
    """The database cannot be used."""

    exit_code = 3


class TelegramFault(click.ClickException):
    """Telegram does not answer, or does not know us."""

    exit_code = 4


class InputFault(click.ClickException):
    """What was given on the command line cannot be used."""

    exit_code = 5


def settings_of(*, token_needed: bool = False) -> Settings:
    """The settings, or every fault of theirs at once."""
    try:
        settings = read_settings(token_needed=token_needed)
    except SettingsError as error:
        raise SettingsFault("\n       ".join(("these settings need mending:", *error.faults))) from None
    for warning in settings.warnings:
        click.echo(f"Note: {warning}", err=True)
    configure(settings.log_level, as_json=settings.log_format == "json", secrets=settings.secrets)
    return settings


def perform(work: Awaitable[T]) -> T:
    """Run to the end; what can go wrong outside our hands becomes one line and an exit code."""
    from telegram.error import InvalidToken, NetworkError

    from scheduler.naming import CopyTaken

    async def whole() -> T:
        return await work

    try:
        return asyncio.run(whole())
    except CatalogueBroken as error:
        raise SettingsFault("\n       ".join(("the file of categories needs mending:", *error.faults))) from None
    except DatabaseUnavailable as error:
        raise DatabaseFault(f"the database cannot be used: {error}") from None
    except CopyTaken as error:
        raise SettingsFault(
            f"another copy named {error} runs on this database: give each its own name with LINLI_COPY"
        ) from None
    except NewerDatabase as error:
        raise DatabaseFault(f"{error}: start that version, or restore a backup of this one") from None
    except WrongKey:
        raise DatabaseFault(
            "the database was written with another secret key: put the right file at LINLI_SECRET_KEY_FILE"
        ) from None
    except InvalidToken:
        raise TelegramFault("Telegram does not know this token: see LINLI_BOT_TOKEN") from None
    except NetworkError as error:
        raise TelegramFault(f"Telegram cannot be reached ({type(error).__name__}): see LINLI_BOT_API_URL") from None


@contextlib.asynccontextmanager
async def stopping() -> AsyncIterator[asyncio.Event]:
    """An event that is set when the machine asks the program to stop (SIGTERM, Ctrl-C)."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    yield stop


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Linli (邻里): a community's service desk in a Telegram chat.

    Settings are environment variables that begin with LINLI_, or lines of a file named .env.
    """


@cli.command()
@click.option("--reset", is_flag=True, help="Forget everything and start anew with a small lived-in community.")
@click.option(
    "--port", default=8090, show_default=True, help="Where the page is served on 127.0.0.1 (0: any free port)."
)
def demo(reset: bool, port: int) -> None:
    """Play the whole program in the browser, with a Telegram of our own: no token, no network."""
    from bot.demo import PortTaken, play

    async def work() -> None:
        async with stopping() as stop:
            await play(settings_of(), reset=reset, port=port, stop=stop, say=click.echo)

    try:
        perform(work())
    except PortTaken:
        raise InputFault(
            f"something listens at port {port} already, perhaps a demo that still runs:"
            f" open http://127.0.0.1:{port} or choose another port with --port (0: any free one)"
        ) from None


@cli.command()
def run() -> None:
    """Run the bot for real, with the token in LINLI_BOT_TOKEN."""
    from bot.app import opened_program

    settings = settings_of(token_needed=True)
    try:
        begin(settings.sentry_dsn, copy=settings.copy, mask=Mask(settings.secrets))
    except ReportingMissing:
        raise SettingsFault(
            "LINLI_SENTRY_DSN is set, but what reports errors is not installed:"
            " .venv/bin/python -m pip install 'sentry-sdk>=2.20,<3', or take the setting away"
        ) from None

    async def work() -> None:
        async with stopping() as stop, opened_program(settings, say=click.echo) as program:
            link = await program.first_link()
            if link is not None:
                click.echo(
                    f"Nobody is in charge yet. Open this link in Telegram to become the administrator (once):\n  {link}"
                )
            click.echo(f"@{program.home.bot_username} is running. Ctrl-C stops it.")
            await program.run(stop)

    perform(work())


@cli.command()
def migrate() -> None:
    """Bring the database to this version's schema (run does it by itself)."""
    from bot.app import opened_database

    settings = settings_of()

    async def work() -> None:
        async with opened_database(settings, say=click.echo):
            click.echo("The database is up to date.")

    perform(work())


@cli.command()
@click.option("--role", type=click.Choice(["administrator", "coordinator", "leader", "volunteer"]), required=True)
@click.option("--area", "area_code", help="The area's code (see `areas list`); by default the first area.")
@click.option(
    "--skill", "skills", multiple=True, help="A skill that comes with it: escort, repairs, haircut, driver, mediation …"
)
def invite(role: str, area_code: str | None, skills: tuple[str, ...]) -> None:
    """Print a link that gives ROLE to the first person who opens it, within seven days."""
    from bot.app import invitation

    settings = settings_of(token_needed=True)
    link = perform(invitation(settings, role, area_code, skills, say=click.echo))
    if link is None:
        raise InputFault(f"there is no area with the code {area_code}: see `python main.py areas list`")
    click.echo(link)


@cli.group()
def areas() -> None:
    """Districts, streets, communities, grids and buildings."""


@areas.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_areas(file: Path) -> None:
    """Import a CSV file (columns: code,parent,kind,name or 编号,上级,类型,名称), all of it or nothing."""
    from bot.domain.areas import Faults
    from bot.services.areas import import_areas as keep
    from bot.services.areas import plan_import

    plan = plan_import(file.read_bytes())
    settings = settings_of()
    done = plan if isinstance(plan, Faults) else with_database(settings, lambda tx, now: keep(tx, plan, now=now))
    if isinstance(done, Faults):
        raise InputFault("nothing was imported:\n" + "\n".join(f"  {fault}" for fault in done.faults))
    click.echo(f"{done.added} areas made, {done.renamed} renamed.")


@areas.command("links")
@click.argument("codes", nargs=-1)
def area_links(codes: tuple[str, ...]) -> None:
    """Print the link behind each building's poster (or of the areas with these CODES): whoever opens it is enrolled there."""
    from bot.app import poster_links

    listed = perform(poster_links(settings_of(token_needed=True), codes, say=click.echo))
    for name, link in listed:
        click.echo(f"{name}\t{link}")
    if not listed:
        raise InputFault("there is no building, or no area with such a code: see `python main.py areas list`")


@areas.command("list")
def list_areas() -> None:
    """Print the tree of areas with their codes."""
    from bot.storage.areas import line, whole

    for area, depth in with_database(
        settings_of(), lambda tx, _: [(one, len(line(tx, one.id)) - 1) for one in whole(tx)]
    ):
        click.echo(f"{'  ' * depth}{area.name} ({area.kind.value}, {area.code})")


@cli.group("bot")
def further_bots() -> None:
    """Bots besides the deployment's own: each serves a place and all below it, with a pace of its own."""


@further_bots.command("add")
@click.option("--area", "area_code", required=True, help="The place that it serves: its code (see `areas list`).")
@click.option(
    "--token-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Where its token stands."
)
def add_bot(area_code: str, token_file: Path | None) -> None:
    """Add a bot, or give a known one a new token or place. Its token is asked for, or read from a file; never typed here.

    Running copies begin to speak for it within seconds.
    """
    from bot.app import BotRefused, add_bot

    token = token_file.read_text(encoding="utf-8") if token_file else click.prompt("Its token", hide_input=True)
    try:
        entry = perform(add_bot(settings_of(), token.strip(), area_code, say=click.echo))
    except BotRefused as error:
        raise InputFault(str(error)) from None
    click.echo(f"@{entry.username} ({entry.id}) serves {area_code}.")


@further_bots.command("list")
def list_bots() -> None:
    """Print the bots that were added, each with its place."""
    from bot.storage.areas import get
    from bot.storage.bots import every

    for entry, code in with_database(
        settings_of(), lambda tx, _: [(one, get(tx, one.area_id).code) for one in every(tx)]
    ):
        click.echo(f"{entry.id}\t@{entry.username}\t{code}")


@further_bots.command("remove")
@click.argument("number", type=int)
def remove_bot(number: int) -> None:
    """Let the bot with this NUMBER go: running copies stop speaking for it within seconds."""
    from bot.services.bots import remove

    if not with_database(settings_of(), lambda tx, now: remove(tx, number, now=now)):
        raise InputFault(f"there is no bot {number}: see `python main.py bot list`")


@cli.command()
@click.option("--area", "area_code", help="The area's code (see `areas list`); by default every community.")
@click.option(
    "--language",
    "languages",
    type=click.Choice(["zh", "en"]),
    multiple=True,
    help="zh or en; twice for both, the first in large letters. By default both.",
)
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path("posters"), show_default=True
)
@click.option("--bot", "username", help="The bot's name, where neither a token nor the database tells it.")
def posters(area_code: str | None, languages: tuple[str, ...], folder: Path, username: str | None) -> None:
    """Write posters to print, a page a building: whoever scans the code is enrolled in that building."""
    from bot.domain.people import Language
    from bot.printing import CannotPrint, print_posters

    settings = settings_of()
    home = settings.language.value
    chosen = tuple(dict.fromkeys(Language(word) for word in languages or (home, *(one.value for one in Language))))
    try:
        printed = perform(print_posters(settings, area_code, chosen, folder, username, say=click.echo))
    except CannotPrint as error:
        raise InputFault(str(error)) from None
    except OSError as error:
        raise InputFault(f"the posters cannot be written to {folder}: {error.strerror}") from None
    for one in printed:
        click.echo(f"{one.path}\t{one.pages} page{'' if one.pages == 1 else 's'}")


@cli.command()
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="The folder; by default LINLI_BACKUPS."
)
def backup(folder: Path | None) -> None:
    """Copy the database into a folder, while the program runs; sealed if there is a LINLI_BACKUP_KEY."""
    from bot.backups import back_up
    from bot.storage.backups.copies import BackupImpossible

    settings = settings_of()
    target = folder or settings.backups
    if target is None:
        raise InputFault("where to? Give a folder with --to, or set LINLI_BACKUPS")
    try:
        made = perform(back_up(settings, target))
    except BackupImpossible as error:
        raise DatabaseFault(f"no backup was made: {error}") from None
    click.echo(f"{made.path}\t{made.manifest.size_bytes} bytes{', sealed' if made.manifest.sealed else ''}")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask first.")
def restore(file: Path, yes: bool) -> None:
    """Put the backup in FILE in the database's place: everything that happened after it is lost."""
    from bot.backups import restore as put_back
    from bot.domain.backups import Unusable

    settings = settings_of()
    if not yes:
        click.confirm("Everything that happened after this backup will be lost. Go on?", abort=True)
    try:
        done = perform(put_back(settings, file, say=click.echo))
    except Unusable as error:
        raise InputFault(f"{file.name} was not restored: {error}") from None
    if done.aside:
        click.echo(f"What was there before is kept: {done.aside}")
    click.echo("Restored. Whoever is in charge is told at the next start what is missing and what to look at.")


@cli.command()
@click.option("--to", help="An empty PostgreSQL database: postgresql://user:password@host/name")
@click.option("--back", is_flag=True, help="Live in the SQLite file again, as it was when it was moved.")
def move(to: str | None, back: bool) -> None:
    """Carry the community from SQLite to PostgreSQL; broken off, it goes on where it was. The program must not run."""
    from bot.moving import come_back
    from bot.storage.moving import CannotMove

    settings = settings_of()
    try:
        if back:
            told = "The community lives here again." if perform(come_back(settings)) else "It was not moved from here."
            click.echo(told)
        elif to is None:
            raise InputFault("where to? Give an empty database with --to postgresql://user:password@host/name")
        else:
            perform(carried(settings, to))
            click.echo(
                "Moved and compared, row by row. Set LINLI_DATABASE_URL to the new database, and start the program."
            )
    except CannotMove as error:
        raise InputFault(f"nothing was moved: {error}") from None


async def carried(settings: Settings, to: str) -> None:
    """Carry, compare, arrive, with a bar for each of the first two."""
    from bot.moving import opened_move

    async with opened_move(settings, to) as one:
        rows = await one.rows()
        for label, deed in (("Carrying ", one.carry), ("Comparing", one.check)):
            with click.progressbar(length=rows, label=label) as bar:
                await deed(bar.update)
        await one.arrive()


@cli.command("rotate-key")
@click.option("--drop-old", is_flag=True, help="Take the older keys out of the key file, once nothing hangs on them.")
def rotate_key(drop_old: bool) -> None:
    """Make a new secret key and seal everything anew with it, while the program runs; broken off, it goes on where it was."""
    from bot.keys import NotYet, rotate
    from bot.keys import drop_old as let_go

    settings = settings_of()
    try:
        if drop_old:
            gone = perform(let_go(settings, say=click.echo))
            click.echo(f"Dropped: {', '.join(gone)}." if gone else "There is one key only.")
        else:
            key_id = perform(rotate(settings, say=click.echo))
            click.echo(f"Everything hangs on {key_id}. Let go of the older one with --drop-old, in two days or later.")
    except NotYet as error:
        raise InputFault(str(error)) from None


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For scripts: one object with all findings.")
def doctor(as_json: bool) -> None:
    """Look whether everything that the program needs is in order, and say what to do where it is not.

    Ends with 0 when all is, with 1 when something is to be mended, with 2 when the settings cannot be used.
    """
    from bot.doctor import examine

    findings = perform(examine(settings_of()))
    fine = all(finding.fine for finding in findings)
    if as_json:
        listed = [asdict(finding) for finding in findings]
        click.echo(json.dumps({"fine": fine, "findings": listed}, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo(finding.line)
    if not fine:
        sys.exit(1)


def with_database(settings: Settings, work: Callable[[Transaction, datetime], T]) -> T:
    """Do something in one transaction."""
    from bot.app import opened_database

    async def whole() -> T:
        async with opened_database(settings, say=click.echo) as database:
            return await database.transaction(lambda tx: work(tx, SystemClock().now()))

    return perform(whole())


if __name__ == "__main__":
    cli()
