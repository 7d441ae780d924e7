"""Groups: whether they have topics, and which kind of need stands in which."""

from alembic import op

from bot.storage.migrations.columns import link, number, words

revision = "0016_topics"
down_revision = "0015_windows"


def upgrade() -> None:
    op.add_column("groups", number("forum", default="0"))
    op.add_column("groups", number("makes_topics", default="0"))
    op.add_column("groups", number("closed_at", nullable=True))
    op.create_table(
        "topics",
        number("bot_id", primary_key=True),
        number("chat_id", primary_key=True),
        words("category", primary_key=True),
        number("thread_id", nullable=True),
        link("bound_by", "persons.id", nullable=True),
        number("closed_at", nullable=True),
    )
