"""People, their chats, roles, skills, invitations and drafts."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from bot.storage.schema.base import Big, key, link, metadata, number, where, words

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
    words("name_hash", nullable=True, doc="hash; empty: forgotten; NULL: not hashed yet"),
    Index("persons_building", "building_id"),
    Index("persons_name", "name_hash"),
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
    number(
        "silent_from",
        nullable=True,
        doc="after a farewell: letters to it up to this number are never said, and nothing but answers; NULL: it is spoken to",
    ),
    Index("accounts_person", "person_id"),
    Index("accounts_user", "user_id"),
    where("accounts_unreached", "person_id", condition="unreachable_at IS NOT NULL"),
)

roles = Table(
    "roles",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True),
    Column("role", Text, primary_key=True, doc="volunteer, leader, coordinator or administrator"),
    Column("area_id", Big, ForeignKey("areas.id"), primary_key=True, doc="holds there and in all below"),
    number("granted_at"),
    link("granted_by", "persons.id", nullable=True, doc="NULL: from the command line"),
    number("asked_at", default="0", doc="when they were last asked for a need; 0: never"),
    Index("roles_area", "area_id", "role"),
    Index("roles_turn", "area_id", "asked_at"),
)

skills = Table(
    "skills",
    metadata,
    Column("person_id", Big, ForeignKey("persons.id"), primary_key=True),
    Column("skill", Text, primary_key=True),
    Index("skills_skill", "skill"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", Text, primary_key=True, doc="SHA-256 of the link's random 128 bits"),
    words("role", doc="empty: no role, but a purpose"),
    link("area_id", "areas.id"),
    link("created_by", "persons.id", nullable=True, doc="NULL: from the command line"),
    number("expires_at"),
    link("used_by", "persons.id", nullable=True, doc="NULL: not used yet"),
    words("skills", doc="comma-separated skills that come with the role; empty: none"),
    words(
        "purpose", nullable=True, doc='"contact:12" or "person:12": what it is for instead of a role; NULL: the role'
    ),
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
