"""Copies of the program share a bot's pace, and say whether they take updates in."""

from alembic import op

from bot.storage.migrations.columns import moment, number, words

revision = "0015_copies"
down_revision = "0014_waves"


def upgrade() -> None:
    op.add_column("pulses", number("hears", nullable=True))
    op.create_table(
        "shares",
        number("bot_id", primary_key=True),
        words("holder", primary_key=True),
        number("slots", default="0"),
        moment("until", default="0"),
        number("wants", default="0"),
        number("cooling", default="0"),
        moment("cools_at", default="0"),
        moment("seen_at", default="0"),
        words("lent_to", nullable=True),
    )
