"""Backups: which were made, and which keys each running copy holds."""

from alembic import op

from bot.storage.migrations.columns import index, key, number, words

revision = "0021_backups"
down_revision = "0020_unease"


def upgrade() -> None:
    op.create_table(
        "backups",
        key(),
        number("slot_at", nullable=True),
        words("copy"),
        number("begun_at"),
        number("ended_at", nullable=True),
        words("name", nullable=True),
        words("error", nullable=True),
    )
    index("backups_slot", "backups", ["slot_at"], unique=True)
    op.create_table(
        "keyrings",
        words("copy", primary_key=True),
        words("keys"),
        words("seals"),
        number("at"),
    )
