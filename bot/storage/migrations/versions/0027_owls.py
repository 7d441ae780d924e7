"""Owls: whoever may be awake in the community's quiet hours is found without looking at everybody."""

from bot.storage.migrations.columns import index

revision = "0027_owls"
down_revision = "0026_handovers"


def upgrade() -> None:
    index("helpers_owls", "helpers", ["person_id"], where="quiet_from IS NOT NULL OR night_now = 1")
