"""The duty rota: who is planned, and who is there."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.schema.base import Big, due, key, link, metadata, number, where, words

rotas = Table(
    "rotas",
    metadata,
    Column("area_id", Big, ForeignKey("areas.id"), primary_key=True, autoincrement=False),
    number("starts", doc="from when on somebody must be on duty; minutes of the local day"),
    number("ends", doc="until when; at or below starts: until midnight"),
    number("act_at", doc="when the next day's watches are made and gaps are looked for"),
    Index("rotas_act", "act_at"),
)

shifts = Table(
    "shifts",
    metadata,
    key(),
    link("area_id", "areas.id"),
    link("person_id", "persons.id"),
    number("weekdays", doc="bits, Monday the lowest"),
    number("starts", doc="minutes of the local day"),
    number("ends", doc="minutes of the local day; at or below starts: over midnight"),
    number("rank", doc="order among those on the same shift"),
    number("line", default="1", doc="which telephone: 1, 2, …"),
    Index("shifts_area", "area_id"),
)

duty_changes = Table(
    "duty_changes",
    metadata,
    key(),
    link("area_id", "areas.id"),
    number("line"),
    words("day", doc="the local date, YYYY-MM-DD"),
    number("starts", doc="minutes of the local day"),
    number("ends", doc="minutes of the local day"),
    link("person_id", "persons.id", nullable=True, doc="who does it then; NULL: nobody"),
    link("made_by", "persons.id"),
    Index("duty_changes_once", "area_id", "day", "line", "starts", "ends", unique=True),
)

duty_leaves = Table(
    "duty_leaves",
    metadata,
    key(),
    link("person_id", "persons.id"),
    words("first", doc="the local date, YYYY-MM-DD"),
    words("last", doc="the local date, YYYY-MM-DD; included"),
    Index("duty_leaves_person", "person_id", "last"),
)

duty_bells = Table(
    "duty_bells",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True, autoincrement=False),
    number("shown_at", doc="when they were told how the bot rings through a silenced telephone"),
    number("done_at", nullable=True, doc="when they said that they have set it so; NULL: not yet"),
)

watches = Table(
    "watches",
    metadata,
    key(),
    number("bot_id"),
    link("area_id", "areas.id"),
    number("line"),
    words("day", doc="the local date on which it begins, YYYY-MM-DD"),
    number("starts", doc="minutes of the local day"),
    number("ends", doc="minutes of the local day; at or below starts: over midnight"),
    number("starts_at"),
    number("ends_at"),
    words("people", doc="numbers of who is planned, in their order, comma-separated; empty: nobody"),
    words("passed", doc="numbers of who did not answer, comma-separated; empty: nobody"),
    words("state", doc="planned, called, held, empty or over"),
    link("holder_id", "persons.id", nullable=True, doc="who was asked, or has said that they are there; NULL: nobody"),
    number("act_at", nullable=True, doc="its beginning, the end of ten minutes' silence, or its end; NULL: it is over"),
    number("version", default="0"),
    due("watches"),
    where("watches_once", "area_id", "day", "line", "starts", "ends", condition="state <> 'over'", unique=True),
    Index("watches_running", "area_id", "ends_at"),
    where("watches_holder", "holder_id", condition="state IN ('called', 'held')"),
)

watch_holds = Table(
    "watch_holds",
    metadata,
    key(),
    link("watch_id", "watches.id"),
    link("area_id", "areas.id"),
    link("person_id", "persons.id"),
    number("from_at"),
    number("until_at", nullable=True, doc="NULL: still on duty"),
    Index("watch_holds_area", "area_id", "from_at"),
    Index("watch_holds_watch", "watch_id"),
)
