"""What one bot was sent and another must show is carried over: its bytes for as long as that takes, its names for longer."""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.columns import Big, Column, index, moment, number, words

revision = "0036_parcels"
down_revision = "0035_showings"


def _media() -> Column:
    return sa.Column("media_id", Big, sa.ForeignKey("media.id", ondelete="CASCADE"), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "parcels",
        _media(),
        number("asked_at"),
        moment("wait_until"),
        moment("fetch_at", nullable=True),
        number("tries", default="0"),
        number("came", default="0"),
    )
    index("parcels_fetch", "parcels", ["fetch_at"], where="fetch_at IS NOT NULL")
    index("parcels_asked", "parcels", ["asked_at"])
    op.create_table("parcel_pieces", _media(), number("number", primary_key=True), words("piece"))
    op.create_table("parcel_names", _media(), number("bot_id", primary_key=True), words("file_id", nullable=True))
