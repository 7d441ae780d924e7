"""One update → who, in what language, when → one handler → one reply; whatever goes wrong stays with that one update.

All of it is plain code inside the transaction that also notes the update's id: handled exactly once, or not at all.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from structlog.contextvars import bind_contextvars, bound_contextvars
from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatID, ChatType
from telegram.ext import filters

from bot.domain.errors import (
    ButtonInvalid,
    DomainError,
    InvitationExpired,
    InvitationInvalid,
    InvitationUsed,
    LinkUnknown,
    TextEmpty,
    TooFast,
    TooManyLinks,
    Unclear,
)
from bot.domain.groups import GroupAnonymous, GroupPrivate
from bot.domain.home import Home
from bot.domain.media import MediaKind, MediaUnasked
from bot.domain.notices import Apology, Card, Notice, NotUnderstood, Priority, QuestionClosed
from bot.domain.people import NAME_LIMIT, Actor, Help, Language, tidy
from bot.handlers import CAPABILITIES, Route, routes, taps
from bot.handlers.turn import Chat, Command, Contacted, Filed, Located, Reply, Said, Sent, Turn
from bot.intake.guesses import Guesses
from bot.intake.handling import Answer
from bot.intake.haste import Haste, Heed, words_of
from bot.services import checkins, farewells, groups, people, telling, topics, undelivered
from bot.storage import failures, outbox, persons, updates
from bot.storage.database import Transaction, Unsettled
from bot.texts import alerts
from bot.texts.buttons import Button, parse
from bot.texts.common import SORRY, refusal
from bot.texts.errors import words_for
from bot.texts.message import Toast
from bot.texts.words import Words

log = logging.getLogger(__name__)

PRESENT = {ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER, ChatMember.RESTRICTED}
# What Telegram itself says in a chat: a pinned message, a changed timer.
SERVICE = filters.StatusUpdate.ALL
# An album comes in parts and a crowd asks at once: one answer is enough for what comes before it is said.
SAID_ONCE = (NotUnderstood, GroupPrivate, MediaUnasked)
# What may answer a question that was put to somebody.
Asked = Said | Sent | Located | Contacted | Filed
# What a link that was guessed, copied wrongly or used up is answered with.
BAD_LINKS = (InvitationInvalid, InvitationUsed, InvitationExpired, LinkUnknown)
# How the keys of whoever is asked every day begin, in every language.
BIG_KEYS = ("🌞", "📞")
# Who goes, when they are there, and what they found.
ALERT_TAPS = frozenset(
    kind.prefix for kind in (alerts.Take, alerts.Arrive, alerts.There, alerts.Leave, alerts.AskOutcome, alerts.Close)
)


class Dispatch:
    """Turns updates into use cases, for one bot."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._routes: list[Route] = routes(CAPABILITIES)
        self._plain = self._routes[0].handlers
        self._taps = taps(CAPABILITIES)
        self._words = {language: Words(language, home) for language in Language}
        self._guesses = Guesses()
        self._haste = Haste(self._is_vital)

    def heed(self, raw: Mapping[str, Any]) -> Heed:
        """How an update, as it came, is taken: a cry for help and a tap on an alert before all others; what comes from somebody
        who was asked to wait is only noted as seen."""
        message, tap = raw.get("message"), raw.get("callback_query")
        cries = isinstance(message, dict) and self._cries(words_of(message))
        if cries or (isinstance(tap, dict) and str(tap.get("data")).partition(":")[0] in ALERT_TAPS):
            return Heed.FIRST
        return Heed.SEEN_ONLY if self._haste.is_excess(raw) else Heed.READ

    def lane(self, update: Update) -> int:
        """Whom an update belongs to: what one person does is handled in order."""
        user, chat = update.effective_user, update.effective_chat
        return user.id if user else chat.id if chat else 0

    def lock(self, tx: Transaction, batch: Sequence[Update]) -> None:
        """Lock everyone who acts in a batch, in the order of their numbers, so that two batches never wait for each other."""
        persons.lock(tx, self._home.bot_id, [self.lane(update) for update in batch])

    def handle(self, tx: Transaction, update: Update, now: datetime) -> Answer | None:
        """One update, exactly once. What fails is taken back alone, recorded, and told kindly; only Unsettled is raised."""
        with bound_contextvars(update=update.update_id, person=None):
            return self._handle(tx, update, now)

    def _handle(self, tx: Transaction, update: Update, now: datetime) -> Answer | None:
        if not updates.note(tx, self._home.bot_id, update.update_id, now):
            return None
        try:
            return self._handled(tx, update, now)
        except Unsettled:
            raise
        except Exception as error:
            log.error("update %s failed: %s", update.update_id, failures.describe(error))
            subject, body = f"update:{update.update_id}", update.to_json()
            failures.record(tx, place="update", subject=subject, body=body, error=error, now=now)
        try:
            with tx.savepoint():
                return self._apologize(tx, update, now)
        except Unsettled:
            raise
        except Exception as error:
            # Nobody can be told whose own name or chat is what is broken.
            log.error("update %s has nobody to be told: %s", update.update_id, failures.describe(error))
            return None

    def _handled(self, tx: Transaction, update: Update, now: datetime) -> Answer | None:
        """What the update does, or why a rule says no; each is taken back alone when it fails."""
        try:
            with tx.savepoint():
                return self._route(tx, update, now)
        except DomainError as error:
            with tx.savepoint():
                return self._refuse(tx, update, error, now)

    def _route(self, tx: Transaction, update: Update, now: datetime) -> Answer | None:
        if update.callback_query is not None:
            return self._tap(tx, update.callback_query, now)
        if update.message is not None:
            self._message(tx, update, update.message, now)
        elif update.edited_message is not None and self._is_correction(update.edited_message):
            self._say(tx, update.edited_message.chat.id, self._actor(tx, update, now), NotUnderstood("edit"), now)
        elif update.my_chat_member is not None:
            self._membership(tx, update, update.my_chat_member, now)
        return None

    # --- messages ---

    def _is_correction(self, message: Message) -> bool:
        """Somebody changed what they had written; a place that moves by itself is no such thing."""
        return message.chat.type == ChatType.PRIVATE and message.location is None

    def _message(self, tx: Transaction, update: Update, message: Message, now: datetime) -> None:
        if message.migrate_to_chat_id is not None:
            groups.migrated(tx, self._home, message.chat.id, message.migrate_to_chat_id)
        elif message.chat.type == ChatType.PRIVATE:
            self._private(tx, update, message, now)
        elif message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP):
            self._in_group(tx, update, message, now)

    def _private(self, tx: Transaction, update: Update, message: Message, now: datetime) -> None:
        said = _input(message)
        if isinstance(said, Command) and said.name == "start":
            farewells.let_go(tx, self._home, message.chat.id, now=now)
        actor = self._actor(tx, update, now)
        persons.heard(tx, self._home.bot_id, message.chat.id, message.date)
        if SERVICE.check_update(update):
            return
        seconds = self._haste.asks_to_wait(update.update_id)
        if seconds is not None:
            self._say(tx, message.chat.id, actor, refusal(TooFast(seconds)), now)
            return
        self._check_link(said, self.lane(update), now)
        question = people.asked(tx, actor, now=now) if isinstance(said, Asked) else None
        chat = Chat(message.chat.id, True)
        turn = Turn(tx, self._home, actor, chat, now, message.date, message.message_id, said, question)
        self._carry_out(turn, self._answer(update, turn))

    def _check_link(self, said: object, user_id: int, now: datetime) -> None:
        """Whoever has tried many links learns nothing of the next one, good or bad."""
        link = isinstance(said, Command) and said.name == "start" and said.rest
        if link and self._guesses.too_many(user_id, now):
            raise TooManyLinks

    def _answer(self, update: Update, turn: Turn[Any]) -> Reply:
        reply = self._routed(update, turn)
        if reply is not None:
            return reply
        if isinstance(turn.input, Command):
            return Reply((Help(),))
        if isinstance(turn.input, Sent):
            return self._words_under(turn)
        if isinstance(turn.input, Said):
            return Reply((refusal(TextEmpty()),))
        asked = checkins.is_asked(turn.tx, turn.actor.id, at=turn.said_at)
        return Reply((NotUnderstood("answer" if asked else "content"),))

    def _routed(self, update: Update, turn: Turn[Any]) -> Reply | None:
        for route in self._routes:
            if not route.matches(update):
                continue
            reply = next((reply for handler in route.handlers if (reply := handler(turn)) is not None), None)
            if reply is not None:
                return reply
        return None

    def _words_under(self, turn: Turn[Any]) -> Reply:
        """Nobody waits for a photo or a voice note here: the words under it are a message like any other."""
        sent: Sent = turn.input
        left = MediaUnasked(sent.kind.value, bool(sent.words))
        if not sent.words:
            return Reply((left,))
        said = replace(turn, input=Said(sent.words, None))
        reply = next((reply for handler in self._plain if (reply := handler(said)) is not None), Reply())
        return replace(reply, notices=(left, *reply.notices))

    def _in_group(self, tx: Transaction, update: Update, message: Message, now: datetime) -> None:
        """Privacy mode lets through commands, answers to us and mentions only: nothing is drafted where others read."""
        thread = _thread(message)
        if message.forum_topic_closed is not None:
            topics.closed(tx, self._home, message.chat.id, thread, now=now)
        elif message.forum_topic_reopened is not None:
            topics.reopened(tx, self._home, message.chat.id, thread)
        if message.text is None:
            return
        groups.divided(tx, self._home, message.chat.id, forum=bool(message.chat.is_forum))
        if message.from_user is None or message.from_user.id == ChatID.ANONYMOUS_ADMIN:
            if self._is_for_us(message):
                self._say(tx, message.chat.id, None, GroupAnonymous(thread=thread), now)
            return
        known = (self._home.bot_id, message.from_user.id)
        person = persons.by_account(tx, *known) or persons.known_elsewhere(tx, *known)
        route = next((route for route in self._routes if route.matches(update)), None)
        if person is None or route is None:
            if self._is_for_us(message):
                self._say(tx, message.chat.id, None, GroupPrivate(thread=thread), now)
            return
        chat = Chat(message.chat.id, False, thread)
        turn = Turn(
            tx, self._home, persons.actor(tx, person), chat, now, message.date, message.message_id, _input(message)
        )
        for handler in route.handlers:
            self._carry_out(turn, handler(turn) or Reply())

    def _is_for_us(self, message: Message) -> bool:
        text = message.text or ""
        answered = message.reply_to_message and message.reply_to_message.from_user
        if answered is not None and answered.id == self._home.bot_id:
            return True
        # "/weather@other_bot" is said to somebody else.
        plain_command = text.startswith("/") and "@" not in text.split(maxsplit=1)[0]
        return plain_command or f"@{self._home.bot_username}".lower() in text.lower()

    # --- taps ---

    def _tap(self, tx: Transaction, query: CallbackQuery, now: datetime) -> Answer | None:
        message = query.message
        private = message is not None and message.chat.type == ChatType.PRIVATE
        known = (self._home.bot_id, query.from_user.id)
        # In a group they may be somebody whom another of our bots knows, and writes to.
        person = persons.by_account(tx, *known) or persons.known_elsewhere(tx, *known)
        if person is None or message is None or not (private or persons.chat_of(tx, person.id)):
            # Whoever we cannot write to (a stranger, or somebody who has blocked us) is led into the private chat first.
            return Answer(query.id, Toast(url=self._home.link("hello")))
        button = parse(query.data or "")
        if not (private or button.in_groups):
            # What answers it would be read by everybody.
            raise ButtonInvalid
        bind_contextvars(person=person.id)
        actor, chat = persons.actor(tx, person), Chat(message.chat.id, private)
        turn = Turn(tx, self._home, actor, chat, now, now, message.message_id, button)
        reply = self._press(turn, button)
        self._carry_out(turn, reply)
        return Answer(query.id, Toast(reply.toast(self._words[person.language]) if reply.toast else ""))

    def _press(self, turn: Turn[Any], button: Button) -> Reply:
        handler = self._taps.get(type(button))
        if handler is None:
            raise ButtonInvalid
        reply: Reply | None = handler(turn)
        return reply or Reply()

    # --- membership ---

    def _membership(self, tx: Transaction, update: Update, change: ChatMemberUpdated, now: datetime) -> None:
        present = change.new_chat_member.status in PRESENT
        if change.chat.type == ChatType.PRIVATE:
            undelivered.account_blocked(tx, self._home, change.chat.id, blocked=not present, now=now)
        elif change.chat.type == ChatType.CHANNEL:
            return
        elif not present:
            groups.left(tx, self._home, change.chat.id, now=now)
        else:
            self._in_it(tx, change, now)

    def _in_it(self, tx: Transaction, change: ChatMemberUpdated, now: datetime) -> None:
        """The bot came into a group, or may do more or less there than before."""
        if change.old_chat_member.status not in PRESENT:
            known = (self._home.bot_id, change.from_user.id)
            person = persons.by_account(tx, *known) or persons.known_elsewhere(tx, *known)
            adder = None if person is None else persons.actor(tx, person)
            groups.joined(tx, self._home, adder, change.chat.id, now=now)
        makes_topics = bool(getattr(change.new_chat_member, "can_manage_topics", False))
        groups.divided(tx, self._home, change.chat.id, forum=bool(change.chat.is_forum))
        topics.trusted(tx, self._home, change.chat.id, makes_topics=makes_topics)

    # --- parts ---

    def _actor(self, tx: Transaction, update: Update, now: datetime) -> Actor:
        user = update.effective_user
        if user is None:
            raise LookupError("a private message without a sender")
        name = tidy(user.full_name)[:NAME_LIMIT]
        actor = people.meet(tx, self._home, user_id=user.id, name=name, language=user.language_code, now=now)
        bind_contextvars(person=actor.id)
        return actor

    def _carry_out(self, turn: Turn[Any], reply: Reply) -> None:
        if reply.closes and turn.message_id is not None and not self._is_card(turn, turn.message_id):
            closed = QuestionClosed(turn.message_id)
            telling.put(turn.tx, closed, **self._where(turn.chat, turn.actor), now=turn.now)
        for notice in reply.notices:
            if isinstance(notice, SAID_ONCE) and outbox.waits(
                turn.tx, notice, bot_id=self._home.bot_id, chat_id=turn.chat.id
            ):
                continue
            if isinstance(notice, Card) and reply.afresh:
                telling.show_afresh(turn.tx, notice, **self._where(turn.chat, turn.actor), now=turn.now)
            else:
                where, priority = self._where(turn.chat, turn.actor), _precedence(notice, turn.actor)
                telling.put(turn.tx, notice, **where, now=turn.now, priority=priority)

    def _is_card(self, turn: Turn[Any], message_id: int) -> bool:
        """A card follows its subject by itself and is never closed as a question."""
        return outbox.is_card(turn.tx, bot_id=self._home.bot_id, chat_id=turn.chat.id, message_id=message_id)

    def _say(self, tx: Transaction, chat_id: int, actor: Actor | None, notice: Notice, now: datetime) -> None:
        where = self._where(Chat(chat_id, actor is not None), actor)
        telling.put(tx, notice, **where, now=now, priority=_precedence(notice, actor))

    def _where(self, chat: Chat, actor: Actor | None) -> dict[str, Any]:
        person_id = actor.id if actor and chat.private else None
        return {"bot_id": self._home.bot_id, "chat_id": chat.id, "person_id": person_id}

    # --- when a rule says no, and when something breaks ---

    def _refuse(self, tx: Transaction, update: Update, error: DomainError, now: datetime) -> Answer | None:
        """A tap is answered with why not, and its card drawn as it stands; a message with what to do next."""
        query = update.callback_query
        if isinstance(error, BAD_LINKS):
            self._guesses.missed(self.lane(update), now)
        if query is None:
            if not isinstance(error, Unclear):
                self._forget_question(tx, update, now)
            self._excuse(tx, update, refusal(error), now)
            return None
        if query.message is not None and query.message.chat.type == ChatType.PRIVATE:
            chat_id, message_id = query.message.chat.id, query.message.message_id
            outbox.redraw(tx, bot_id=self._home.bot_id, chat_id=chat_id, message_id=message_id)
        person = persons.by_account(tx, self._home.bot_id, query.from_user.id)
        words = self._words[person.language if person else self._home.language]
        return Answer(query.id, Toast(words_for(error, words), alert=True))

    def _forget_question(self, tx: Transaction, update: Update, now: datetime) -> None:
        """What cannot be answered any more is not waited for: it would swallow every further message."""
        message = update.message
        if message is not None and message.chat.type == ChatType.PRIVATE and isinstance(_input(message), Said | Sent):
            people.ask(tx, self._actor(tx, update, now), self._home, None, now=now)

    def _apologize(self, tx: Transaction, update: Update, now: datetime) -> Answer | None:
        if update.callback_query is None:
            self._excuse(tx, update, Apology(), now)
            return None
        person = persons.by_account(tx, self._home.bot_id, update.callback_query.from_user.id)
        words = self._words[person.language if person else self._home.language]
        return Answer(update.callback_query.id, Toast(words.say(SORRY), alert=True))

    def _excuse(self, tx: Transaction, update: Update, notice: Notice, now: datetime) -> None:
        chat = update.effective_chat
        if chat is not None and chat.type == ChatType.PRIVATE:
            self._say(tx, chat.id, self._actor(tx, update, now), notice, now)

    def _is_vital(self, text: str) -> bool:
        """However fast somebody presses: a cry for help, and a big key of whoever is cared for, is always read."""
        return text.startswith(BIG_KEYS) or self._cries(text)

    def _cries(self, text: str) -> bool:
        return text.startswith("/sos") or "🆘" in text or self._home.care_words.cries_for_help(text)


def _precedence(notice: Notice, actor: Actor | None) -> Priority | None:
    """Answers to people of whom nothing is known come after questions to whoever is cared for: anybody can make a thousand
    accounts, and each of them is answered. None: as the notice says."""
    stranger = actor is not None and actor.person.building_id is None and not actor.grants
    return Priority.OFFER if stranger and notice.priority == Priority.ANSWER else None


def _thread(message: Message) -> int:
    """The topic in which something was said; outside of forums the number of a thread is only that of an answered message."""
    return message.message_thread_id or 0 if message.is_topic_message else 0


def _input(message: Message) -> Any:
    text = message.text
    if text is None:
        return _sent(message)
    # As Telegram sees it: "/买菜" is no command, and a message like any other.
    if filters.COMMAND.filter(message):
        name, _, rest = text[1:].partition(" ")
        return Command(name.split("@")[0], rest.strip())
    return Said(text, _replied_to(message))


def _replied_to(message: Message) -> int | None:
    return message.reply_to_message.message_id if message.reply_to_message else None


def _sent(message: Message) -> Any:
    """What came instead of words: a voice note, a photo (in its largest size), a place, an address card, a file, or nothing."""
    words, album = message.caption or "", message.media_group_id
    answered = _replied_to(message)
    if message.voice is not None:
        # As Telegram wrote it: python-telegram-bot's own property warns that it will be something else one day.
        seconds = int(message.voice.to_dict()["duration"])
        return Sent(MediaKind.VOICE, message.voice.file_id, words, album, seconds, answered)
    if message.photo:
        return Sent(MediaKind.PHOTO, message.photo[-1].file_id, words, album, replied_to=answered)
    if message.location is not None:
        return Located(message.location.latitude, message.location.longitude)
    if message.contact is not None:
        card, user = message.contact, message.from_user
        name = f"{card.first_name} {card.last_name or ''}".strip()
        return Contacted(name, card.phone_number, own=user is not None and card.user_id == user.id)
    if message.document is not None:
        document = message.document
        return Filed(document.file_id, document.file_name or "", document.file_size or 0)
    return NotUnderstood("content")
