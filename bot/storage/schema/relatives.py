"""Who is family to somebody cared for, and what both have agreed to."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import key, link, metadata, number, where, words

relatives = Table(
    "relatives",
    metadata,
    key(),
    link("person_id", "persons.id", doc="who is cared for, or is to be"),
    link("relative_id", "persons.id", doc="who is family to them, and has a chat"),
    words("relation", doc="sealed: daughter, neighbour, …"),
    link("contact_id", "contacts.id", nullable=True, doc="which emergency contact they are; NULL: none"),
    link("plan_id", "plans.id", nullable=True, doc="the plan that they proposed; NULL: none"),
    link("seen_by", "persons.id", nullable=True, doc="who in charge has looked at the proposal; NULL: nobody"),
    number("proxy", doc="answers for them: 1 the relative wishes it, 2 the person agrees, 3 it holds"),
    number("news", doc="hears each day that they are well: 1, 2, 3 as above"),
    number("shared", doc="the person is reached through the relative's chat: 1, 2, 3 as above"),
    words("told_on", nullable=True, doc="the last local day of daily news; NULL: none yet"),
    number("told_for", nullable=True, doc="the check-in of which it told; NULL: none yet"),
    number("version", default="0"),
    Index("relatives_once", "person_id", "relative_id", unique=True),
    Index("relatives_relative", "relative_id"),
    where("relatives_shared", "relative_id", condition="shared = 3"),
    where("relatives_reached", "person_id", condition="shared = 3"),
    where("relatives_news", "person_id", condition="news = 3"),
    where("relatives_plan", "plan_id", condition="plan_id IS NOT NULL"),
)
