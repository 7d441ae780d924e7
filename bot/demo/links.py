"""The demo's posters and invitations, as links that a telephone can open."""

from bot.app import Program
from bot.demo.community import BUILDINGS, COMMUNITY_CODE
from bot.domain.areas import Area
from bot.domain.people import Role
from bot.services import people
from bot.storage import areas
from bot.storage.database import Transaction


async def offered(program: Program) -> list[dict[str, str]]:
    """What the page offers for joining: the three posters, and fresh invitations."""
    posters = [
        {"label": f"海报：{name}", "label_en": f"Poster: {name}", "url": await poster(program, code)}
        for code, name in BUILDINGS.items()
    ]
    invitations = [
        {"label": chinese, "label_en": english, "url": await invitation(program, role)}
        for chinese, english, role in (
            ("邀请：志愿者", "Invitation: volunteer", Role.VOLUNTEER),
            ("邀请：协调员", "Invitation: coordinator", Role.COORDINATOR),
        )
    ]
    return posters + invitations


async def poster(program: Program, code: str) -> str:
    """The link behind a building's poster."""
    building = await program.database.read(lambda tx: _area(tx, code))
    return program.home.link(f"b{building.join_code}")


async def invitation(program: Program, role: Role, skills: tuple[str, ...] = ()) -> str:
    """A link that gives a role in the community to its first opener."""

    def make(tx: Transaction) -> str:
        area_id = _area(tx, COMMUNITY_CODE).id
        return people.invite(tx, role=role, area_id=area_id, by=None, now=program.clock.now(), skills=skills)

    return program.home.link(await program.database.transaction(make))


def _area(tx: Transaction, code: str) -> Area:
    area = areas.by_code(tx, code)
    if area is None:
        raise LookupError(code)
    return area
