"""Care plans, and whom to tell."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import due, key, link, metadata, number, where, words

plans = Table(
    "plans",
    metadata,
    key(),
    number("bot_id"),
    link("person_id", "persons.id", doc="who is cared for"),
    link("area_id", "areas.id", doc="where they live"),
    words("state", doc="proposed, active, paused or ended"),
    words("slots", doc='"480:chat:127": minutes of the local day, channel, weekdays as bits, comma-separated'),
    number("grace_minutes"),
    words("nudges", doc="minutes before the end, comma-separated"),
    words("ladder", doc='"0:duty": minutes and who, comma-separated; empty: the community\'s holds'),
    words("notes", nullable=True, doc="sealed; NULL: none"),
    link("neighbour_id", "persons.id", nullable=True, doc="the neighbour they chose; NULL: nobody"),
    link("proposed_by", "persons.id", doc="the coordinator who enrolled them"),
    words(
        "consent",
        nullable=True,
        doc='"chat:1" asked in the chat, or "witness:1", with the consent text\'s version; NULL: none',
    ),
    words("witness", nullable=True, doc="sealed name of who witnessed the consent; NULL: given in the chat"),
    number("consent_at", nullable=True, doc="NULL: not given yet"),
    number("paused_until", nullable=True, doc="NULL: not paused"),
    words("pause_reason", nullable=True, doc="travel, hospital or family; NULL: not paused"),
    number(
        "act_at", nullable=True, doc="the next question, or the end of the pause; NULL: nothing will happen by itself"
    ),
    number("version", default="0"),
    number("early_minutes", default="120", doc="a sign of life so long before a question answers it"),
    number("may_enter", nullable=True, doc="1: somebody may come in, 0: rather not; NULL: not asked yet"),
    number("neighbour_asked", nullable=True, doc="the person who was asked to be the neighbour; NULL: nobody waits"),
    due("plans"),
    where("plans_person", "person_id", condition="state <> 'ended'", unique=True),
    Index("plans_area", "area_id", "state"),
)

contacts = Table(
    "contacts",
    metadata,
    key(),
    link("plan_id", "plans.id"),
    number("rank", doc="the order in which they are asked"),
    words("name", doc="sealed"),
    words("relation", doc="sealed: daughter, neighbour, …"),
    words("telephone", nullable=True, doc="sealed; NULL: reached in the chat"),
    link("person_id", "persons.id", nullable=True, doc="NULL: by telephone only"),
    words("state", nullable=True, doc="agreed, declined or left; NULL: listed by others, and not asked yet"),
    number("answered_at", nullable=True, doc="when they said so; NULL: not yet"),
    number(
        "recorded_by", nullable=True, doc="the person who rang them and wrote it down; NULL: they said it in the chat"
    ),
    Index("contacts_plan", "plan_id", "rank"),
)
