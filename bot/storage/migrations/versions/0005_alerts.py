"""Alerts grow: somebody comes along, another is asked to take it, a visit has a beginning, and a false alarm a reason."""

from alembic import op

from bot.storage.migrations.columns import link, number, words

revision = "0005_alerts"
down_revision = "0004_duty"


def upgrade() -> None:
    op.add_column("alerts", number("arrived_at", nullable=True))
    op.add_column("alerts", number("checked_at", nullable=True))
    op.add_column("alerts", words("reason", nullable=True))
    op.add_column("alert_people", number("joined_at", nullable=True))
    op.create_table(
        "alert_offers", link("alert_id", "alerts.id", primary_key=True), link("person_id", "persons.id"), number("at")
    )
