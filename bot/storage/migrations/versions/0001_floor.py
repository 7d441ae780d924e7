"""The floor: places, people, needs, their history, and what comes in and goes out."""

from alembic import op

from bot.storage.migrations.columns import index, key, link, moment, number, words

revision = "0001_floor"
down_revision = None


def upgrade() -> None:
    places_and_people()
    the_path()
    what_happened()
    traffic()


def places_and_people() -> None:
    op.create_table(
        "areas",
        key(),
        link("parent_id", "areas.id", nullable=True),
        words("kind"),
        words("name"),
        words("code", unique=True),
        words("join_code", unique=True),
    )
    op.create_index("areas_parent", "areas", ["parent_id"])
    op.create_table(
        "area_tree",
        link("ancestor_id", "areas.id", primary_key=True),
        link("descendant_id", "areas.id", primary_key=True),
        number("depth"),
    )
    op.create_index("area_tree_descendant", "area_tree", ["descendant_id"])
    op.create_table(
        "persons",
        key(),
        words("name"),
        words("language"),
        words("telephone", nullable=True),
        words("telephone_hash", nullable=True),
        words("door", nullable=True),
        link("building_id", "areas.id", nullable=True),
        number("created_at"),
        number("menu", default="0"),
        number("version", default="0"),
    )
    op.create_index("persons_building", "persons", ["building_id"])
    op.create_index("persons_telephone", "persons", ["telephone_hash"])
    op.create_table(
        "accounts",
        number("bot_id", primary_key=True),
        number("user_id", primary_key=True),
        link("person_id", "persons.id"),
        number("unreachable_at", nullable=True),
    )
    op.create_index("accounts_person", "accounts", ["person_id"])
    op.create_table(
        "roles",
        link("person_id", "persons.id", primary_key=True),
        words("role", primary_key=True),
        link("area_id", "areas.id", primary_key=True),
        number("granted_at"),
        link("granted_by", "persons.id", nullable=True),
    )
    op.create_index("roles_area", "roles", ["area_id", "role"])
    op.create_table(
        "skills",
        link("person_id", "persons.id", primary_key=True),
        words("skill", primary_key=True),
    )
    op.create_table(
        "invitations",
        words("token_hash", primary_key=True),
        words("role"),
        link("area_id", "areas.id"),
        link("created_by", "persons.id", nullable=True),
        number("expires_at"),
        link("used_by", "persons.id", nullable=True),
        words("skills"),
    )
    op.create_table(
        "drafts",
        link("person_id", "persons.id", primary_key=True),
        number("bot_id"),
        words("kind"),
        words("data"),
        words("asks", nullable=True),
        number("asked_at", nullable=True),
        number("number"),
        number("updated_at"),
    )
    op.create_table(
        "groups",
        number("bot_id", primary_key=True),
        number("chat_id", primary_key=True),
        link("area_id", "areas.id", nullable=True),
        link("bound_by", "persons.id", nullable=True),
        number("left_at", nullable=True),
    )
    op.create_index("groups_area", "groups", ["area_id"])


def the_path() -> None:
    op.create_table(
        "needs",
        key(),
        number("bot_id"),
        link("area_id", "areas.id"),
        link("person_id", "persons.id"),
        words("category"),
        words("urgency"),
        words("text"),
        words("state"),
        number("posted_at"),
        link("claimed_by", "persons.id", nullable=True),
        number("claimed_at", nullable=True),
        number("arrives_at", nullable=True),
        words("outcome", nullable=True),
        words("remark", nullable=True),
        number("stars", nullable=True),
        number("step"),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("needs_act", "needs", ["act_at"], where="act_at IS NOT NULL")
    op.create_index("needs_area", "needs", ["area_id", "state"])
    op.create_index("needs_claimer", "needs", ["claimed_by", "state"])
    op.create_index("needs_person", "needs", ["person_id", "state"])
    op.create_table(
        "offers",
        link("need_id", "needs.id", primary_key=True),
        link("person_id", "persons.id", primary_key=True),
        words("reason"),
        words("skill", nullable=True),
        words("answer", nullable=True),
        number("offered_at"),
    )
    op.create_index("offers_person", "offers", ["person_id", "offered_at"])


def what_happened() -> None:
    op.create_table(
        "meta",
        words("name", primary_key=True),
        words("value"),
    )
    op.create_table(
        "history",
        key(),
        number("at"),
        link("actor_id", "persons.id", nullable=True),
        words("subject"),
        words("event"),
        words("before", nullable=True),
        words("after", nullable=True),
        words("detail", nullable=True),
    )
    op.create_index("history_subject", "history", ["subject", "id"])
    op.create_table(
        "disclosures",
        key(),
        number("at"),
        link("viewer_id", "persons.id"),
        link("person_id", "persons.id"),
        words("subject"),
    )
    op.create_index("disclosures_person", "disclosures", ["person_id", "at"])
    op.create_table(
        "failures",
        key(),
        number("at"),
        words("place"),
        words("subject"),
        words("body", nullable=True),
        words("error"),
    )
    op.create_index("failures_at", "failures", ["at"])


def traffic() -> None:
    op.create_table(
        "updates",
        number("bot_id", primary_key=True),
        number("update_id", primary_key=True),
        number("at"),
    )
    op.create_index("updates_at", "updates", ["at"])
    op.create_table(
        "outbox",
        key(),
        number("bot_id"),
        number("chat_id"),
        link("person_id", "persons.id", nullable=True),
        number("priority"),
        words("kind"),
        words("data"),
        words("subject", nullable=True),
        number("message_id", nullable=True),
        words("shown", nullable=True),
        number("version", default="0"),
        moment("send_at", nullable=True),
        words("holder", nullable=True),
        number("attempts", default="0"),
        moment("first_try_at", nullable=True),
        moment("dead_at", nullable=True),
        words("error", nullable=True),
        number("created_at"),
    )
    op.create_index("outbox_created", "outbox", ["created_at"])
    index("outbox_message", "outbox", ["chat_id", "message_id"], where="subject IS NOT NULL")
    due = ["bot_id", "priority", "id", "chat_id", "send_at"]
    index("outbox_due", "outbox", due, where="send_at IS NOT NULL")
    index("outbox_held", "outbox", ["bot_id", "holder", "chat_id", "send_at"], where="holder IS NOT NULL")
    card = ["subject", "bot_id", "chat_id", "kind"]
    index("outbox_card", "outbox", card, where="subject IS NOT NULL", unique=True)
    op.create_table(
        "pulses",
        words("copy", primary_key=True),
        number("intake_at", nullable=True),
        number("tick_at", nullable=True),
    )
