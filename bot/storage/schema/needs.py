"""Needs, and who was asked."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.schema.base import Big, due, key, link, metadata, number, where, words

needs = Table(
    "needs",
    metadata,
    key(),
    number("bot_id"),
    link("area_id", "areas.id", doc="the place it is needed at"),
    link("person_id", "persons.id", doc="the resident who asks"),
    words("category"),
    words("urgency", doc="now, today or week"),
    words("text", doc="sealed; empty: forgotten"),
    words("state", doc="open, claimed, done, disputed, closed, cancelled or expired"),
    number("posted_at"),
    link("claimed_by", "persons.id", nullable=True, doc="who has it, or had it last; NULL: nobody yet"),
    number("claimed_at", nullable=True, doc="NULL: not claimed"),
    number("arrives_at", nullable=True, doc="when the claimer says they come; NULL: not said"),
    words("outcome", nullable=True, doc="done, partly, nobody_home or not_needed; NULL: not finished"),
    words("remark", nullable=True, doc="sealed: what the resident says is wrong; NULL: nothing"),
    number("stars", nullable=True, doc="1 to 5; NULL: not rated"),
    number("step", doc="how often the clock has acted in this state"),
    number("act_at", nullable=True, doc="when the clock acts next; NULL: nothing will happen by itself"),
    number("version", default="0"),
    number("within_minutes", nullable=True, doc="unclaimed so long, a coordinator hears; NULL: as its urgency says"),
    number("pair", default="0", doc="1: two people must go"),
    words("guarded_by", nullable=True, doc="the skill a volunteer needs to see it; NULL: every volunteer may"),
    number(
        "open_until", nullable=True, doc="when it ends if nobody takes it; NULL: about two weeks after it was opened"
    ),
    number("window_from", nullable=True, doc="from when on somebody is to come; NULL: as soon as its urgency says"),
    number("window_until", nullable=True, doc="until when; NULL as above"),
    number("closed_at", nullable=True, doc="when it was closed; NULL: it is not"),
    due("needs"),
    Index("needs_person", "person_id", "state"),
    Index("needs_claimer", "claimed_by", "state"),
    Index("needs_area", "area_id", "state"),
    Index("needs_posted", "person_id", "posted_at"),
    Index("needs_when", "posted_at"),
    where("needs_words", "posted_at", condition="text <> ''"),
)

offers = Table(
    "offers",
    metadata,
    Column("need_id", Big, ForeignKey("needs.id"), primary_key=True),
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True),
    words("reason", doc="why this person was asked: before, building, grid, community or near"),
    words("skill", nullable=True, doc="the skill that spoke for them; NULL: none"),
    words("answer", nullable=True, doc="declined, later, released or unreachable; NULL: none yet"),
    number("offered_at"),
    number("round", default="1", doc="in which round of the search they were asked last"),
    number("speaks", default="0", doc="1: they read the resident's language, which is not everybody's here"),
    number("again_at", nullable=True, doc="when they want to be asked once more; NULL: they said nothing of it"),
    number("silent_at", nullable=True, doc="when it was counted as left without an answer; NULL: it was not"),
    Index("offers_person", "person_id", "offered_at"),
)
