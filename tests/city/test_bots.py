"""Several bots: each serves its places, people may use two, and they come and go while the program runs."""

from bot.services import bots
from bot.storage import bots as stored
from bot.storage import persons
from bot.storage.database import Transaction
from tests.city.conftest import City
from tests.journeys.conftest import Town
from tests.journeys.test_relays import newest
from tests.journeys.test_two_bots import rows, taken


async def test_a_bot_that_is_added_speaks_within_seconds_and_one_that_is_removed_is_silent(
    city: City,
) -> None:
    async with city.copy("one") as program:
        second = await city.second_bot("c2")
        await program.branches.look(program.home)
        zhang = city.phone_at(city.sandbox.phone("张奶奶"), second)
        await zhang.opens(await city.poster("b9", second.username))
        await zhang.reads("您好")
        await city.write(lambda tx: bots.remove(tx, second.id, now=city.clock.now()))
        await program.branches.look(program.home)
        assert [branch.home.bot_id for branch in program.branches] == [program.home.bot_id]


async def test_whoever_uses_two_bots_is_one_person(city: City) -> None:
    async with city.copy("one") as program:
        second = await city.second_bot("c2")
        await program.branches.look(program.home)
        own = city.sandbox.phone("张奶奶")
        await own.sends("/start")
        await own.reads("您好")
        other = city.phone_at(own, second)
        await other.sends("/start")
        await other.reads("您好")

        def people(tx: Transaction) -> set[int]:
            found = [persons.by_account(tx, bot, own.id) for bot in (program.home.bot_id, second.id)]
            return {person.id for person in found if person is not None}

        assert len(await city.write(people)) == 1


async def test_a_bot_asks_only_for_places_that_it_serves(city: City) -> None:
    async with city.copy("one") as program:
        second = await city.second_bot("c2")
        await program.branches.look(program.home)
        zhang = city.phone_at(city.sandbox.phone("张奶奶"), second)
        await zhang.sends("/start")
        await zhang.reads("您好")
        await zhang.presses("中文")
        await zhang.reads("怎么称呼")
        await zhang.presses("张奶奶")
        await zhang.reads("请选择您住的地方")
        assert not zhang.sees("幸福社区")
        await zhang.presses("9号楼")


async def test_a_token_that_telegram_does_not_know_stops_nobody_else(city: City) -> None:
    async with city.copy("one") as program:
        second = await city.second_bot("c2")
        del city.sandbox.world.tokens[second.token]
        await program.branches.look(program.home)
        zhang = city.sandbox.phone("张奶奶")
        await zhang.sends("/start")
        await zhang.reads("您好")
        assert [branch.home.bot_id for branch in program.branches] == [program.home.bot_id]


async def test_two_copies_carry_a_voice_note_over_and_it_is_heard_once(city: City) -> None:
    async with city.copy("one") as one, city.copy("two") as two:
        town = Town(city.sandbox, city.settings, city.clock)
        town.program = one
        second = await town.second_bot("c1")
        await two.branches.look(two.home)
        zhang, li, _ = await taken(town, second)
        await zhang.sends_voice(reply_to=newest(zhang, "小李来帮您办"))
        assert (await li.reads("张奶奶，关于需求")).kind == "voice"
        await li.sends_photo("就是这盏灯", reply_to=newest(li, "张奶奶，关于需求"))
        assert (await zhang.reads("就是这盏灯")).kind == "photo"
        await town.quiet()
        assert sum(shown.kind == "voice" and not shown.mine for shown in li.screen()) == 1
        assert await rows(town, "parcel_pieces") == []
        assert await town.read(lambda tx: tx.all("SELECT place FROM failures")) == []


async def test_a_token_lies_sealed_in_the_database(city: City) -> None:
    second = await city.second_bot("c2")
    rows = await city.database.read(lambda tx: tx.all("SELECT * FROM bots"))
    assert second.token not in str([dict(row) for row in rows])
    assert await city.database.read(lambda tx: [entry.token for entry in stored.every(tx)]) == [second.token]
