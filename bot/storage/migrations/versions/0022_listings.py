"""Lists of whoever is in charge: their filters, the files made of them, and what people are found by."""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.columns import Big, index, key, link, number, words

revision = "0022_listings"
down_revision = "0021_backups"


def upgrade() -> None:
    op.create_table(
        "listings",
        key(),
        link("person_id", "persons.id"),
        words("book"),
        words("filter"),
        words("screen"),
        number("page", default="0"),
        number("updated_at"),
        number("act_at", nullable=True),
    )
    index("listings_act", "listings", ["act_at"], where="act_at IS NOT NULL")
    index("listings_once", "listings", ["person_id", "book"], unique=True)
    index("listings_updated", "listings", ["updated_at"])
    op.create_table(
        "listing_exports",
        key(),
        link("person_id", "persons.id"),
        words("book"),
        words("form"),
        words("filter"),
        words("state"),
        number("rows_total", default="0"),
        number("rows_done", default="0"),
        number("parts", default="0"),
        number("tries", default="0"),
        number("asked_at"),
        number("act_at", nullable=True),
    )
    index("listing_exports_act", "listing_exports", ["act_at"], where="act_at IS NOT NULL")
    index("listing_exports_person", "listing_exports", ["person_id", "state"])
    index("listing_exports_asked", "listing_exports", ["asked_at"])
    op.create_table(
        "listing_files",
        link("export_id", "listing_exports.id", primary_key=True),
        number("part", primary_key=True),
        number("number", primary_key=True),
        words("piece"),
    )
    op.create_table(
        "deputies",
        sa.Column("person_id", Big, sa.ForeignKey("persons.id"), primary_key=True, autoincrement=False),
        number("since"),
        number("until_at"),
        number("act_at"),
    )
    index("deputies_act", "deputies", ["act_at"])
    op.add_column("digests", words("hours", nullable=True))
    # Whoever was written down before is found by their name once a start has hashed it.
    op.add_column("persons", words("name_hash", nullable=True))
    index("persons_name", "persons", ["name_hash"])
    index("accounts_unreached", "accounts", ["person_id"], where="unreachable_at IS NOT NULL")
