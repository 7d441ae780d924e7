"""Everything that the program can say, said in every plausible way: about short-named people, and about awkward ones.

A capability adds its notices to a file `samples_….py`; a test says which are missing.
"""

from collections.abc import Callable, Mapping
from functools import cache

from bot.domain.notices import Notice
from bot.handlers import CAPABILITIES
from bot.texts import common
from bot.texts.message import Menu, Message
from tests.texts import (
    samples_absences,
    samples_assignments,
    samples_backups,
    samples_beginners,
    samples_care,
    samples_closings,
    samples_desks,
    samples_digests,
    samples_disputes,
    samples_drills,
    samples_duty,
    samples_enclosures,
    samples_erasures,
    samples_farewells,
    samples_figures,
    samples_floods,
    samples_followups,
    samples_handovers,
    samples_helpers,
    samples_histories,
    samples_knocks,
    samples_lapses,
    samples_listings,
    samples_media,
    samples_needs,
    samples_outages,
    samples_people,
    samples_plans,
    samples_posters,
    samples_pulses,
    samples_receipts,
    samples_recurrences,
    samples_relatives,
    samples_relays,
    samples_remarks,
    samples_responders,
    samples_rosters,
    samples_seats,
    samples_sheets,
    samples_showcases,
    samples_showings,
    samples_stuck,
    samples_surges,
    samples_topics,
    samples_unease,
    samples_visitors,
    samples_visits,
    samples_volunteers,
    samples_wellbeing,
)
from tests.texts.readers import PLAIN, Data, Said

FILES = (
    samples_absences,
    samples_assignments,
    samples_backups,
    samples_beginners,
    samples_care,
    samples_closings,
    samples_desks,
    samples_drills,
    samples_digests,
    samples_duty,
    samples_enclosures,
    samples_farewells,
    samples_erasures,
    samples_figures,
    samples_floods,
    samples_histories,
    samples_followups,
    samples_handovers,
    samples_helpers,
    samples_knocks,
    samples_listings,
    samples_media,
    samples_needs,
    samples_people,
    samples_plans,
    samples_posters,
    samples_receipts,
    samples_recurrences,
    samples_outages,
    samples_pulses,
    samples_responders,
    samples_relatives,
    samples_relays,
    samples_remarks,
    samples_rosters,
    samples_seats,
    samples_sheets,
    samples_stuck,
    samples_disputes,
    samples_lapses,
    samples_showcases,
    samples_showings,
    samples_unease,
    samples_visitors,
    samples_visits,
    samples_surges,
    samples_topics,
    samples_volunteers,
    samples_wellbeing,
)
SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    kind: said for file in FILES for kind, said in file.SAMPLES.items()
}
# Residents read these, some of them very old; the cared-for ones among them these.
FOR_RESIDENTS = (
    *samples_people.FOR_RESIDENTS,
    *samples_enclosures.FOR_RESIDENTS,
    *samples_erasures.FOR_RESIDENTS,
    *samples_needs.FOR_RESIDENTS,
    *samples_relays.FOR_RESIDENTS,
    *samples_receipts.FOR_RESIDENTS,
    *samples_visits.FOR_RESIDENTS,
    *samples_recurrences.FOR_RESIDENTS,
    *samples_helpers.FOR_RESIDENTS,
    *samples_closings.FOR_RESIDENTS,
    *samples_unease.FOR_RESIDENTS,
    *samples_disputes.FOR_RESIDENTS,
    *samples_lapses.FOR_RESIDENTS,
    *samples_showcases.FOR_RESIDENTS,
    *samples_assignments.FOR_RESIDENTS,
    *samples_seats.FOR_RESIDENTS,
    *samples_handovers.FOR_RESIDENTS,
    *samples_care.FOR_RESIDENTS,
    *samples_knocks.FOR_RESIDENTS,
    *samples_media.FOR_RESIDENTS,
    *samples_plans.FOR_RESIDENTS,
    *samples_relatives.FOR_RESIDENTS,
    *samples_remarks.FOR_RESIDENTS,
    *samples_visitors.FOR_RESIDENTS,
    *samples_wellbeing.FOR_RESIDENTS,
    *samples_surges.FOR_RESIDENTS,
    *samples_farewells.FOR_RESIDENTS,
)
FOR_CARED_FOR = (
    *samples_care.FOR_RESIDENTS,
    *samples_knocks.FOR_RESIDENTS,
    *samples_media.FOR_RESIDENTS,
    *samples_plans.FOR_RESIDENTS,
    *samples_relatives.FOR_RESIDENTS,
    *samples_remarks.FOR_RESIDENTS,
    *samples_visitors.FOR_RESIDENTS,
    *samples_wellbeing.FOR_RESIDENTS,
    *samples_surges.FOR_RESIDENTS,
    *samples_farewells.FOR_RESIDENTS,
)

CARDS: Mapping[type[Notice], Callable[..., Message | Menu]] = {
    **{kind: card for capability in CAPABILITIES for kind, card in capability.cards.items()},
    **common.CARDS,
}


def messages(kind: type[Notice], data: Data) -> tuple[tuple[Notice, Message | Menu], ...]:
    """Every message that this kind of notice can become."""
    return _plainly(kind.__name__, data) if data in PLAIN else _worded(kind.__name__, data)


@cache
def _plainly(name: str, data: Data) -> tuple[tuple[Notice, Message | Menu], ...]:
    """Read by several tests; what awkward people write is long, and is read by one."""
    return _worded(name, data)


def _worded(name: str, data: Data) -> tuple[tuple[Notice, Message | Menu], ...]:
    kind = Notice.known[name]
    return tuple((notice, CARDS[kind](notice, view, data.words)) for notice, view in SAMPLES[kind](data))
