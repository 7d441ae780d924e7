"""Who was shown whose contact data is counted by viewer and by day."""

from bot.storage.migrations.columns import index

revision = "0035_showings"
down_revision = "0034_listed"


def upgrade() -> None:
    index("disclosures_viewer", "disclosures", ["viewer_id", "at"])
    index("disclosures_at", "disclosures", ["at"])
