"""What the two sides of a visit say of it once it is over, and what becomes of that."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import due, key, link, metadata, number, where, words

ratings = Table(
    "ratings",
    metadata,
    key(),
    link("need_id", "needs.id"),
    link("person_id", "persons.id", doc="who says it"),
    link("other_id", "persons.id", doc="of whom; they read nothing of it before it is shown"),
    words("side", doc="which side says it: resident or helper"),
    number("stars", doc="1 to 5; the first ones stand"),
    words("words", nullable=True, doc="sealed; NULL: none were written, or they are forgotten"),
    number("claimed_at", doc="which visit: when the need was claimed for it"),
    number("rated_at"),
    number("shown_at", nullable=True, doc="when the other side was shown it; NULL: not yet"),
    number("act_at", nullable=True, doc="when it is shown by itself; NULL: it is"),
    number("version", default="0"),
    due("ratings"),
    Index("ratings_once", "need_id", "person_id", "claimed_at", unique=True),
    Index("ratings_person", "person_id"),
    Index("ratings_other", "other_id"),
)

reopenings = Table(
    "reopenings",
    metadata,
    key(),
    link("need_id", "needs.id"),
    link("person_id", "persons.id", doc="the resident"),
    words("why", doc="not_done, broke or words"),
    words("words", nullable=True, doc="sealed; NULL: none were written, or they are forgotten"),
    number("at"),
    Index("reopenings_need", "need_id"),
    Index("reopenings_person", "person_id"),
)

unease = Table(
    "unease",
    metadata,
    key(),
    number("bot_id"),
    link("need_id", "needs.id"),
    link("area_id", "areas.id"),
    link("person_id", "persons.id", doc="who did not feel safe"),
    link("other_id", "persons.id", doc="with whom; they never read anything of it"),
    link("helper_id", "persons.id", doc="which of the two came to help"),
    number("said_at"),
    words("words", nullable=True, doc="sealed; NULL: none were written, or they are forgotten"),
    number("handled_at", nullable=True, doc="when somebody wrote what was done; NULL: nobody has"),
    link("handled_by", "persons.id", nullable=True, doc="NULL: nobody yet"),
    words("note", nullable=True, doc="sealed: what was done; NULL: nothing was written, or it is forgotten"),
    number("lifted_at", nullable=True, doc="when the two could be brought together again; NULL: they cannot"),
    number("act_at", nullable=True, doc="when who is in charge is reminded; NULL: nobody is any more"),
    number("version", default="0"),
    due("unease"),
    where("unease_once", "need_id", "person_id", condition="handled_at IS NULL", unique=True),
    where("unease_person", "person_id", "other_id", condition="lifted_at IS NULL"),
    where("unease_other", "other_id", "person_id", condition="lifted_at IS NULL"),
)

disputes = Table(
    "disputes",
    metadata,
    key(),
    link("need_id", "needs.id"),
    link("person_id", "persons.id", doc="the resident, whose words stand with the need"),
    link("helper_id", "persons.id", doc="whoever helped, who is heard too"),
    number("opened_at"),
    words("words", nullable=True, doc="sealed: the helper's side; NULL: none was written, or it is forgotten"),
    number("said_at", nullable=True, doc="when the helper answered, also with nothing to add; NULL: not yet"),
    link("decided_by", "persons.id", nullable=True, doc="NULL: nobody yet"),
    number("decided_at", nullable=True, doc="NULL: not yet"),
    words("verdict", nullable=True, doc="sealed: the coordinator's word to both; NULL: none, or it is forgotten"),
    number("version", default="0"),
    where("disputes_open", "need_id", condition="decided_at IS NULL", unique=True),
    Index("disputes_need", "need_id"),
    Index("disputes_helper", "helper_id"),
)

lapses = Table(
    "lapses",
    metadata,
    key(),
    link("need_id", "needs.id"),
    link("person_id", "persons.id", doc="whom it concerns, and who reads it"),
    words("kind", doc="nobody_home, quiet, late or not_come"),
    number("at", doc="half a year after that it is deleted"),
    words("words", nullable=True, doc="sealed: the person's own word to it; NULL: none"),
    Index("lapses_person", "person_id", "at"),
    Index("lapses_at", "at"),
)

showcases = Table(
    "showcases",
    metadata,
    key(),
    number("bot_id"),
    link("need_id", "needs.id"),
    link("area_id", "areas.id"),
    link("person_id", "persons.id", doc="the resident who thanks"),
    link("helper_id", "persons.id", doc="whoever is thanked"),
    number("written_at"),
    words("words", nullable=True, doc="sealed; NULL: taken back, or forgotten"),
    words("state", doc="draft, asked, shown or withdrawn"),
    number("named", default="0", doc="1: the resident is named"),
    number("helper_named", default="0", doc="1: whoever helped is named"),
    number("shown_at", nullable=True, doc="when it went into the group; NULL: not yet"),
    number("act_at", nullable=True, doc="when it is shown without the helper's answer; NULL: nothing is waited for"),
    number("version", default="0"),
    due("showcases"),
    Index("showcases_once", "need_id", "helper_id", unique=True),
)
