"""Lists of what was asked for since a day are found by that day."""

from bot.storage.migrations.columns import index

revision = "0029_listed"
down_revision = "0028_beginners"


def upgrade() -> None:
    index("needs_when", "needs", ["posted_at"])
