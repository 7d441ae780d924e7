"""Care: plans, check-ins, alerts and whom they told, emergency contacts, duty shifts."""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.columns import Big, index, key, link, number, words

revision = "0002_care"
down_revision = "0001_floor"


def upgrade() -> None:
    op.add_column("accounts", number("heard_at", nullable=True))
    the_plans()
    the_checkins()
    the_alerts()
    the_duty()
    the_knocks()
    the_sheets()


def the_plans() -> None:
    op.create_table(
        "plans",
        key(),
        number("bot_id"),
        link("person_id", "persons.id"),
        link("area_id", "areas.id"),
        words("state"),
        words("slots"),
        number("grace_minutes"),
        words("nudges"),
        words("ladder"),
        words("notes", nullable=True),
        link("neighbour_id", "persons.id", nullable=True),
        link("proposed_by", "persons.id"),
        words("consent", nullable=True),
        words("witness", nullable=True),
        number("consent_at", nullable=True),
        number("paused_until", nullable=True),
        words("pause_reason", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("plans_act", "plans", ["act_at"], where="act_at IS NOT NULL")
    index("plans_person", "plans", ["person_id"], where="state <> 'ended'", unique=True)
    index("plans_area", "plans", ["area_id", "state"])
    op.create_table(
        "contacts",
        key(),
        link("plan_id", "plans.id"),
        number("rank"),
        words("name"),
        words("relation"),
        words("telephone", nullable=True),
        link("person_id", "persons.id", nullable=True),
    )
    index("contacts_plan", "contacts", ["plan_id", "rank"])


def the_checkins() -> None:
    op.create_table(
        "checkins",
        key(),
        link("plan_id", "plans.id"),
        link("person_id", "persons.id"),
        link("area_id", "areas.id"),
        words("day"),
        number("slot"),
        words("channel"),
        words("state"),
        number("asked_at"),
        number("due_at"),
        words("nudges"),
        number("step"),
        words("answer", nullable=True),
        number("answered_at", nullable=True),
        link("answered_by", "persons.id", nullable=True),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("checkins_once", "checkins", ["person_id", "day", "slot"], unique=True)
    index("checkins_act", "checkins", ["act_at"], where="act_at IS NOT NULL")
    index("checkins_round", "checkins", ["area_id", "day", "slot"])


def the_alerts() -> None:
    op.create_table(
        "alerts",
        key(),
        number("bot_id"),
        link("person_id", "persons.id"),
        link("area_id", "areas.id"),
        words("cause"),
        words("state"),
        number("opened_at"),
        words("ladder"),
        number("rung"),
        number("gap_minutes"),
        link("taken_by", "persons.id", nullable=True),
        number("arrives_at", nullable=True),
        words("outcome", nullable=True),
        words("remark", nullable=True),
        link("closed_by", "persons.id", nullable=True),
        number("drill"),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("alerts_act", "alerts", ["act_at"], where="act_at IS NOT NULL")
    index("alerts_one", "alerts", ["person_id"], where="state <> 'closed'", unique=True)
    index("alerts_area", "alerts", ["area_id", "state"])
    op.create_table(
        "alert_people",
        link("alert_id", "alerts.id", primary_key=True),
        link("person_id", "persons.id", primary_key=True),
        number("told_at"),
        words("rung"),
    )


def the_duty() -> None:
    op.create_table(
        "shifts",
        key(),
        link("area_id", "areas.id"),
        link("person_id", "persons.id"),
        number("weekdays"),
        number("starts"),
        number("ends"),
        number("rank"),
    )
    index("shifts_area", "shifts", ["area_id"])


def the_knocks() -> None:
    op.create_table(
        "knock_lists",
        key(),
        number("bot_id"),
        link("area_id", "areas.id"),
        link("holder_id", "persons.id"),
        words("day"),
        number("slot"),
        words("channel"),
        number("due_at"),
        number("begun_at", nullable=True),
        link("offered_to", "persons.id", nullable=True),
        number("offered_half"),
        number("act_at", nullable=True),
        number("version", default="0"),
    )
    index("knock_lists_once", "knock_lists", ["holder_id", "area_id", "day", "slot", "channel"], unique=True)
    index("knock_lists_act", "knock_lists", ["act_at"], where="act_at IS NOT NULL")
    index("knock_lists_round", "knock_lists", ["area_id", "day", "slot"])
    op.create_table(
        "knocks",
        sa.Column("checkin_id", Big, sa.ForeignKey("checkins.id"), primary_key=True, autoincrement=False),
        link("list_id", "knock_lists.id"),
        words("tries"),
        number("try_at", nullable=True),
        words("found", nullable=True),
    )
    index("knocks_list", "knocks", ["list_id"])


def the_sheets() -> None:
    op.create_table(
        "sheets",
        sa.Column("area_id", Big, sa.ForeignKey("areas.id"), primary_key=True, autoincrement=False),
        number("act_at"),
    )
    index("sheets_act", "sheets", ["act_at"])
