"""A made district: communities with a bot for some of them each, and people who are asked at eight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.alerts import DEFAULT_LADDER, ladder_text
from bot.domain.areas import Plan
from bot.domain.bots import BotEntry
from bot.domain.plans import DEFAULT_SLOTS, slots_text
from bot.services import areas, bots
from bot.storage import areas as stored_areas
from bot.storage.database import Transaction
from sandbox import Sandbox
from sandbox.accounts import BotAccount


@dataclass(frozen=True)
class Community:
    """One community: its bot, who is in charge, and who is cared for there (Telegram's numbers)."""

    code: str
    bot: BotAccount
    coordinator: int
    people: tuple[int, ...]


def plan_district(sandbox: Sandbox, *, people: int, communities: int, bots: int) -> list[Community]:
    """Who lives where: everybody has opened the bot of their community."""
    accounts = [sandbox.bot, *(sandbox.world.add_bot(f"linli_{number}_bot") for number in range(2, bots + 1))]
    found = []
    for number in range(communities):
        bot = accounts[number % len(accounts)]
        coordinator = _opened(sandbox, bot, f"王姐{number}")
        share = people // communities + (number < people % communities)
        cared_for = tuple(_opened(sandbox, bot, f"张奶奶{number}-{one}") for one in range(share))
        found.append(Community(f"c{number}", bot, coordinator, cared_for))
    return found


def _opened(sandbox: Sandbox, bot: BotAccount, name: str) -> int:
    person = sandbox.world.add_person(name, "zh-hans")
    sandbox.world.private_chat(bot, person.id).started = True
    return person.id


def settle(tx: Transaction, district: Sequence[Community], *, first_question: datetime, now: datetime) -> None:
    """The district moves in: places, bots, people with a chat and a plan, and a coordinator each."""
    areas.ensure_first_area(tx)
    rows = ["code,parent,kind,name", "d1,,district,福田区"]
    rows += [f"{one.code},d1,community,{one.code}社区\nb{one.code},{one.code},building,1号楼" for one in district]
    plan = areas.plan_import("\n".join(rows))
    assert isinstance(plan, Plan), plan
    imported = areas.import_areas(tx, plan, now=now)
    assert isinstance(imported, areas.Imported), imported
    for account in dict.fromkeys(one.bot.id for one in district[1:]):
        community = next(one for one in district if one.bot.id == account)
        if account != district[0].bot.id:
            place = stored_areas.by_code(tx, community.code)
            assert place is not None
            entry = BotEntry(account, community.bot.token, community.bot.username, place.id, now)
            bots.add(tx, entry, now=now)
    for community in district:
        _people(tx, community, first_question)


def _people(tx: Transaction, community: Community, first_question: datetime) -> None:
    place, building = (stored_areas.by_code(tx, code) for code in (community.code, f"b{community.code}"))
    assert place is not None
    assert building is not None
    name = tx.vault.seal("persons.name", "张奶奶")
    shared = {"name": name, "building": building.id, "place": place.id, "bot": community.bot.id}
    everybody = [{**shared, "id": number} for number in (community.coordinator, *community.people)]
    tx.many(
        "INSERT INTO persons (id, name, language, building_id, created_at, menu, version)"
        " VALUES (:id, :name, 'zh', :building, 0, 0, 0)",
        everybody,
    )
    tx.many("INSERT INTO accounts (bot_id, user_id, person_id) VALUES (:bot, :id, :id)", everybody)
    tx.run(
        "INSERT INTO roles (person_id, role, area_id, granted_at) VALUES (:id, 'coordinator', :place, 0)", everybody[0]
    )
    plan = {
        "slots": slots_text(DEFAULT_SLOTS),
        "ladder": ladder_text(DEFAULT_LADDER),
        "at": int(first_question.timestamp()),
    }
    tx.many(
        "INSERT INTO plans (bot_id, person_id, area_id, state, slots, grace_minutes, nudges, ladder, proposed_by, act_at,"
        " version) VALUES (:bot, :id, :place, 'active', :slots, 60, '30,50', :ladder, :id, :at, 0)",
        [{**one, **plan} for one in everybody[1:]],
    )


def everybody(district: Sequence[Community]) -> Iterator[tuple[BotAccount, int]]:
    """Who is cared for, with their bot."""
    for community in district:
        for number in community.people:
            yield community.bot, number
