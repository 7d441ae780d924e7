"""Relays: what resident and helper write to each other."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0031_relays"
down_revision = "0030_outages"


def upgrade() -> None:
    op.create_table(
        "relays",
        key(),
        number("bot_id"),
        link("need_id", "needs.id"),
        link("from_id", "persons.id"),
        link("to_id", "persons.id"),
        words("text", nullable=True),
        number("sent_at"),
        number("failed_at", nullable=True),
    )
    index("relays_need", "relays", ["need_id", "from_id", "sent_at"])
    index("relays_from", "relays", ["from_id"])
    index("relays_to", "relays", ["to_id"])
    index("relays_words", "relays", ["sent_at"], where="text IS NOT NULL")
    # An answer to any message of ours is looked up by its number, not only one to a card.
    op.drop_index("outbox_message", "outbox")
    index("outbox_message", "outbox", ["chat_id", "message_id"], where="message_id IS NOT NULL")
