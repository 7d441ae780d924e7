"""Money between the sides of a need: who pays, and what it came to. Amounts are cents of the community's currency."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.schema.base import Big, due, key, link, metadata, number, words

budgets = Table(
    "budgets",
    metadata,
    Column("need_id", Big, ForeignKey("needs.id"), primary_key=True),
    words("payer", doc="beforehand, afterwards, paid or nobody"),
    number("ceiling", nullable=True, doc="cents; NULL: no limit was named"),
)

receipts = Table(
    "receipts",
    metadata,
    key(),
    number("bot_id"),
    link("need_id", "needs.id"),
    link("helper_id", "persons.id", doc="who bought something"),
    number("given", doc="cents, beforehand"),
    number("spent", doc="cents"),
    number("made_at"),
    number("by_helper_at", nullable=True, doc="when the helper said that it is settled; NULL: not"),
    number("by_resident_at", nullable=True, doc="when the resident said so; NULL: not"),
    number("disputed_at", nullable=True, doc="when one of them said that it is not right; NULL: not"),
    number("settled_at", nullable=True, doc="NULL: not settled"),
    number("act_at", nullable=True, doc="when who is in charge hears that it is not settled; NULL: nothing waits"),
    number("version", default="0"),
    due("receipts"),
    Index("receipts_need", "need_id", "helper_id"),
    Index("receipts_helper", "helper_id"),
)
