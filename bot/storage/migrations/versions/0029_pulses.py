"""Each copy's pulse says when it beat last, what ails it, whether it has ended by itself, and what was told of it."""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.columns import moment, words

revision = "0029_pulses"
down_revision = "0028_beginners"


def upgrade() -> None:
    columns: tuple[sa.Column[object], ...] = (
        moment("beat_at", nullable=True),
        moment("ended_at", nullable=True),
        words("ails", nullable=True),
        words("told", nullable=True),
    )
    for column in columns:
        op.add_column("pulses", column)
