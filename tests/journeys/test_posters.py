"""Posters: whoever is in charge prints them, from the chat or the command line, and whoever scans one is enrolled there."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import typst
from click.testing import CliRunner, Result

from bot import printing
from bot.domain.areas import Kind
from bot.domain.people import Language, Role
from bot.domain.posters import FILES_AT_MOST, PAGES_A_FILE, PosterBook, PosterPlace, languages_in
from bot.papers import posters as papers
from bot.papers.fonts import fonts
from bot.services import posters
from bot.storage import areas, history, meta
from bot.storage.areas import NewArea
from bot.storage.database import Transaction
from bot.texts.posters import book
from main import cli
from sandbox.files import Upload
from tests.journeys.conftest import PLACES, Town, area
from tests.texts.readers import HOME

WIDE, WILD = "国" * 60, '#panic("x") *b* ] $1$ \\ `x` <l> @r 😀 {"a"}'


def uploads(town: Town) -> list[Upload]:
    """The files that the bot has sent, oldest first."""
    return [call.parameters["document"] for call in town.sandbox.calls_of("sendDocument")]


# --- in the chat ---


async def test_a_coordinator_prints_a_page_for_each_building(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    await wang.sends("/invite")
    await wang.reads("链接")
    await wang.presses("给居民用的海报")
    card = await wang.reads("幸福社区的海报")
    assert card.says("共 3 张")
    toast = await wang.presses("中文 + English")
    assert toast
    assert "正在制作" in (toast.text or "")
    await wang.reads("海报 3 张")
    [file] = uploads(town)
    assert file.content.startswith(b"%PDF-")
    assert file.name.endswith(".pdf")
    person, place = await town.person(wang), await town.area_id("c1")
    kept = await town.read(lambda tx: history.of(tx, f"area:{place}"))
    assert [(event.event, event.actor_id, event.after) for event in kept] == [("posters printed", person.id, "3")]


async def test_or_for_a_part_of_the_place_in_one_language(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    await wang.sends("/invite")
    await wang.reads("链接")
    await wang.presses("给居民用的海报")
    await wang.reads("幸福社区的海报")
    await wang.presses("第一网格")
    assert (await wang.reads("第一网格的海报")).says("共 2 张")
    await wang.presses("2号楼")
    assert (await wang.reads("2号楼的海报")).says("共 1 张")
    await wang.presses("返回")
    await wang.reads("第一网格的海报")
    await wang.presses("English")
    await wang.reads("海报 2 张")


async def test_an_administrator_of_two_places_chooses_first(town: Town) -> None:
    chen = await town.helper("陈管理", Role.ADMINISTRATOR)
    await chen.opens(await town.invitation(Role.ADMINISTRATOR, "c2"))
    await chen.reads("阳光社区")
    await chen.sends("/invite")
    invited = await chen.reads("链接")
    await chen.taps_code("zo:0:0:0", invited)
    await chen.reads("要打印哪里的海报")
    await chen.presses("阳光社区")
    assert (await chen.reads("阳光社区的海报")).says("共 1 张")
    await chen.presses("返回")
    await chen.reads("要打印哪里的海报")


async def test_nobody_prints_for_a_place_that_they_are_not_in_charge_of(town: Town) -> None:
    li, sunny = await town.helper("小李"), await town.helper("阳光协调", Role.COORDINATOR, code="c2")
    c1, b1 = await town.area_id("c1"), await town.area_id("b1")
    for phone in (li, sunny):
        hello = phone.screen()[-1]
        for code in (f"zo:{c1}:0:0", f"zp:{c1}:zh", f"zp:{b1}:zh+en", "zp:999999:zh", "zo:999999:0:0"):
            toast = await phone.taps_code(code, hello)
            assert toast
            assert toast.alert, code
    c2, shown = await town.area_id("c2"), sunny.screen()[-1]
    for code in (f"zp:{c2}:fr", f"zp:{c2}:zh+zh", f"zp:{c2}:"):
        toast = await sunny.taps_code(code, shown)
        assert toast
        assert "已经失效" in (toast.text or ""), code
    await town.quiet()
    assert uploads(town) == []


async def test_a_city_is_too_much_for_a_chat(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)
    pages = PAGES_A_FILE * FILES_AT_MOST + 1

    def build(tx: Transaction) -> int:
        grid = area(tx, "g1").id
        new = (NewArea(grid, Kind.BUILDING, f"{number}栋", f"x{number}", f"j{number}") for number in range(pages))
        areas.make_all(tx, Kind.BUILDING, new)
        return area(tx, "c1").id

    community = await town.write(build)
    hello = wang.screen()[-1]
    await wang.taps_code(f"zo:{community}:0:0", hello)
    card = await wang.reads("请选小一点的范围")
    assert not card.says("English")
    toast = await wang.taps_code(f"zp:{community}:zh", card)
    assert toast
    assert "已经失效" in (toast.text or "")


async def test_more_than_a_file_holds_comes_in_several_files(town: Town) -> None:
    wang = await town.helper("王姐", Role.COORDINATOR)

    def build(tx: Transaction) -> int:
        grid = area(tx, "g1").id
        new = (NewArea(grid, Kind.BUILDING, f"{n}栋", f"x{n}", f"j{n}") for n in range(PAGES_A_FILE))
        areas.make_all(tx, Kind.BUILDING, new)
        return area(tx, "c1").id

    community = await town.write(build)
    await wang.taps_code(f"zp:{community}:zh+en", wang.screen()[-1])
    await wang.reads(f"海报 {PAGES_A_FILE} 张", timeout=30)
    await wang.reads("海报 3 张", timeout=30)
    assert len({file.name for file in uploads(town)}) == 2


# --- what hangs at the door ---


async def test_a_poster_that_has_hung_for_a_year_still_enrols_in_its_building(town: Town) -> None:
    found = await town.read(lambda tx: posters.places(tx, area(tx, "c1").id))
    assert [place.name for place in found] == ["1号楼", "2号楼", "3号楼"]
    printed = book(found, (Language.CHINESE,), town.program.home)
    zhang = town.sandbox.phone("张奶奶")
    await town.passes(days=400)
    await zhang.opens(printed.pages[2].link)
    assert "第二网格 3号楼" in (await zhang.reads("您好")).text


async def test_where_there_is_no_building_the_place_itself_gets_one(town: Town) -> None:
    def alone(tx: Transaction) -> int:
        made = areas.make(tx, NewArea(None, Kind.COMMUNITY, "新社区", "c3", "join-c3"))
        assert made is not None
        return made

    number = await town.write(alone)
    [place] = await town.read(lambda tx: posters.places(tx, number))
    assert place == PosterPlace("新社区", (), "新社区", "bjoin-c3")


def test_buildings_come_as_one_walks_past_them() -> None:
    tenth, ninth = (PosterPlace(name, ("幸福社区",), "幸福社区", "b1") for name in ("10号楼", "9号楼"))
    assert sorted((tenth, ninth), key=posters.walking_order) == [ninth, tenth]


def drawn(made: PosterBook) -> int:
    """How many sheets of paper a book takes."""
    template = papers.TEMPLATE.read_bytes()
    pages: object = typst.compile(template, font_paths=fonts(), sys_inputs=papers.inputs(made), format="png", ppi=20.0)
    return len(pages) if isinstance(pages, list) else 1


@pytest.mark.parametrize("languages", ["zh+en", "en+zh", "zh", "en"])
@pytest.mark.parametrize("name", ["3号楼", WIDE, "W" * 60, WILD])
def test_each_poster_is_one_page_whatever_its_place_is_called(languages: str, name: str) -> None:
    place = PosterPlace(name, (name, name, name, name), name, "b" + "x" * 16)
    made = book((place, place), languages_in(languages), HOME)
    assert drawn(made) == 2
    assert papers.render(made).startswith(b"%PDF-")


def test_the_code_says_the_link_and_the_page_says_it_in_words() -> None:
    place = PosterPlace("3号楼", ("幸福社区",), "幸福社区", "bQ7-_x")
    [page] = book((place,), languages_in("zh+en"), HOME).pages
    assert page.link == "https://t.me/linli_demo_bot?start=bQ7-_x"
    other = book((PosterPlace("3号楼", ("幸福社区",), "幸福社区", "bQ7-_y"),), languages_in("zh+en"), HOME).pages[0]
    assert papers.code(page).startswith("<svg")
    assert papers.code(page) != papers.code(other)
    chinese, english = page.words
    assert "120\u00a0/\u00a0110" in chinese.danger
    assert "120\u00a0/\u00a0110" in english.danger
    assert all("幸福社区" in words.about for words in page.words), "who is behind it"


# --- from the command line ---


@pytest.fixture
def shell(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A folder, a database with places in it, and no token."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LINLI_BOT_TOKEN", raising=False)
    monkeypatch.setenv("LINLI_DATABASE_URL", database_url)
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    runner = CliRunner()
    assert runner.invoke(cli, ["areas", "import", "places.csv"]).exit_code == 0
    return runner


def pages(result: Result) -> dict[str, str]:
    """The written files with their pages, as they were told."""
    assert result.exit_code == 0, result.output
    told_ = (line.split("\t") for line in result.stdout.splitlines() if "\t" in line)
    return {Path(path).name: number for path, number in told_}


def test_the_command_line_writes_a_file_for_each_community(shell: CliRunner) -> None:
    done = shell.invoke(cli, ["posters", "--bot", "@linli_bot"])
    assert pages(done) == {"posters-c1.pdf": "3 pages", "posters-c2.pdf": "1 page"}
    assert all(path.read_bytes().startswith(b"%PDF-") for path in Path("posters").iterdir())
    part = ["posters", "--area", "g1", "--language", "en", "--to", "out/deep", "--bot", "linli_bot"]
    assert pages(shell.invoke(cli, part)) == {"posters-g1.pdf": "2 pages"}
    assert Path("out/deep/posters-g1.pdf").exists()
    alone = shell.invoke(cli, ["posters", "--area", "first", "--bot", "linli_bot"])
    assert pages(alone) == {"posters-first.pdf": "1 page"}, "a community without buildings, when it is asked for"


def test_the_command_line_says_what_is_missing(shell: CliRunner) -> None:
    for more, words in (
        ([], "set LINLI_BOT_TOKEN, or give it with --bot"),
        (["--bot", "no name"], "what stands behind the @"),
        (["--bot", "linli_bot", "--area", "nowhere"], "no area with the code nowhere"),
        (["--bot", "linli_bot", "--to", "places.csv/x"], "cannot be written"),
    ):
        done = shell.invoke(cli, ["posters", *more])
        assert done.exit_code == 5
        assert words in done.output


async def test_the_database_knows_what_its_bot_is_called(town: Town) -> None:
    known = await town.read(meta.usernames)
    assert known == {town.program.home.bot_id: town.sandbox.bot.username}
    for token in (town.sandbox.token, None):
        settings = replace(town.settings, bot_token=token, bot_api_url="http://127.0.0.1:1")
        made = await printing.print_posters(
            settings, "b1", (Language.CHINESE,), town.settings.data / "out", None, say=print
        )
        assert [(one.path.name, one.pages) for one in made] == [("posters-b1.pdf", 1)], "without asking Telegram"


async def test_where_it_does_not_telegram_is_asked_or_the_name_is(town: Town) -> None:
    async def printed(token: str | None, username: str | None = None) -> int:
        settings = replace(town.settings, bot_token=token)
        folder = town.settings.data / "out"
        return len(await printing.print_posters(settings, "b1", (Language.CHINESE,), folder, username, say=print))

    await town.write(lambda tx: tx.run("DELETE FROM meta WHERE name LIKE 'bot:%'"))
    assert await printed(town.sandbox.token) == 1
    with pytest.raises(printing.CannotPrint, match="set LINLI_BOT_TOKEN"):
        await printed(None)
    for bot_id, name in ((1, "one_bot"), (2, "two_bot")):
        await town.write(partial(meta.keep_username, bot_id=bot_id, username=name))
    with pytest.raises(printing.CannotPrint, match="one_bot, two_bot"):
        await printed(None)
    assert await printed(None, "two_bot") == 1
