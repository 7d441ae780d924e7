"""What is seen of voice notes and photos: by whoever was asked to open them; every showing is written down."""

from collections.abc import Callable, Mapping

from bot.domain.media import MediaCard, MediaShown, MediaTaken, MediaView
from bot.domain.notices import Notice
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import history, media, persons, plans
from bot.storage.database import Transaction


def sent(tx: Transaction, notice: MediaCard | MediaShown | MediaTaken, look: Look) -> MediaView:
    """What was sent, and who has opened it."""
    found = media.see(tx, notice.media_id)
    if found is None or found.bot_id != look.home.bot_id:
        raise LookupError(f"media {notice.media_id}")
    person = persons.get(tx, found.person_id)
    plan = plans.of_person(tx, found.person_id)
    area_id = plan.area_id if plan else person.building_id
    by = found.opened_by
    return MediaView(
        media=found,
        person=person.name,
        place="—" if area_id is None else place_name(tx, area_id),
        opened_by=None if by is None else persons.get(tx, by).name,
        now=look.now,
    )


def shown(tx: Transaction, notice: MediaCard | MediaShown, look: Look) -> MediaView:
    """The same to somebody who opens it: that it was shown to them is written down."""
    view = sent(tx, notice, look)
    if look.person_id not in (None, view.media.person_id) and look.message_id is None:
        viewer = look.person_id or 0
        subject = f"media:{view.media.id}"
        history.disclosed(tx, viewer_id=viewer, person_id=view.media.person_id, subject=subject, now=look.now)
    return view


VIEWS: Mapping[type[Notice], Callable[..., object]] = {MediaCard: shown, MediaShown: shown, MediaTaken: sent}
