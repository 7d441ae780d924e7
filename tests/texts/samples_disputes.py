"""Everything that is said about disputes, beside the resident's own card."""

from collections.abc import Callable, Mapping

from bot.domain import disputes
from bot.domain.notices import Notice
from tests.texts.readers import Data, Said
from tests.texts.samples_needs import of_need


def verdicts(data: Data) -> Said:
    """The coordinator's word."""
    view = disputes.VerdictView(data.number, data.owner, data.text[:500])
    return iter([(disputes.VerdictSaid(data.number), view)])


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    disputes.VerdictSaid: verdicts,
    **{
        kind: of_need(kind)
        for kind in (
            *(disputes.SideAsked, disputes.SideWordsAsked, disputes.SideKept),
            *(disputes.VerdictOffered, disputes.VerdictAsked, disputes.VerdictKept),
        )
    },
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (disputes.VerdictSaid,)
