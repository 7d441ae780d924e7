"""Everything that is said around what lies with a need beside words, and around those for whom somebody asks."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from bot.domain import beneficiaries, enclosures
from bot.domain.beneficiaries import Beneficiary
from bot.domain.enclosures import Behind, Enclosed, EnclosureView, Point, Ring
from bot.domain.media import Media, MediaKind
from bot.domain.notices import Notice
from tests.texts.readers import NOW, Data, Said, said_as_is

# As much as can lie with one need, and each kind alone.
ENCLOSED = (Enclosed((12,), 0), Enclosed((), 1), Enclosed((3, 60, 600, 3599, 7), 5))


def behinds(data: Data) -> Iterator[Behind]:
    """What only whoever has it sees: the most that there can be, and for somebody who gave a telephone."""
    ring = Ring(data.helper, data.telephone)
    yield Behind(Point(-31.12345, -121.12345), ring, (data.resident, data.telephone))
    yield Behind(asker=(data.resident, None))


def whoms(data: Data) -> Iterator[Beneficiary]:
    """Somebody for whom it is asked: nothing known yet, not agreed, agreed."""
    yield Beneficiary(data.resident)
    yield Beneficiary(data.resident, data.door, data.telephone)
    yield Beneficiary(data.resident, data.door, None, NOW)


def shown(data: Data) -> Said:
    """A voice note and a photo, one of several, and one that is gone."""
    for kind in MediaKind:
        sent = Media(5, 7, 1, kind, "AgAC7-AQAD01", "need:1", NOW - timedelta(days=1))
        for total in (1, 5):
            notice = enclosures.EnclosureShown(data.number, kind.value, total)
            yield notice, EnclosureView(sent, total, sent.file_id)
            yield notice, EnclosureView(None, 0)


def asked(data: Data) -> Said:
    """Their name, and where they are."""
    for wanted in beneficiaries.Wanted:
        for name in (None, data.resident):
            yield beneficiaries.BeneficiaryAsked(data.number, wanted.value), name


def waited(data: Data) -> Said:
    """Please send it now."""
    yield enclosures.EnclosuresWaited(data.number), None


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    enclosures.EnclosureShown: shown,
    enclosures.EnclosuresFull: said_as_is(enclosures.EnclosuresFull()),
    enclosures.EnclosuresWaited: waited,
    enclosures.FileLeft: said_as_is(enclosures.FileLeft()),
    beneficiaries.BeneficiaryAsked: asked,
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (
    enclosures.EnclosuresFull,
    enclosures.EnclosuresWaited,
    enclosures.FileLeft,
    beneficiaries.BeneficiaryAsked,
)
