"""Receipts: who pays, up to how much, what was spent, and that both say it is settled."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0033_receipts"
down_revision = "0032_visits"


def upgrade() -> None:
    op.create_table(
        "budgets",
        link("need_id", "needs.id", primary_key=True),
        words("payer"),
        number("ceiling", nullable=True),
    )
    op.create_table(
        "receipts",
        key(),
        number("bot_id"),
        link("need_id", "needs.id"),
        link("helper_id", "persons.id"),
        number("given"),
        number("spent"),
        number("made_at"),
        number("by_helper_at", nullable=True),
        number("by_resident_at", nullable=True),
        number("disputed_at", nullable=True),
        number("settled_at", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("receipts_act", "receipts", ["act_at"], where="act_at IS NOT NULL")
    index("receipts_need", "receipts", ["need_id", "helper_id"])
    index("receipts_helper", "receipts", ["helper_id"])
