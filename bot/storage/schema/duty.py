"""The duty rota."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import key, link, metadata, number

shifts = Table(
    "shifts",
    metadata,
    key(),
    link("area_id", "areas.id"),
    link("person_id", "persons.id"),
    number("weekdays", doc="bits, Monday the lowest"),
    number("starts", doc="minutes of the local day"),
    number("ends", doc="minutes of the local day; below starts: over midnight"),
    number("rank", doc="order among those on the same shift"),
    Index("shifts_area", "area_id"),
)
