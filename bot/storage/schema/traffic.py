"""In and out: updates, failures, the outbox, pulses."""

from sqlalchemy import Column, Double, Index, Table, Text, text

from bot.storage.schema.base import Big, key, link, metadata, number, where, words

updates = Table(
    "updates",
    metadata,
    Column("bot_id", Big, primary_key=True),
    Column("update_id", Big, primary_key=True),
    number("at", doc="kept for 48 hours"),
    Index("updates_at", "at"),
)

failures = Table(
    "failures",
    metadata,
    key(),
    number("at"),
    words("place", doc="where it failed: update, sweep or delivery"),
    words("subject", doc="which update, row or letter it was"),
    words("body", nullable=True, doc="sealed: the update as it came; NULL: not an update"),
    words("error", doc="type and place of the error, no personal data"),
    Index("failures_at", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    number("bot_id"),
    number("chat_id"),
    link("person_id", "persons.id", nullable=True, doc="the reader; NULL: a group reads it"),
    number("priority", doc="0 life, 1 answers, 2 check-ins, 3 offers, 4 the rest"),
    words("kind", doc="the notice's name"),
    words("data", doc="the notice's fields as JSON: ids and plain facts only"),
    words("subject", nullable=True, doc="what the card shows; NULL: said once, not a card"),
    number("message_id", nullable=True, doc="Telegram's number of the message; NULL: not accepted yet"),
    words("shown", nullable=True, doc="hash of what the card showed last; NULL: never drawn"),
    number("version", default="0", doc="counts how often the card was made dirty"),
    Column(
        "send_at", Double, nullable=True, doc="due time, lease and back-off (database clock); NULL: nothing to send"
    ),
    words("holder", nullable=True, doc="the copy that is sending it; NULL: nobody"),
    number("attempts", default="0"),
    Column("first_try_at", Double, nullable=True, doc="database clock; NULL: not tried yet"),
    Column("dead_at", Double, nullable=True, doc="given up for good; NULL: not given up"),
    words("error", nullable=True, doc="why the last try failed; NULL: it did not"),
    number("created_at"),
    where("outbox_due", "bot_id", "priority", "id", "chat_id", "send_at", condition="send_at IS NOT NULL"),
    where("outbox_held", "bot_id", "holder", "chat_id", "send_at", condition="holder IS NOT NULL"),
    where("outbox_card", "subject", "bot_id", "chat_id", "kind", condition="subject IS NOT NULL", unique=True),
    where("outbox_message", "chat_id", "message_id", condition="message_id IS NOT NULL"),
    Index("outbox_created", "created_at"),
)

pulses = Table(
    "pulses",
    metadata,
    Column("copy", Text, primary_key=True, doc="one running program"),
    number("intake_at", nullable=True, doc="last successful intake; NULL: none yet"),
    number("tick_at", nullable=True, doc="last finished tick; NULL: none yet"),
    number(
        "hears",
        nullable=True,
        doc="1: silence may be taken for silence; 0: it was deaf, and what waited is still read; NULL: it does not take in",
    ),
    Column("beat_at", Double, nullable=True, doc="the last pulse (database clock); NULL: of an older version"),
    Column("ended_at", Double, nullable=True, doc="it has stopped as it was asked to; NULL: it has not"),
    words("ails", nullable=True, doc="what is silent or held up there, with commas; NULL: nothing"),
    words("told", nullable=True, doc="what people were told of it last; NULL: nothing, or that all is well"),
)

shares = Table(
    "shares",
    metadata,
    Column("bot_id", Big, primary_key=True),
    Column("holder", Text, primary_key=True, doc="the copy that has it; empty: the reserve"),
    number("slots", default="0", doc="messages a second"),
    Column("until", Double, server_default=text("0"), nullable=False, doc="database clock; after that it has none"),
    number("wants", default="0", doc="how many it could use"),
    number("cooling", default="0", doc="how many are counted until cools_at, because it had them just now"),
    Column("cools_at", Double, server_default=text("0"), nullable=False, doc="database clock"),
    Column("seen_at", Double, server_default=text("0"), nullable=False, doc="database clock: when the copy last asked"),
    words("lent_to", nullable=True, doc="of the reserve: the copy that has it; NULL: nobody had it yet"),
)
