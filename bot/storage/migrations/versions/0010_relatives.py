"""Relatives: what family may do with consent, contacts who agreed or declined, links for a person's telephone."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0010_relatives"
down_revision = "0009_digests"


def upgrade() -> None:
    op.create_table(
        "relatives",
        key(),
        link("person_id", "persons.id"),
        link("relative_id", "persons.id"),
        words("relation"),
        link("contact_id", "contacts.id", nullable=True),
        link("plan_id", "plans.id", nullable=True),
        link("seen_by", "persons.id", nullable=True),
        number("proxy"),
        number("news"),
        number("shared"),
        words("told_on", nullable=True),
        number("told_for", nullable=True),
        number("version", default="0"),
    )
    index("relatives_once", "relatives", ["person_id", "relative_id"], unique=True)
    index("relatives_relative", "relatives", ["relative_id"])
    index("relatives_shared", "relatives", ["relative_id"], where="shared = 3")
    index("relatives_reached", "relatives", ["person_id"], where="shared = 3")
    index("relatives_news", "relatives", ["person_id"], where="news = 3")
    index("relatives_plan", "relatives", ["plan_id"], where="plan_id IS NOT NULL")
    op.add_column("contacts", words("state", nullable=True))
    op.add_column("contacts", number("answered_at", nullable=True))
    op.add_column("contacts", number("recorded_by", nullable=True))
    op.add_column("invitations", words("purpose", nullable=True))
