"""The printed sheet: each morning, to whoever is in charge and to nobody else, and every showing is written down."""

from bot.domain.people import Role
from bot.domain.sheets import Paper
from bot.papers.sheets import render
from bot.storage import history
from tests.care.enrolled import cared_for
from tests.care.shifts import on_duty
from tests.journeys.conftest import Town, told


async def test_coordinators_get_a_sheet_to_print_each_morning(town: Town) -> None:
    wang = await town.helper("Wang", Role.COORDINATOR, language="en")
    li = await on_duty(town, wang, "Li")
    zhang = await cared_for(town, wang, "Zhang")
    await town.passes(hours=21, minutes=29)  # 06:29
    assert not told(wang, "The sheet for")
    await town.passes(minutes=1)  # 06:30
    await wang.reads("The sheet for")
    assert not told(li, "The sheet for")
    person, reader = await town.person(zhang), await town.person(wang)
    seen = await town.read(lambda tx: history.disclosures_of(tx, person.id, 10))
    assert {row["viewer_id"] for row in seen if row["subject"].startswith("sheet:")} == {reader.id}
    await town.passes(hours=23)
    assert sum("The sheet for" in shown.text for shown in wang.screen()) == 1
    await town.passes(hours=1)
    await town.quiet()
    assert sum("The sheet for" in shown.text for shown in wang.screen()) == 2


def test_a_sheet_is_a_pdf_whatever_people_wrote() -> None:
    wild = '#panic("x") *bold* ] ) $1$ \\ `x` <label> @ref 😀 张奶奶'
    made = render(Paper("zh", wild, (wild,), (1, 2), (wild, wild), ((wild, ""), (wild, wild))))
    assert made.startswith(b"%PDF-")
    assert render(Paper("en", "", (), (1, 1), ("a", "b"), ())).startswith(b"%PDF-")
