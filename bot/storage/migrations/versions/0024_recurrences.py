"""What comes again: by which rule, and what was made of each date."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, number, words

revision = "0024_recurrences"
down_revision = "0023_showcases"


def upgrade() -> None:
    op.create_table(
        "recurrences",
        key(),
        number("bot_id"),
        link("person_id", "persons.id"),
        link("area_id", "areas.id"),
        link("need_id", "needs.id"),
        link("made_by", "persons.id"),
        words("category"),
        words("text"),
        words("rule"),
        words("anchor"),
        number("starts"),
        number("ends"),
        number("at_home", default="1"),
        words("guarded_by", nullable=True),
        words("until", nullable=True),
        words("state"),
        words("next_day", nullable=True),
        number("act_at", nullable=True),
        number("made_at"),
        number("ended_at", nullable=True),
        number("version", default="0"),
    )
    index("recurrences_act", "recurrences", ["act_at"], where="act_at IS NOT NULL")
    index("recurrences_one", "recurrences", ["need_id"], where="state <> 'ended'", unique=True)
    index("recurrences_person", "recurrences", ["person_id", "state"])
    op.create_table(
        "occurrences",
        link("recurrence_id", "recurrences.id", primary_key=True),
        words("day", primary_key=True),
        link("need_id", "needs.id", nullable=True),
    )
    index("occurrences_need", "occurrences", ["need_id"])
