"""Composition root: settings → database → bot → handlers. Nothing else wires anything."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta

from telegram import BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.branch import Bot, make_bot
from bot.branches import Branches
from bot.clock import Clock, SystemClock
from bot.domain.areas import Kind
from bot.domain.bots import BotEntry, bot_id_of
from bot.domain.care_words import load_care_words
from bot.domain.categories import Catalogue, load_catalogue
from bot.domain.home import Home
from bot.domain.people import Language, Person, PersonView, Role
from bot.domain.volunteers import load_rules
from bot.exporting import Exporter
from bot.logs import counted
from bot.metrics import MeasuredDatabase, Metrics
from bot.services import (
    areas,
    bots,
    checkins,
    outages,
    people,
    secrecy,
)
from bot.serving import Health, Readiness, serving
from bot.settings import Settings
from bot.storage import areas as stored_areas
from bot.storage import bots as stored_bots
from bot.storage import meta, migrate, outbox, persons, presence, pulses, vitals
from bot.storage.backups import files
from bot.storage.database import (
    Database,
    DatabaseDamaged,
    DatabaseUnavailable,
    Hook,
    Transaction,
    Unsettled,
    nothing,
    open_database,
)
from bot.storage.vault import Vault, load_keys
from bot.texts.people import commands
from bot.texts.words import Words
from scheduler.auditor import Auditor
from scheduler.backups import Backups
from scheduler.erasures import ErasureLog
from scheduler.hearing import Hearing
from scheduler.housekeeping import Housekeeper, rules_of
from scheduler.keyrings import Keyrings
from scheduler.lag import Lag
from scheduler.naming import Name
from scheduler.responders import LookAhead
from scheduler.sweeps import Sweeper
from scheduler.ticks import Ticks
from scheduler.waiting import next_act, sweeps_of
from scheduler.watchdog import Watchdog

LOG = logging.getLogger(__name__)
STOP_SECONDS = 10
# A pulse is written every ten seconds: what is older says nothing of now.
PULSE_LASTS = timedelta(seconds=30)
NAMES_AT_ONCE = 500
Said = Callable[[str], None]


@asynccontextmanager
async def opened_database(settings: Settings, *, hook: Hook = nothing, say: Said = LOG.info) -> AsyncIterator[Database]:
    """The database, looked at, migrated if it has to be, with its key checked and at least one place in it."""
    keys, made = await asyncio.to_thread(load_keys, settings.secret_key_file)
    if made:
        say(f"A new secret key was made: {settings.secret_key_file}. Keep a copy of it: without it nobody can be read.")
    vault = Vault(keys, reread=lambda: load_keys(settings.secret_key_file)[0])
    try:
        database = await open_database(settings.database_url, vault, hook=hook)
        try:
            await database.check()
            if await migrate.pending(database):
                await asyncio.to_thread(migrate.upgrade, settings.database_url)
            await database.transaction(_prepare)
            yield database
        finally:
            await database.close()
    except DatabaseDamaged as error:
        raise DatabaseUnavailable(f"{error}; {_way_out(settings)}") from error


def _way_out(settings: Settings) -> str:
    """What to do about a damaged file."""
    newest = files.newest(settings.backups)
    if newest is not None:
        return f"put the last backup back: python main.py restore {newest}"
    if settings.backups is None:
        return "put a backup back, if you have one: python main.py restore FILE"
    return f"put a backup back: python main.py restore FILE (there is none in {settings.backups})"


def _prepare(tx: Transaction) -> None:
    meta.check_home(tx)
    meta.check_key(tx)
    areas.ensure_first_area(tx)


def own_bot(settings: Settings) -> Bot:
    """The deployment's own bot."""
    return make_bot(settings.bot_token or "", settings.bot_api_url)


def catalogue_of(settings: Settings) -> Catalogue:
    """The community's categories; CatalogueBroken with every fault at once."""
    return load_catalogue(settings.categories) if settings.categories else load_catalogue()


def make_home(settings: Settings, bot: Bot) -> Home:
    """What every decision may need to know of this deployment."""
    return home_of(settings, bot.id, bot.username)


def home_of(settings: Settings, bot_id: int, bot_username: str) -> Home:
    """The same for a bot that is known by number and name."""
    return Home(
        bot_id=bot_id,
        bot_username=bot_username,
        timezone=settings.timezone,
        language=settings.language,
        catalogue=catalogue_of(settings),
        emergency_numbers=settings.emergency_numbers,
        care_words=load_care_words(settings.care_words) if settings.care_words else load_care_words(),
        emergency_chats=settings.emergency_chats,
        emergency_bot=bot_id,
        rules=load_rules(settings.volunteer_rules) if settings.volunteer_rules else load_rules(),
        waves=settings.waves,
        currency=settings.currency,
        showings=settings.showings,
        inflow=settings.inflow,
    )


class Program:
    """One running copy: its bots, with intake and delivery each, and ticks, around one database.

    `home` and `bot` are the deployment's own; further bots come and go with the rows of the table.
    """

    def __init__(
        self, settings: Settings, database: Database, bot: Bot, home: Home, clock: Clock, *, hook: Hook = nothing
    ) -> None:
        self.metrics = Metrics()
        database = MeasuredDatabase(
            database, lambda kind, took: self.metrics.database_seconds.labels(kind).observe(took)
        )
        self.settings, self.database, self.bot, self.home, self.clock = settings, database, bot, home, clock
        self.name = Name(database, settings.copy)
        self.branches = Branches(settings, database, clock, self.metrics, hook=hook)
        self.own = self.branches.begin(bot, home)
        self.delivery, self.fetcher = self.own.delivery, self.own.fetcher
        self.hearing = Hearing(
            database,
            clock,
            SystemClock(),
            heard_at=self.branches.heard_last,
            caught_up=self.branches.caught_up,
            ask_again=self._ask_again,
        )
        self._others_hear = True
        sweeps = sweeps_of(home, ready=self.ready)
        self.sweeper = Sweeper(database, sweeps, clock, wake=self.branches.wake)
        self.lag, self._stopping = Lag(), False
        self.auditor = auditor = Auditor(
            sweeps,
            bots=lambda: [branch.home.bot_id for branch in self.branches],
            intake_at=self.branches.heard_at,
            tick_at=lambda: self.sweeper.done.at(),
            lag=self.lag.seconds,
        )
        self.watchdog = Watchdog(
            database,
            auditor,
            clock,
            copy=settings.copy,
            emergency=self.emergency,
            heartbeat_url=settings.heartbeat_url,
            hears=lambda: self.hearing.ready() if self.branches.listen else None,
        )
        self.ahead = LookAhead(database, clock, wake=self.branches.wake)
        self.erasures = ErasureLog(database, settings.erasures)
        # Each copy has a folder of its own: what one begins is nobody else's to remove.
        folder = settings.data / "exports" / settings.copy
        self.exporter = Exporter(database, home, clock, folder, wake=self.branches.wake, hook=hook)
        self.keyrings = Keyrings(database, copy=settings.copy)
        self.ticks = Ticks(
            sweep=self.tick,
            fetch=self.branches.fetch,
            export=self.exporter.tick,
            watch=self._watch,
            keep_house=Housekeeper(database, clock, rules=rules_of(settings.kept), zone=settings.timezone).tick,
            sweep_seconds=settings.sweep_seconds,
            look_ahead=self.ahead.tick,
            back_up=backups_of(settings, database, clock).tick,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then finish what is in hand; whatever ends one part by itself ends all of it.

        CopyTaken when another copy of this name runs.
        """
        async with AsyncExitStack() as stack:
            await self.name.take()
            stack.push_async_callback(self.name.let_go)
            stack.enter_context(counted(lambda level: self.metrics.log_lines.labels(level).inc()))
            if self.settings.http or self.settings.webhook_url is not None:
                health = Health(ready=self.readiness, figures=self.figures)
                await stack.enter_async_context(serving(self.branches, health, self.settings))
            beside = [
                asyncio.create_task(one)
                for one in (self._register_menus(), self.branches.calling.run(), self.lag.run())
            ]
            serving_tasks = [asyncio.create_task(self.own.run()), asyncio.create_task(self.branches.tend(self.home))]
            stopped = asyncio.ensure_future(stop.wait())
            self.ticks.start()
            await asyncio.wait([stopped, *serving_tasks], return_when=asyncio.FIRST_COMPLETED)
            self._stopping = True
            self.ticks.stop()
            self.branches.stop()
            await asyncio.wait(serving_tasks, timeout=STOP_SECONDS)
            # The last pulse: the next start knows from when on nobody listened.
            await self.watchdog.ends()
            await self.erasures.tick()
            await self.keyrings.tick()
            await self.keyrings.leave()
            for task in (*beside, stopped):
                task.cancel()
            for task in serving_tasks:
                if not task.cancel():
                    task.result()

    async def _watch(self) -> None:
        await self.watchdog.tick()
        await self.name.keep()
        await self.keyrings.tick()
        await self.erasures.tick()

    async def tick(self) -> None:
        """One tick of time: listen first, then move on what is due."""
        if self.branches.took_over():
            await self.hearing.look_back()
        await self.hearing.tick()
        if self.database.shared:
            self._others_hear = not await self._anybody_deaf()
        await self.sweeper.tick()

    def ready(self) -> bool:
        """Whether silence may be taken for silence: here, and at every copy that takes in what people say."""
        return self.hearing.ready() and self._others_hear

    def readiness(self) -> Readiness:
        """What this copy does not do just now. What is late is everybody's, and takes no copy out of service."""
        faults = [f"silent: {name}" for name in self.auditor.deaf(self.clock.now())]
        if not self.watchdog.writes():
            faults.append("the database could not be written for half a minute")
        return Readiness((*faults, *(["it is stopping"] if self._stopping else [])))

    async def figures(self) -> bytes:
        """This copy's figures, and those of the database as it is now (left as they were while it cannot be used)."""
        now = self.clock.now()
        with suppress(Unsettled):
            waiting, late, found = await self.database.read(
                lambda tx: (outbox.waiting(tx), self.auditor.late(tx, now), vitals.look(tx, now))
            )
            self.metrics.see_outbox(waiting)
            self.metrics.see_late(self.auditor.names, late)
            self.metrics.see_vitals(found)
        self.metrics.see_copy(self.readiness().ready, self.lag.seconds(), self._ages(now))
        return self.metrics.text()

    def _ages(self, now: datetime) -> dict[str, float]:
        signs = self.auditor.signs().items()
        return {name: (now - at).total_seconds() for name, at in signs if at is not None}

    async def _anybody_deaf(self) -> bool:
        since = self.clock.now() - PULSE_LASTS
        try:
            return await self.database.read(lambda tx: pulses.any_deaf(tx, self.settings.copy, since))
        except Unsettled:
            return False

    async def _ask_again(self, since: datetime, until: datetime) -> int:
        def work(tx: Transaction) -> int:
            outages.note(tx, since, until)
            return checkins.ask_again(tx, since, until, now=self.clock.now())

        asked = await self.database.transaction(work)
        self.branches.wake()
        return asked

    async def emergency(self, text: str) -> None:
        """Write to the emergency chats directly, past the outbox: for when nothing can be written any more."""
        for chat_id in self.settings.emergency_chats:
            try:
                await self.bot.send_message(chat_id, text)
            except TelegramError as error:
                LOG.error("emergency chat %s was not reached: %s", chat_id, type(error).__name__)

    async def first_link(self) -> str | None:
        """A one-time link that makes its opener the administrator; None when there is one already."""
        return await self.database.transaction(self._first_link)

    def _first_link(self, tx: Transaction) -> str | None:
        if persons.anybody_holds(tx, Role.ADMINISTRATOR):
            return None
        top = areas.ensure_first_area(tx)
        payload = people.invite(tx, role=Role.ADMINISTRATOR, area_id=top.id, by=None, now=self.clock.now())
        return self.home.link(payload)

    async def next_event(self) -> datetime | None:
        """When time acts next by itself; None: nothing waits."""
        return await self.database.read(next_act)

    async def _register_menus(self) -> None:
        """The menu that every chat shows until it has one of its own: what a resident can do, in both languages."""
        for language in Language:
            resident = PersonView(Person(0, "", language), None, (), (), self.clock.now())
            listed = commands(resident, Words(language, self.home))
            code = None if language is self.home.language else language.value
            try:
                await self.bot.set_my_commands(listed, scope=BotCommandScopeAllPrivateChats(), language_code=code)
            except TelegramError as error:
                LOG.warning("the default menu was not set: %s", type(error).__name__)


def backups_of(settings: Settings, database: Database, clock: Clock) -> Backups:
    """What makes backups by itself."""
    return Backups(
        database,
        clock,
        url=settings.database_url,
        copy=settings.copy,
        folder=settings.backups,
        hours=settings.backup_hours,
        zone=settings.timezone,
        keep=settings.keep_backups,
        passphrase=settings.backup_key,
    )


@asynccontextmanager
async def opened_program(
    settings: Settings, *, clock: Clock | None = None, hook: Hook = nothing, say: Said = LOG.info
) -> AsyncIterator[Program]:
    """A program ready to run: CatalogueBroken, InvalidToken, NetworkError or DatabaseUnavailable when it cannot be."""
    catalogue_of(settings)
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        stack.enter_context(presence.shared(settings.database_url))
        database = await stack.enter_async_context(opened_database(settings, hook=hook, say=say))
        bot = own_bot(settings)
        await stack.enter_async_context(bot)
        program = Program(settings, database, bot, make_home(settings, bot), clock, hook=hook)
        # Before anybody is answered or asked: a restored backup forgets whom it should have forgotten.
        await program.erasures.apply_again(program.home, program.clock.now())
        await database.transaction(lambda tx: secrecy.guard(tx, program.home, now=clock.now()))
        await database.transaction(lambda tx: meta.keep_username(tx, program.home.bot_id, program.home.bot_username))
        await program.hearing.look_back()
        program.exporter.sweep()
        while await database.transaction(lambda tx: persons.hash_names(tx, NAMES_AT_ONCE)):
            pass
        yield program


async def invitation(
    settings: Settings, role: str, area_code: str | None, skills: tuple[str, ...], *, say: Said
) -> str | None:
    """A deep link that gives a role to its first opener; None when no area has this code."""
    now = SystemClock().now()

    def make(tx: Transaction) -> str | None:
        area = areas.ensure_first_area(tx) if area_code is None else stored_areas.by_code(tx, area_code)
        if area is None:
            return None
        return people.invite(tx, role=Role(role), area_id=area.id, by=None, now=now, skills=skills)

    async with opened_database(settings, say=say) as database, own_bot(settings) as bot:
        payload = await database.transaction(make)
        return None if payload is None else make_home(settings, bot).link(payload)


async def poster_links(settings: Settings, codes: tuple[str, ...], *, say: Said) -> list[tuple[str, str]]:
    """(name, link) of every building, or of the areas with these codes."""

    def listed(tx: Transaction) -> list[tuple[str, str, str | None]]:
        serving = stored_bots.usernames(tx)
        whole = stored_areas.whole(tx)
        wanted = [area for area in whole if area.code in codes or (not codes and area.kind is Kind.BUILDING)]
        lines = {area.id: stored_areas.line(tx, area.id) for area in wanted}
        own = {one: next((serving[above] for above in line if above in serving), None) for one, line in lines.items()}
        return [(" ".join(stored_areas.path_names(tx, one.id)), one.payload, own[one.id]) for one in wanted]

    async with opened_database(settings, say=say) as database, own_bot(settings) as bot:
        home = make_home(settings, bot)
        return [(name, home.link(payload, own)) for name, payload, own in await database.read(listed)]


class BotRefused(Exception):
    """A bot cannot be added: the line says why, and what to do."""


async def add_bot(settings: Settings, token: str, area_code: str, *, say: Said) -> BotEntry:
    """A further bot serves this place from now on. BotRefused when the token or the place is none."""
    try:
        bot_id = bot_id_of(token)
    except ValueError:
        raise BotRefused(
            "this is no bot token: copy the whole line that @BotFather gave, like 123456:ABC-DEF"
        ) from None
    if bot_id == settings.bot_id:
        raise BotRefused("this is the deployment's own bot (LINLI_BOT_TOKEN); it serves every place already")
    async with opened_database(settings, say=say) as database, make_bot(token, settings.bot_api_url) as bot:
        now = SystemClock().now()

        def add(tx: Transaction) -> BotEntry | None:
            area = stored_areas.by_code(tx, area_code)
            if area is None:
                return None
            entry = BotEntry(bot_id, token, bot.username, area.id, now)
            bots.add(tx, entry, now=now)
            return entry

        entry = await database.transaction(add)
    if entry is None:
        raise BotRefused(f"there is no place with the code {area_code}: see `python main.py areas list`")
    return entry
