"""How many go to a need, and who comes along with whoever leads."""

from sqlalchemy import Column, ForeignKey, Table

from bot.storage.schema.base import Big, due, metadata, number, where

seats = Table(
    "seats",
    metadata,
    Column("need_id", Big, ForeignKey("needs.id"), primary_key=True),
    number("asked", nullable=True, doc="how many are to go, 1 to 5; NULL: as its kind says"),
    number(
        "act_at", nullable=True, doc="when somebody hears that seats are empty; NULL: nobody has it, or none is empty"
    ),
    due("seats"),
)

seat_people = Table(
    "seat_people",
    metadata,
    Column("need_id", Big, ForeignKey("needs.id"), primary_key=True),
    Column(
        "person_id", Big, ForeignKey("persons.id"), primary_key=True, doc="who comes along; whoever leads is not here"
    ),
    number("joined_at"),
    number(
        "left_at", nullable=True, doc="when they said that they do not come, or led instead; NULL: they come, or came"
    ),
    where("seat_people_person", "person_id", condition="left_at IS NULL"),
)
