"""Voice notes and photos that people sent."""

from sqlalchemy import Index, Table

from bot.storage.schema.base import due, key, link, metadata, number, words

media = Table(
    "media",
    metadata,
    key(),
    number("bot_id", doc="whose identifier of the file it is: to another bot the file is carried over"),
    link("person_id", "persons.id", doc="who sent it"),
    words("kind", doc="voice or photo"),
    words("file_id", doc="sealed; Telegram keeps the file itself"),
    words("words", nullable=True, doc="sealed words under it; NULL: none"),
    words("album", nullable=True, doc="what came together has the same; NULL: it came alone"),
    words("subject", doc='what it belongs to: "checkin:12", "alert:3", "plan:7", "need:5", "draft:1:2"'),
    number("sent_at"),
    words("state", doc="kept, waits, well, trouble, unopened or settled"),
    words("told", doc="who was asked to open it, comma-separated; empty: nobody"),
    link("opened_by", "persons.id", nullable=True, doc="who said what it is; NULL: nobody yet"),
    number("opened_at", nullable=True, doc="NULL: not yet"),
    number("act_at", nullable=True, doc="when it has waited too long; NULL: nothing will happen by itself"),
    number("version", default="0"),
    number("seconds", default="0", doc="of a voice note; 0: a photo, or not known"),
    due("media"),
    Index("media_subject", "subject"),
    Index("media_album", "person_id", "album"),
)
