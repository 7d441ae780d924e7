"""What comes again, and what was made of each of its dates."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from bot.storage.schema.base import Big, due, key, link, metadata, number, where, words

recurrences = Table(
    "recurrences",
    metadata,
    key(),
    number("bot_id"),
    link("person_id", "persons.id", doc="for whom it comes again"),
    link("area_id", "areas.id", doc="the place it is needed at"),
    link("need_id", "needs.id", doc="the need that comes again"),
    link("made_by", "persons.id", doc="who wished it"),
    words("category"),
    words("text", doc="sealed; empty: forgotten"),
    words("rule", doc="RFC 5545, as far as it is understood here: FREQ=WEEKLY;BYDAY=TU"),
    words("anchor", doc="the local date from which the rule is counted, YYYY-MM-DD"),
    number("starts", doc="from which minute of the local day somebody is to come"),
    number("ends", doc="until which minute; beyond midnight: the next day's"),
    number("at_home", default="1", doc="1: it follows the person when they move"),
    words("guarded_by", nullable=True, doc="the skill a volunteer needs to see it; NULL: every volunteer may"),
    words("until", nullable=True, doc="its last possible local date; NULL: until it is ended"),
    words("state", doc="running, paused or ended"),
    words("next_day", nullable=True, doc="the local date for which a need is posted next; NULL: none"),
    number("act_at", nullable=True, doc="when that need is posted; NULL: nothing will happen by itself"),
    number("made_at"),
    number("ended_at", nullable=True, doc="NULL: it has not ended"),
    number("version", default="0"),
    due("recurrences"),
    where("recurrences_one", "need_id", condition="state <> 'ended'", unique=True),
    Index("recurrences_person", "person_id", "state"),
)

occurrences = Table(
    "occurrences",
    metadata,
    Column("recurrence_id", Big, ForeignKey("recurrences.id"), primary_key=True),
    Column("day", Text, primary_key=True, doc="the local date, YYYY-MM-DD: each is posted once"),
    link("need_id", "needs.id", nullable=True, doc="the need that was posted for it; NULL: it was skipped"),
    Index("occurrences_need", "need_id"),
)
