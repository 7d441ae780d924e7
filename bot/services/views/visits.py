"""What is seen of a visit: by whoever was there, by the resident, and by whoever is in charge when they are silent."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.errors import NeedGone, VisitNotSo
from bot.domain.media import subject_of
from bot.domain.notices import Notice
from bot.domain.visits import (
    VISIT,
    VisitBegun,
    VisitCard,
    VisitNotice,
    VisitPassedOn,
    VisitPhoto,
    VisitPhotoView,
    VisitReasonAsked,
    VisitSilent,
    VisitView,
    VisitWellAsked,
)
from bot.services import secrecy, visits
from bot.services.views.files import file_of
from bot.services.views.look import Look
from bot.services.views.needs import need, place_name
from bot.storage import hints, history, media, needs, persons
from bot.storage import visits as stored
from bot.storage.database import Transaction


def visit(tx: Transaction, notice: VisitCard | VisitSilent | VisitNotice | VisitReasonAsked, look: Look) -> VisitView:
    """A visit with names. NeedGone for whoever may not see the need."""
    found = stored.see(tx, notice.visit_id)
    about = None if found is None else needs.see(tx, found.need_id)
    if found is None or about is None or secrecy.withheld(tx, about, look.person_id):
        raise NeedGone
    left = hints.left_by(tx, about.id, found.helper_id)
    mine = found.helper_id == look.person_id
    return VisitView(
        visit=found,
        resident=persons.get(tx, about.person_id).name,
        helper=persons.get(tx, found.helper_id).name,
        place=place_name(tx, about.area_id),
        now=look.now,
        mine=mine,
        hint=left.text if left is not None and mine else None,
        photos=len(media.of_subject(tx, subject_of(VISIT, found.id))),
        text=about.text if about.person_id == look.person_id else None,
        may_pass_on=mine and visits.may_pass_on(about, found.helper_id),
        kinds=visits.kinds_for(look.home, about),
    )


def still_there(tx: Transaction, notice: VisitWellAsked, look: Look) -> VisitView:
    """The same; nothing is asked any more once it is over, or answered."""
    view = visit(tx, notice, look)
    if not view.visit.there or view.visit.asked_at is None:
        raise VisitNotSo
    return view


def silent(tx: Transaction, notice: VisitSilent, look: Look) -> VisitView:
    """The same to whoever is in charge, with the helper's telephone as long as they have to be reached: that is written down."""
    view = visit(tx, notice, look)
    if view.visit.told_at is None or look.person_id is None or view.mine:
        return view
    helper = persons.get(tx, view.visit.helper_id)
    if look.message_id is None:
        subject = subject_of(VISIT, view.visit.id)
        history.disclosed(tx, viewer_id=look.person_id, person_id=helper.id, subject=subject, now=look.now)
    return replace(view, telephone=helper.telephone)


def photo(tx: Transaction, notice: VisitPhoto, look: Look) -> VisitPhotoView:
    """A photo of what was done, to the resident; NeedGone for anybody else."""
    found, kept = stored.see(tx, notice.visit_id), media.see(tx, notice.media_id)
    about = None if found is None else needs.see(tx, found.need_id)
    if found is None or kept is None or about is None or about.person_id != look.person_id:
        raise NeedGone
    return VisitPhotoView(about.id, persons.get(tx, found.helper_id).name, file_of(tx, look, kept), kept.words)


VIEWS: Mapping[type[Notice], Callable[..., object]] = {
    VisitCard: visit,
    VisitNotice: visit,
    VisitReasonAsked: visit,
    VisitWellAsked: still_there,
    VisitSilent: silent,
    VisitPhoto: photo,
    VisitBegun: need,
    VisitPassedOn: need,
}
