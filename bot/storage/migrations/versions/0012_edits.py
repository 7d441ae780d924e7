"""What a category makes of a need is kept with it, and a need can be kept open."""

from alembic import op

from bot.storage.migrations.columns import index, number, words

revision = "0012_edits"
down_revision = "0011_surges"


def upgrade() -> None:
    op.add_column("needs", number("within_minutes", nullable=True))
    op.add_column("needs", number("pair", default="0"))
    op.add_column("needs", words("guarded_by", nullable=True))
    op.add_column("needs", number("open_until", nullable=True))
    index("needs_posted", "needs", ["person_id", "posted_at"])
