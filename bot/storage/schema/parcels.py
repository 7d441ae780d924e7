"""Voice notes and photos on their way from the bot that has them to one that must show them."""

from sqlalchemy import Column, Double, ForeignKey, Index, Table

from bot.storage.schema.base import Big, metadata, number, where, words

parcels = Table(
    "parcels",
    metadata,
    Column("media_id", Big, ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    number("asked_at", doc="when another bot first had to show it"),
    Column("wait_until", Double, nullable=False, doc="letters wait for it until then (database clock)"),
    Column(
        "fetch_at", Double, nullable=True, doc="fetched (again) then (database clock); NULL: here, or not to be had"
    ),
    number("tries", default="0"),
    number("came", default="0", doc="1: its bytes are here"),
    where("parcels_fetch", "fetch_at", condition="fetch_at IS NOT NULL"),
    Index("parcels_asked", "asked_at"),
)

parcel_pieces = Table(
    "parcel_pieces",
    metadata,
    Column("media_id", Big, ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Big, primary_key=True, doc="which piece of it"),
    words("piece", doc="sealed: bytes as base64"),
)

parcel_names = Table(
    "parcel_names",
    metadata,
    Column("media_id", Big, ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    Column("bot_id", Big, primary_key=True, doc="a bot that shows it, and not the one that it was sent to"),
    words("file_id", nullable=True, doc="sealed: by what Telegram knows it for this bot; NULL: not sent yet"),
)
