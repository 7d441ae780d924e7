"""The schema as it is now, a file a noun, each column saying what it means and what NULL means.

Nothing at run time reads these files: migrations (in `migrations/`) build the tables, and a test holds the two together.
Instants are UTC seconds since the epoch. Columns marked *sealed* hold encrypted words; *hash* columns find them again.
"""

from bot.storage.schema import (
    absences,
    alerts,
    areas,
    backups,
    beneficiaries,
    bots,
    checkins,
    closings,
    digests,
    drills,
    duty,
    enclosures,
    erasures,
    farewells,
    followups,
    helpers,
    history,
    imports,
    keyrings,
    knocks,
    ladders,
    media,
    meta,
    needs,
    people,
    plans,
    relatives,
    surges,
    traffic,
    visitors,
    volunteers,
    wellbeing,
)
from bot.storage.schema.base import metadata

# To add a noun's tables, add its file here.
NOUNS = (
    absences,
    alerts,
    areas,
    beneficiaries,
    bots,
    backups,
    checkins,
    closings,
    drills,
    digests,
    duty,
    enclosures,
    farewells,
    followups,
    erasures,
    helpers,
    history,
    imports,
    keyrings,
    knocks,
    ladders,
    media,
    meta,
    needs,
    people,
    plans,
    relatives,
    surges,
    traffic,
    visitors,
    volunteers,
    wellbeing,
)

__all__ = ["NOUNS", "metadata"]
