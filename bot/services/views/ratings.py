"""What is seen of stars and words: of one's own visit once they are shown, and by who is in charge when they are few."""

from collections.abc import Callable, Mapping

from bot.domain.errors import NeedGone, NotAllowed
from bot.domain.notices import Notice
from bot.domain.ratings import NeedRated, Rating, RatingKept, RatingLow, RatingView, RatingWordsAsked
from bot.services import needs as decisions
from bot.services import secrecy
from bot.services.views.look import Look
from bot.services.views.needs import need
from bot.storage import needs, persons, ratings
from bot.storage.database import Transaction


def rated(tx: Transaction, notice: NeedRated, look: Look) -> RatingView:
    """What the other side of a visit says of the reader."""
    found = None if look.person_id is None else ratings.about(tx, notice.need_id, look.person_id)
    if found is None or look.person_id is None:
        raise NeedGone
    return _view(tx, found, look.person_id)


def low(tx: Transaction, notice: RatingLow, look: Look) -> RatingView:
    """Few stars, for who is in charge now and no part of it."""
    found = ratings.see(tx, notice.rating_id)
    of = None if found is None else needs.see(tx, found.need_id)
    if found is None or of is None or secrecy.withheld(tx, of, look.person_id):
        raise NeedGone
    if look.person_id not in decisions.judges_of(tx, of):
        raise NotAllowed("read few stars")
    return _view(tx, found, found.person_id)


def _view(tx: Transaction, found: Rating, reader_id: int) -> RatingView:
    said = found.read_by(reader_id)
    if said is None:
        raise NeedGone
    author, about = persons.get(tx, found.person_id).name, persons.get(tx, found.other_id).name
    return RatingView(said, found.side, author, about, found.need_id)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    NeedRated: rated,
    RatingLow: low,
    RatingWordsAsked: need,
    RatingKept: need,
}
