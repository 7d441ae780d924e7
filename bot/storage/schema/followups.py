"""Looking again on a later day."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import due, key, link, metadata, number, where, words

followups = Table(
    "followups",
    metadata,
    key(),
    number("bot_id"),
    link("alert_id", "alerts.id", doc="after which it is looked again"),
    link("person_id", "persons.id", doc="who is looked after"),
    link("area_id", "areas.id"),
    link("owner_id", "persons.id", doc="who looks"),
    words("day", doc="the local date, YYYY-MM-DD"),
    number("made_at"),
    number("told_at", nullable=True, doc="when its owner got the card; NULL: not yet"),
    number("handed_at", nullable=True, doc="when it was handed to coordinators; NULL: not"),
    number("done_at", nullable=True, doc="NULL: nobody has looked"),
    link("done_by", "persons.id", nullable=True, doc="NULL: nobody, or it was taken back"),
    words("note", nullable=True, doc="sealed; NULL: none"),
    number("act_at", nullable=True, doc="the card, the hand-over, the next reminder; NULL: nothing waits"),
    number("version", default="0"),
    due("followups"),
    where("followups_one", "alert_id", condition="done_at IS NULL", unique=True),
    where("followups_area", "area_id", condition="done_at IS NULL"),
    Index("followups_person", "person_id"),
)
