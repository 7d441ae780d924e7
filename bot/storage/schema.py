"""The schema as it is now, each column saying what it means and what NULL means.

Nothing at run time reads this file: migrations (in `migrations/`) build the tables, and a test holds the two together.
Instants are UTC seconds since the epoch. Columns marked *sealed* hold encrypted words; *hash* columns find them again.
"""

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Index, Integer, MetaData, Table, Text, text

metadata = MetaData()
Big = BigInteger().with_variant(Integer, "sqlite")


def key() -> Column[int]:
    """A row's own number, given by the database."""
    return Column("id", Big, primary_key=True, autoincrement=True)


def link(name: str, target: str, *, nullable: bool = False, doc: str = "") -> Column[int]:
    """A reference to the row of another table."""
    return Column(name, Big, ForeignKey(target), nullable=nullable, doc=doc)


def number(name: str, *, nullable: bool = False, default: str | None = None, doc: str = "") -> Column[int]:
    """A whole number."""
    return Column(name, Big, nullable=nullable, server_default=None if default is None else text(default), doc=doc)


def words(name: str, *, nullable: bool = False, doc: str = "") -> Column[str]:
    """Text, plain or sealed."""
    return Column(name, Text, nullable=nullable, doc=doc)


meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    words(
        "value", doc="what is known of the database itself: a sealed word that shows whether the key is the right one"
    ),
)

# --- places ---

areas = Table(
    "areas",
    metadata,
    key(),
    link("parent_id", "areas.id", nullable=True, doc="NULL: the top of a tree"),
    words("kind", doc="district, street, community, grid or building"),
    words("name"),
    Column("code", Text, nullable=False, unique=True, doc="what the imported file calls it"),
    Column("join_code", Text, nullable=False, unique=True, doc="payload of its poster's link"),
    Index("areas_parent", "parent_id"),
)

area_tree = Table(
    "area_tree",
    metadata,
    Column("ancestor_id", Big, ForeignKey("areas.id"), primary_key=True),
    Column("descendant_id", Big, ForeignKey("areas.id"), primary_key=True),
    number("depth", doc="0: the area itself"),
    Index("area_tree_descendant", "descendant_id"),
)

groups = Table(
    "groups",
    metadata,
    Column("bot_id", Big, primary_key=True),
    Column("chat_id", Big, primary_key=True),
    link("area_id", "areas.id", nullable=True, doc="NULL: not bound to an area yet"),
    link("bound_by", "persons.id", nullable=True, doc="NULL: not bound yet"),
    number("left_at", nullable=True, doc="NULL: the bot is in it"),
    Index("groups_area", "area_id"),
)

# --- people ---

persons = Table(
    "persons",
    metadata,
    key(),
    words("name", doc="sealed"),
    words("language", doc="zh or en"),
    words("telephone", nullable=True, doc="sealed; NULL: not given"),
    Column("telephone_hash", Text, nullable=True, doc="hash; NULL: not given"),
    words("door", nullable=True, doc="sealed unit and door; NULL: not given"),
    link("building_id", "areas.id", nullable=True, doc="where they live; NULL: not enrolled anywhere"),
    number("created_at"),
    number(
        "menu",
        default="0",
        doc="which command menu their chat shows: a number made of role and language; 0: none sent yet",
    ),
    number("version", default="0"),
    Index("persons_building", "building_id"),
    Index("persons_telephone", "telephone_hash"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("bot_id", Big, primary_key=True),
    Column("user_id", Big, primary_key=True, doc="Telegram's user, and so the private chat"),
    link("person_id", "persons.id"),
    number("unreachable_at", nullable=True, doc="since when nothing reaches this chat; NULL: reachable"),
    number("heard_at", nullable=True, doc="when something was last said from it; NULL: never"),
    Index("accounts_person", "person_id"),
)

roles = Table(
    "roles",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True),
    Column("role", Text, primary_key=True, doc="volunteer, leader, coordinator or administrator"),
    Column("area_id", Big, ForeignKey("areas.id"), primary_key=True, doc="holds there and in all below"),
    number("granted_at"),
    link("granted_by", "persons.id", nullable=True, doc="NULL: from the command line"),
    Index("roles_area", "area_id", "role"),
)

skills = Table(
    "skills",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True),
    Column("skill", Text, primary_key=True),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", Text, primary_key=True, doc="SHA-256 of the link's random 128 bits"),
    words("role"),
    link("area_id", "areas.id"),
    link("created_by", "persons.id", nullable=True, doc="NULL: from the command line"),
    number("expires_at"),
    link("used_by", "persons.id", nullable=True, doc="NULL: not used yet"),
    words("skills", doc="comma-separated skills that come with the role; empty: none"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True),
    number("bot_id"),
    words("kind", doc="what is being written: the capability's word for it"),
    words("data", doc="sealed JSON"),
    words("asks", nullable=True, doc="which question the next plain message answers; NULL: none"),
    number("asked_at", nullable=True, doc="when it was asked; NULL: nothing was"),
    number("number", doc="counts this person's drafts, so that a button of an older one is known"),
    number("updated_at"),
)

# --- needs ---

needs = Table(
    "needs",
    metadata,
    key(),
    number("bot_id"),
    link("area_id", "areas.id", doc="the place it is needed at"),
    link("person_id", "persons.id", doc="the resident who asks"),
    words("category"),
    words("urgency", doc="now, today or week"),
    words("text", doc="sealed"),
    words("state", doc="open, claimed, done, disputed, closed, cancelled or expired"),
    number("posted_at"),
    link("claimed_by", "persons.id", nullable=True, doc="who has it, or had it last; NULL: nobody yet"),
    number("claimed_at", nullable=True, doc="NULL: not claimed"),
    number("arrives_at", nullable=True, doc="when the claimer says they come; NULL: not said"),
    words("outcome", nullable=True, doc="done, partly, nobody_home or not_needed; NULL: not finished"),
    words("remark", nullable=True, doc="sealed: what the resident says is wrong; NULL: nothing"),
    number("stars", nullable=True, doc="1 to 5; NULL: not rated"),
    number("step", doc="how often the clock has acted in this state"),
    number("act_at", nullable=True, doc="when the clock acts next; NULL: nothing will happen by itself"),
    number("version", default="0"),
    Index("needs_act", "act_at", sqlite_where=text("act_at IS NOT NULL"), postgresql_where=text("act_at IS NOT NULL")),
    Index("needs_person", "person_id", "state"),
    Index("needs_claimer", "claimed_by", "state"),
    Index("needs_area", "area_id", "state"),
)

offers = Table(
    "offers",
    metadata,
    Column("need_id", Big, ForeignKey("needs.id"), primary_key=True),
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True),
    words("reason", doc="why this person was asked: building, grid, community or near"),
    words("skill", nullable=True, doc="the skill that spoke for them; NULL: none"),
    words("answer", nullable=True, doc="declined, released or unreachable; NULL: none yet"),
    number("offered_at"),
    Index("offers_person", "person_id", "offered_at"),
)

# --- care ---

plans = Table(
    "plans",
    metadata,
    key(),
    number("bot_id"),
    link("person_id", "persons.id", doc="who is cared for"),
    link("area_id", "areas.id", doc="where they live"),
    words("state", doc="proposed, active, paused or ended"),
    words("slots", doc='"480:chat:127": minutes of the local day, channel, weekdays as bits, comma-separated'),
    number("grace_minutes"),
    words("nudges", doc="minutes before the end, comma-separated"),
    words("ladder", doc='"0:duty": minutes and who, comma-separated'),
    words("notes", nullable=True, doc="sealed; NULL: none"),
    link("neighbour_id", "persons.id", nullable=True, doc="the neighbour they chose; NULL: nobody"),
    link("proposed_by", "persons.id", doc="the coordinator who enrolled them"),
    words(
        "consent",
        nullable=True,
        doc='"chat:1" asked in the chat, or "witness:1", with the consent text\'s version; NULL: none',
    ),
    words("witness", nullable=True, doc="sealed name of who witnessed the consent; NULL: given in the chat"),
    number("consent_at", nullable=True, doc="NULL: not given yet"),
    number("paused_until", nullable=True, doc="NULL: not paused"),
    words("pause_reason", nullable=True, doc="travel, hospital or family; NULL: not paused"),
    number(
        "act_at", nullable=True, doc="the next question, or the end of the pause; NULL: nothing will happen by itself"
    ),
    number("version", default="0"),
    Index("plans_act", "act_at", sqlite_where=text("act_at IS NOT NULL"), postgresql_where=text("act_at IS NOT NULL")),
    Index(
        "plans_person",
        "person_id",
        unique=True,
        sqlite_where=text("state <> 'ended'"),
        postgresql_where=text("state <> 'ended'"),
    ),
    Index("plans_area", "area_id", "state"),
)

checkins = Table(
    "checkins",
    metadata,
    key(),
    link("plan_id", "plans.id"),
    link("person_id", "persons.id"),
    link("area_id", "areas.id"),
    words("day", doc="the local date, YYYY-MM-DD"),
    number("slot", doc="minutes of the local day"),
    words("channel", doc="chat, call or knock"),
    words("state", doc="asked, answered, excused, alert or not_asked"),
    number("asked_at"),
    number("due_at"),
    words("nudges", doc="minutes before the end, comma-separated; empty: none"),
    number("step", doc="how many nudges were sent"),
    words("answer", nullable=True, doc="well, call_me, help, words, sign, early, seen or spoken; NULL: none"),
    number("answered_at", nullable=True, doc="when it was said, not when it was read; NULL: not yet"),
    link("answered_by", "persons.id", nullable=True, doc="NULL: not yet"),
    number("act_at", nullable=True, doc="the next nudge or the end; NULL: nothing will happen by itself"),
    number("version", default="0"),
    Index("checkins_once", "person_id", "day", "slot", unique=True),
    Index(
        "checkins_act", "act_at", sqlite_where=text("act_at IS NOT NULL"), postgresql_where=text("act_at IS NOT NULL")
    ),
    Index("checkins_round", "area_id", "day", "slot"),
)

alerts = Table(
    "alerts",
    metadata,
    key(),
    number("bot_id"),
    link("person_id", "persons.id", doc="who must be looked after"),
    link("area_id", "areas.id"),
    words("cause", doc="missed, unvisited, worry, call_me or help"),
    words("state", doc="open, taken or closed"),
    number("opened_at"),
    words("ladder", doc="its own copy, as in plans"),
    number("rung", doc="which rung is tried next"),
    number("gap_minutes", doc="from the rung tried last to the next"),
    link("taken_by", "persons.id", nullable=True, doc="NULL: nobody"),
    number("arrives_at", nullable=True, doc="NULL: not said"),
    words("outcome", nullable=True, doc="what was found; NULL: not ended"),
    words("remark", nullable=True, doc="sealed; NULL: none"),
    link("closed_by", "persons.id", nullable=True, doc="who recorded it; NULL: not ended, or the person answered late"),
    number("drill", doc="1: a practice alert"),
    number("act_at", nullable=True, doc="when the ladder goes on; NULL: ended"),
    number("version", default="0"),
    Index("alerts_act", "act_at", sqlite_where=text("act_at IS NOT NULL"), postgresql_where=text("act_at IS NOT NULL")),
    Index(
        "alerts_one",
        "person_id",
        unique=True,
        sqlite_where=text("state <> 'closed'"),
        postgresql_where=text("state <> 'closed'"),
    ),
    Index("alerts_area", "area_id", "state"),
)

alert_people = Table(
    "alert_people",
    metadata,
    Column("alert_id", Big, ForeignKey("alerts.id"), primary_key=True),
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True),
    number("told_at"),
    words("rung", doc="as who they were told: duty, neighbour, coordinators, contacts or street"),
)

contacts = Table(
    "contacts",
    metadata,
    key(),
    link("plan_id", "plans.id"),
    number("rank", doc="the order in which they are asked"),
    words("name", doc="sealed"),
    words("relation", doc="sealed: daughter, neighbour, …"),
    words("telephone", nullable=True, doc="sealed; NULL: reached in the chat"),
    link("person_id", "persons.id", nullable=True, doc="NULL: by telephone only"),
    Index("contacts_plan", "plan_id", "rank"),
)

sheets = Table(
    "sheets",
    metadata,
    Column("area_id", Big, ForeignKey("areas.id"), primary_key=True, autoincrement=False),
    number("act_at", doc="when its next printed sheet is due"),
    Index("sheets_act", "act_at"),
)

knock_lists = Table(
    "knock_lists",
    metadata,
    key(),
    number("bot_id"),
    link("area_id", "areas.id", doc="the community"),
    link("holder_id", "persons.id", doc="who goes, or rings"),
    words("day", doc="the local date, YYYY-MM-DD"),
    number("slot", doc="minutes of the local day"),
    words("channel", doc="knock or call"),
    number("due_at"),
    number("begun_at", nullable=True, doc="when its holder asked for the addresses; NULL: not yet"),
    link("offered_to", "persons.id", nullable=True, doc="who is asked to take it; NULL: nobody"),
    number("offered_half", doc="1: only the second half of what is left is offered"),
    number("act_at", nullable=True, doc="the next call to be tried again, or the end; NULL: it is over"),
    number("version", default="0"),
    Index("knock_lists_once", "holder_id", "area_id", "day", "slot", "channel", unique=True),
    Index(
        "knock_lists_act",
        "act_at",
        sqlite_where=text("act_at IS NOT NULL"),
        postgresql_where=text("act_at IS NOT NULL"),
    ),
    Index("knock_lists_round", "area_id", "day", "slot"),
)

knocks = Table(
    "knocks",
    metadata,
    Column("checkin_id", Big, ForeignKey("checkins.id"), primary_key=True, autoincrement=False),
    link("list_id", "knock_lists.id"),
    words("tries", doc="instants at which nobody picked up, comma-separated; empty: none"),
    number("try_at", nullable=True, doc="when to ring again; NULL: nothing waits"),
    words("found", nullable=True, doc="seen, spoken, help or away; NULL: nothing recorded yet"),
    Index("knocks_list", "list_id"),
)

shifts = Table(
    "shifts",
    metadata,
    key(),
    link("area_id", "areas.id"),
    link("person_id", "persons.id"),
    number("weekdays", doc="bits, Monday the lowest"),
    number("starts", doc="minutes of the local day"),
    number("ends", doc="minutes of the local day; below starts: over midnight"),
    number("rank", doc="order among those on the same shift"),
    Index("shifts_area", "area_id"),
)

# --- what happened ---

history = Table(
    "history",
    metadata,
    key(),
    number("at"),
    link("actor_id", "persons.id", nullable=True, doc="NULL: time, by itself"),
    words("subject", doc='"need:12"'),
    words("event"),
    words("before", nullable=True, doc="state before; NULL: there was none"),
    words("after", nullable=True, doc="state after; NULL: unchanged"),
    words("detail", nullable=True, doc="sealed: a reason, a remark; NULL: none"),
    Index("history_subject", "subject", "id"),
)

disclosures = Table(
    "disclosures",
    metadata,
    key(),
    number("at"),
    link("viewer_id", "persons.id", doc="to whom it was shown"),
    link("person_id", "persons.id", doc="whose contact data it was"),
    words("subject", doc="for which need or alert"),
    Index("disclosures_person", "person_id", "at"),
)

# --- in and out ---

updates = Table(
    "updates",
    metadata,
    Column("bot_id", Big, primary_key=True),
    Column("update_id", Big, primary_key=True),
    number("at", doc="kept for 48 hours"),
    Index("updates_at", "at"),
)

failures = Table(
    "failures",
    metadata,
    key(),
    number("at"),
    words("place", doc="where it failed: update, sweep or delivery"),
    words("subject", doc="which update, row or letter it was"),
    words("body", nullable=True, doc="sealed: the update as it came; NULL: not an update"),
    words("error", doc="type and place of the error, no personal data"),
    Index("failures_at", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    number("bot_id"),
    number("chat_id"),
    link("person_id", "persons.id", nullable=True, doc="the reader; NULL: a group reads it"),
    number("priority", doc="0 life, 1 answers, 2 check-ins, 3 offers, 4 the rest"),
    words("kind", doc="the notice's name"),
    words("data", doc="the notice's fields as JSON: ids and plain facts only"),
    words("subject", nullable=True, doc="what the card shows; NULL: said once, not a card"),
    number("message_id", nullable=True, doc="Telegram's number of the message; NULL: not accepted yet"),
    words("shown", nullable=True, doc="hash of what the card showed last; NULL: never drawn"),
    number("version", default="0", doc="counts how often the card was made dirty"),
    Column(
        "send_at", Double, nullable=True, doc="due time, lease and back-off (database clock); NULL: nothing to send"
    ),
    words("holder", nullable=True, doc="the copy that is sending it; NULL: nobody"),
    number("attempts", default="0"),
    Column("first_try_at", Double, nullable=True, doc="database clock; NULL: not tried yet"),
    Column("dead_at", Double, nullable=True, doc="given up for good; NULL: not given up"),
    words("error", nullable=True, doc="why the last try failed; NULL: it did not"),
    number("created_at"),
    Index(
        "outbox_due",
        "bot_id",
        "priority",
        "id",
        "chat_id",
        "send_at",
        sqlite_where=text("send_at IS NOT NULL"),
        postgresql_where=text("send_at IS NOT NULL"),
    ),
    Index(
        "outbox_held",
        "bot_id",
        "holder",
        "chat_id",
        "send_at",
        sqlite_where=text("holder IS NOT NULL"),
        postgresql_where=text("holder IS NOT NULL"),
    ),
    Index(
        "outbox_card",
        "subject",
        "bot_id",
        "chat_id",
        "kind",
        unique=True,
        sqlite_where=text("subject IS NOT NULL"),
        postgresql_where=text("subject IS NOT NULL"),
    ),
    Index(
        "outbox_message",
        "chat_id",
        "message_id",
        sqlite_where=text("subject IS NOT NULL"),
        postgresql_where=text("subject IS NOT NULL"),
    ),
    Index("outbox_created", "created_at"),
)

pulses = Table(
    "pulses",
    metadata,
    Column("copy", Text, primary_key=True, doc="one running program"),
    number("intake_at", nullable=True, doc="last successful intake; NULL: none yet"),
    number("tick_at", nullable=True, doc="last finished tick; NULL: none yet"),
)
