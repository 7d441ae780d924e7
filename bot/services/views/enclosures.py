"""What is seen of what lies with a need; hearing somebody's voice and seeing their photos is written down."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.beneficiaries import Beneficiary
from bot.domain.enclosures import Behind, EnclosureShown, EnclosureView
from bot.domain.needs import DeskCard, NeedView, Reader
from bot.domain.notices import Notice
from bot.domain.people import Person
from bot.services import secrecy
from bot.services.views.files import file_of
from bot.services.views.look import Look
from bot.storage import beneficiaries, enclosures, history, media, needs
from bot.storage.database import Transaction

NOTHING = EnclosureView(None, 0)


def shown(tx: Transaction, notice: EnclosureShown, look: Look) -> EnclosureView:
    """One voice note or photo; nothing for a group, and for whoever may not see the need any more."""
    need = needs.see(tx, notice.need_id)
    if need is None or look.person_id is None or secrecy.withheld(tx, need, look.person_id):
        return NOTHING
    sent = [one for one in media.of_subject(tx, f"need:{need.id}") if one.kind.value == notice.kind]
    found = next((one for place, one in enumerate(sent, start=1) if place == notice.place), None)
    if found is None:
        return NOTHING
    file = file_of(tx, look, found)
    if look.message_id is None and look.person_id != need.person_id:
        viewer, subject = look.person_id, f"media:{found.id}"
        history.disclosed(tx, viewer_id=viewer, person_id=need.person_id, subject=subject, now=look.now)
    return EnclosureView(found, len(sent), file)


def beside(tx: Transaction, view: NeedView, notice: Notice) -> NeedView:
    """A need's view with how much lies with it; and for whom it is, where names may be seen."""
    subject = f"need:{view.need.id}"
    seen = replace(view, enclosed=enclosures.enclosed(tx, subject))
    if view.reader is not Reader.RESIDENT and not isinstance(notice, DeskCard):
        return seen
    whom = beneficiaries.find(tx, subject)
    return seen if whom is None else replace(seen, whom=whom.name)


def behind(tx: Transaction, view: NeedView, resident: Person) -> NeedView:
    """The same for whoever has claimed it, on the very card that they tapped: the door of the one it is for, and what else
    only they may see."""
    subject = f"need:{view.need.id}"
    whom = beneficiaries.find(tx, subject)
    asker = None if whom is None else (resident.name, None if whom.telephone else resident.telephone)
    hidden = Behind(enclosures.point(tx, subject), enclosures.ring(tx, subject), asker)
    return replace(
        view, behind=hidden, contact=_contact(view, resident, whom), whom=None if whom is None else whom.name
    )


def _contact(view: NeedView, resident: Person, whom: Beneficiary | None) -> tuple[str | None, str | None]:
    if whom is not None:
        return whom.door, whom.telephone
    at_home = resident.building_id == view.need.area_id
    return resident.door if at_home else None, resident.telephone


VIEWS: Mapping[type[Notice], Callable[..., object]] = {EnclosureShown: shown}
