"""Copies of the program share a bot's pace, and say whether they take updates in; several bots serve one deployment."""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.columns import Big, index, link, moment, number, words

revision = "0018_copies"
down_revision = "0017_enclosures"


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
    op.create_table(
        "bots",
        sa.Column("id", Big, primary_key=True, autoincrement=False),
        words("token"),
        words("username"),
        link("area_id", "areas.id"),
        number("added_at"),
    )
    index("accounts_user", "accounts", ["user_id"])
