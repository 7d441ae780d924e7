"""What is seen when posters are chosen and printed: of places that the reader is in charge of, and of no others."""

from collections.abc import Callable, Mapping

from bot.domain.notices import Notice
from bot.domain.people import Actor
from bot.domain.posters import PosterChoice, PosterChoiceView, PosterFile, PosterPlace, part_of
from bot.services import posters
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import areas, persons
from bot.storage.database import Transaction

PAGE = 8


def choice(tx: Transaction, notice: PosterChoice, look: Look) -> PosterChoiceView:
    """A place with those below it; at the top the reader's own places, or the only one at once."""
    reader = _reader(tx, look)
    held = posters.in_charge_of(reader)
    here = notice.area_id or (held[0] if len(held) == 1 else None)
    if here is None:
        names = [(one, place_name(tx, one)) for one in held]
        return _shown(names, notice.page, here_id=None, here="", pages=0, back_to=None)
    posters.require_place(tx, reader, here)
    names = [(area.id, area.name) for area in areas.children(tx, here)]
    pages = len(posters.places(tx, here))
    return _shown(
        names, notice.page, here_id=here, here=place_name(tx, here), pages=pages, back_to=_back(tx, here, held)
    )


def _shown(
    names: list[tuple[int, str]], page: int, *, here_id: int | None, here: str, pages: int, back_to: int | None
) -> PosterChoiceView:
    choices = tuple(names[page * PAGE : (page + 1) * PAGE])
    return PosterChoiceView(here_id, here, pages, choices, page, len(names) > (page + 1) * PAGE, back_to)


def _back(tx: Transaction, here: int, held: list[int]) -> int | None:
    """From a place to the one above it, as far as the reader is in charge; from one of several to the choice of them."""
    if here in held:
        return 0 if len(held) > 1 else None
    return areas.line(tx, here)[1]


def printed(tx: Transaction, notice: PosterFile, look: Look) -> tuple[PosterPlace, ...]:
    """The places of one file; NotAllowed for whoever is no longer in charge, to whom nothing is sent."""
    posters.require_place(tx, _reader(tx, look), notice.area_id)
    return part_of(posters.places(tx, notice.area_id), notice.part)


def _reader(tx: Transaction, look: Look) -> Actor:
    if look.person_id is None:
        raise LookupError("this is read by a person")
    return persons.actor(tx, persons.get(tx, look.person_id))


VIEWS: Mapping[type[Notice], Callable[..., object]] = {PosterChoice: choice, PosterFile: printed}
