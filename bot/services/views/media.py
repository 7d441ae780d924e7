"""What is seen of voice notes and photos: by whoever was asked to open them; every showing is written down."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.media import MediaCard, MediaShown, MediaTaken, MediaView
from bot.domain.notices import Notice
from bot.services import media as media_cases
from bot.services.views.files import file_of
from bot.services.views.look import Look
from bot.services.views.needs import place_name
from bot.storage import history, media, persons
from bot.storage.database import Transaction


def sent(tx: Transaction, notice: MediaCard | MediaShown | MediaTaken, look: Look) -> MediaView:
    """What was sent, and who has opened it."""
    found = media.see(tx, notice.media_id)
    if found is None:
        raise LookupError(f"media {notice.media_id}")
    scene = media_cases.scene_of(tx, look.home, found, now=look.now)
    opener = found.opened_by
    return MediaView(
        media=found,
        person=persons.get(tx, scene.person_id).name,
        place=place_name(tx, scene.area_id),
        opened_by=None if opener is None else persons.get(tx, opener).name,
        now=look.now,
        by=None if found.person_id == scene.person_id else persons.get(tx, found.person_id).name,
    )


def shown(tx: Transaction, notice: MediaCard | MediaShown, look: Look) -> MediaView:
    """The same to somebody who opens it: that it was shown to them is written down."""
    view = sent(tx, notice, look)
    view = replace(view, file=file_of(tx, look, view.media))
    if look.person_id is not None and look.message_id is None:
        about = media_cases.scene_of(tx, look.home, view.media, now=look.now).person_id
        subject = f"media:{view.media.id}"
        history.disclosed(tx, viewer_id=look.person_id, person_id=about, subject=subject, now=look.now)
    return view


VIEWS: Mapping[type[Notice], Callable[..., object]] = {MediaCard: shown, MediaShown: shown, MediaTaken: sent}
