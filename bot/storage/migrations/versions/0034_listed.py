"""Lists of what was asked for since a day are found by that day."""

from bot.storage.migrations.columns import index

revision = "0034_listed"
down_revision = "0033_receipts"


def upgrade() -> None:
    index("needs_when", "needs", ["posted_at"])
