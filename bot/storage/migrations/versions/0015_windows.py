"""Windows: the day and hours in which somebody is to come."""

from alembic import op

from bot.storage.migrations.columns import number

revision = "0015_windows"
down_revision = "0014_waves"


def upgrade() -> None:
    op.add_column("needs", number("window_from", nullable=True))
    op.add_column("needs", number("window_until", nullable=True))
