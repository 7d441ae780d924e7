"""Lists of whoever is in charge: how each is filtered, and the files that are made of them."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.schema.base import Big, due, key, link, metadata, number, words

listings = Table(
    "listings",
    metadata,
    key(),
    link("person_id", "persons.id", doc="whose list it is"),
    words("book", doc="needs, people or unreached"),
    words("filter", doc="sealed JSON: what is looked for"),
    words("screen", doc="list, telephones, filters, or the field that is being chosen"),
    number("page", default="0"),
    number("updated_at"),
    number("act_at", nullable=True, doc="when the telephones are covered again; NULL: none are shown"),
    due("listings"),
    Index("listings_once", "person_id", "book", unique=True),
    Index("listings_updated", "updated_at"),
)

listing_exports = Table(
    "listing_exports",
    metadata,
    key(),
    link("person_id", "persons.id", doc="who asked for it"),
    words("book", doc="needs, people or unreached"),
    words("form", doc="csv or xlsx"),
    words("filter", doc="sealed JSON: what is looked for"),
    words("state", doc="making, made, stopped, refused or failed"),
    number("rows_total", default="0"),
    number("rows_done", default="0"),
    number("parts", default="0", doc="how many files it became"),
    number("tries", default="0", doc="how often it was begun"),
    number("asked_at"),
    number("act_at", nullable=True, doc="when it is taken up (again); NULL: nothing more is to be done"),
    due("listing_exports"),
    Index("listing_exports_person", "person_id", "state"),
    Index("listing_exports_asked", "asked_at"),
)

listing_files = Table(
    "listing_files",
    metadata,
    Column("export_id", Big, ForeignKey("listing_exports.id"), primary_key=True),
    Column("part", Big, primary_key=True),
    Column("number", Big, primary_key=True, doc="which piece of the part"),
    words("piece", doc="sealed: compressed bytes as base64"),
)
