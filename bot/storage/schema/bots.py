"""Bots besides the deployment's own."""

from sqlalchemy import Column, Table

from bot.storage.schema.base import Big, link, metadata, number, words

bots = Table(
    "bots",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False, doc="the bot's number at Telegram"),
    words("token", doc="sealed"),
    words("username"),
    link("area_id", "areas.id", doc="the place that it serves, with all below it"),
    number("added_at"),
)
