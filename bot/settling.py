"""One transaction of the delivery: what was said is written down, and what comes next is taken and looked at."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from bot.domain.notices import CardMoved, Priority, QuestionClosed
from bot.domain.shares import Grant
from bot.sending import Blank, Fate, Named, Verdict, Words
from bot.storage import failures, leases, outbox, parcels, shares
from bot.storage.database import Transaction, Unsettled
from bot.storage.leases import Accepted, Dead, Lost, Mark, PutOff, Unreadable
from bot.storage.outbox import Letter
from bot.texts.message import Menu, Message

DEFECT_SECONDS = 60.0
LONGEST_DEFECT_SECONDS = 3600.0
AWAITED_SECONDS = 1.0
LONGEST_RETRY_SECONDS = 30.0
LONGEST_VITAL_RETRY_SECONDS = 5.0


class Speech(Protocol):
    """Turns notices into words, and knows what it means that somebody could not be told."""

    def look(self, tx: Transaction, letter: Letter) -> object:
        """What the text needs, as it is now; inside the transaction that leases the letter."""

    def words(self, sight: object) -> Message | Menu | Blank | None:
        """The text in the reader's language; None: there is nothing to say any more."""

    def accepted(self, tx: Transaction, letter: Letter, now: datetime) -> None:
        """Telegram has taken a letter that concerns life, or practises it: from here on a ladder's minutes count."""

    def undeliverable(self, tx: Transaction, letter: Letter, now: datetime) -> None:
        """The reader cannot be reached: whatever follows from that."""

    def defect(self, tx: Transaction, letter: Letter, now: datetime) -> None:
        """A letter that concerns life could not be said because of a mistake of ours: a coordinator is told."""

    def closed(self, tx: Transaction, letter: Letter, thread: int, now: datetime) -> None:
        """A topic of a group (0: General) takes nothing any more, or may not be made."""

    def migrated(self, tx: Transaction, old: int, new: int) -> None:
        """A group became a supergroup with another number."""


class After(Enum):
    """What else happens in the transaction that settles a letter."""

    NOTHING = auto()
    UNREACHABLE = auto()
    MIGRATED = auto()
    CLOSED = auto()
    DEFECT = auto()


@dataclass(frozen=True)
class Outcome:
    """What became of a leased letter. `error`: kept among the failures; `chat_id`: the supergroup it moved to; `thread`: the
    topic of a group that does not take it; `named`: a file that Telegram knows for this bot from now on."""

    letter: Letter
    mark: Mark
    after: After = After.NOTHING
    error: BaseException | str | None = None
    chat_id: int = 0
    thread: int = 0
    named: Named | None = None

    @property
    def rung(self) -> bool:
        """Whether something that concerns life, or practises it, has been accepted: a ladder's minutes count from here."""
        counts = self.letter.priority == Priority.LIFE or self.letter.notice.timed
        return counts and isinstance(self.mark, Accepted)

    @property
    def plain(self) -> bool:
        """Whether its mark is all there is to write."""
        return self.after is After.NOTHING and self.error is None and self.named is None and not self.rung


@dataclass(frozen=True)
class Item:
    """A letter with its words, leased and not yet settled. `shown`: the words' fingerprint, for a card.

    `refusal`: Telegram found fault with it; `words` are plain text now, for a second and last try.
    """

    letter: Letter
    words: Words
    held_since: float
    shown: str | None
    refusal: str | None = None

    @property
    def urgent(self) -> bool:
        """Whether it may use the slots that are kept for what concerns life."""
        return self.letter.priority == Priority.LIFE


def outcome_of(item: Item, verdict: Verdict) -> Outcome:
    """What one try means for its letter."""
    letter, error = item.letter, verdict.error
    match verdict.fate:
        case Fate.TAKEN:
            mark = Accepted(letter.id, letter.version, verdict.message_id, item.shown)
            after = After.DEFECT if item.refusal else After.NOTHING
            return Outcome(letter, mark, after, item.refusal, named=verdict.named)
        case Fate.SLOWED:
            return Outcome(letter, PutOff(letter.id, verdict.seconds, error, chat_waits=True))
        case Fate.DOWN | Fate.UNKNOWN:
            longest = LONGEST_VITAL_RETRY_SECONDS if item.urgent else LONGEST_RETRY_SECONDS
            seconds = min(2.0 ** min(letter.attempts, 8), longest)
            return Outcome(letter, PutOff(letter.id, seconds, error, chat_waits=True))
        case Fate.GONE:
            return Outcome(letter, _gone(item))
        case Fate.MIGRATED:
            mark_moved = PutOff(letter.id, 0.0, error, tried=False)
            return Outcome(letter, mark_moved, After.MIGRATED, chat_id=verdict.chat_id)
        case Fate.CLOSED:
            return _shut_out(item, error)
        case Fate.UNREACHABLE:
            return Outcome(letter, Dead(letter.id, error), After.UNREACHABLE)
        case Fate.DEFECT:
            return Outcome(letter, Dead(letter.id, error), After.DEFECT, error)


def _shut_out(item: Item, error: str) -> Outcome:
    """A card comes afresh where it belongs without that topic; what belongs nowhere else is given up."""
    letter = item.letter
    thread = item.words.thread if isinstance(item.words, Message) else 0
    mark = Lost(letter.id) if thread and letter.subject is not None else Dead(letter.id, error)
    return Outcome(letter, mark, After.CLOSED, thread=thread)


def _gone(item: Item) -> Mark:
    """A card whose message is gone comes afresh; where an old message was to be blanked, that is all that was wanted."""
    if isinstance(item.words, Message) and item.letter.message_id is not None:
        return Lost(item.letter.id)
    return Accepted(item.letter.id, item.letter.version)


def defective(letter: Letter, error: BaseException) -> Outcome:
    """The letter met a mistake of ours: it is tried again, ever more slowly; the first time somebody is told."""
    seconds = min(DEFECT_SECONDS * 2.0 ** min(letter.attempts, 8), LONGEST_DEFECT_SECONDS)
    mark = PutOff(letter.id, seconds, error=failures.describe(error))
    return Outcome(letter, mark, After.NOTHING if letter.attempts else After.DEFECT, error)


@dataclass(frozen=True)
class Awaited:
    """Stands for what a text needs while a file of it is on its way: the letter is looked at again in so many seconds."""

    seconds: float = AWAITED_SECONDS


@dataclass
class Seen:
    """What a trade brought: letters with what `Speech.look` saw, and what became of those of which it saw nothing to say now.

    `withdrawn`: letters that are held and must not be said any more. `grant` None: the pace is as it was.
    """

    sights: list[tuple[Letter, object]] = field(default_factory=list)
    failed: list[Outcome] = field(default_factory=list)
    withdrawn: frozenset[int] = frozenset()
    grant: Grant | None = None


@dataclass(frozen=True)
class Claim:
    """What this copy needs of the pace that it shares with others: it uses `needed` slots now, and has `slots` of `limit`.

    `due`: it has to ask again, whatever it needs.
    """

    needed: int
    slots: int
    limit: int
    due: bool


@dataclass(frozen=True)
class Order:
    """What a trade is to do: settle `outcomes`, then lease up to `room` letters and `urgent_room` that concern life.

    `held`: letters that this copy knows it holds; what else is held in its name is taken back. None: no need to look.
    `waiting`: some of them wait for their turn, and may be taken back before it comes. `claim` None: no other copy speaks for
    this bot. This copy is the `place`-th of `copies`.
    """

    outcomes: list[Outcome]
    room: int
    urgent_room: int
    held: frozenset[int] | None = None
    waiting: bool = False
    claim: Claim | None = None
    copies: int = 1
    place: int = 0


@dataclass(frozen=True)
class Trade:
    """Settles and leases for one copy of one bot; `now` is the program's time."""

    bot_id: int
    holder: str
    lease_seconds: float
    speech: Speech
    now: datetime

    def run(self, order: Order, tx: Transaction) -> Seen:
        """The whole transaction. It can be run again from its beginning."""
        leases.settle(tx, [outcome.mark for outcome in order.outcomes if outcome.plain], holder=self.holder)
        for outcome in order.outcomes:
            # Of an outcome that was written down before, in a commit of which nobody knew, all has followed already.
            if not outcome.plain and leases.holds(tx, outcome.letter.id, self.holder):
                self._face(tx, outcome)
        if order.held is not None:
            leases.take_back(tx, self.holder, bot_id=self.bot_id, keep=order.held)
        withdrawn = leases.withdrawn(tx, self.holder, bot_id=self.bot_id) if order.waiting else frozenset[int]()
        letters = self._lease(tx, order)
        seen = self._look(tx, letters)
        seen.withdrawn = withdrawn
        seen.grant = None if order.claim is None else self._share(tx, order, order.claim, letters)
        return seen

    def _share(self, tx: Transaction, order: Order, claim: Claim, letters: list[Letter]) -> Grant | None:
        """The pace is asked for when it runs out, when it is too little, and for what concerns life; never for each letter."""
        needed = claim.needed + len(letters)
        urgent = any(letter.priority == Priority.LIFE for letter in letters)
        if not (claim.due or urgent or min(needed, claim.limit) > claim.slots):
            return None
        # Who needs some will need more: it asks a few times, and not whenever one more letter came.
        wants = claim.limit if len(letters) >= order.room > 0 else min(claim.limit, 2 * needed)
        return shares.take(tx, self.bot_id, self.holder, wants=wants, limit=claim.limit, urgent=urgent)

    def _lease(self, tx: Transaction, order: Order) -> list[Letter]:
        letters: list[Letter] = []
        if order.room < order.urgent_room:
            letters += self._take(tx, order, order.urgent_room, Priority.LIFE)
        if order.room > len(letters):
            letters += self._take(tx, order, order.room - len(letters), Priority.REST)
        return letters

    def _take(self, tx: Transaction, order: Order, limit: int, lowest: Priority) -> list[Letter]:
        return leases.lease(
            tx,
            bot_id=self.bot_id,
            holder=self.holder,
            limit=limit,
            seconds=self.lease_seconds,
            lowest=lowest,
            copies=order.copies,
            place=order.place,
        )

    # --- what follows from an outcome ---

    def _face(self, tx: Transaction, outcome: Outcome) -> None:
        """Write down an outcome with its consequences; if these fail, the letter is put off and meets them again."""
        try:
            with tx.savepoint():
                leases.settle(tx, [outcome.mark], holder=self.holder)
                self._follow(tx, outcome)
        except Unsettled:
            raise
        except Exception as error:  # the delivery edge
            retry = PutOff(outcome.letter.id, DEFECT_SECONDS, error=failures.describe(error))
            leases.settle(tx, [retry], holder=self.holder)
            self._record(tx, outcome.letter, error)

    def _follow(self, tx: Transaction, outcome: Outcome) -> None:
        letter = outcome.letter
        if outcome.error is not None:
            self._record(tx, letter, outcome.error)
        if outcome.named is not None:
            parcels.name(tx, outcome.named.media_id, self.bot_id, outcome.named.file_id)
        if outcome.rung:
            self.speech.accepted(tx, letter, self.now)
        if outcome.after is After.UNREACHABLE:
            self.speech.undeliverable(tx, letter, self.now)
        elif outcome.after is After.DEFECT and letter.priority == Priority.LIFE:
            self.speech.defect(tx, letter, self.now)
        elif outcome.after is After.CLOSED:
            self.speech.closed(tx, letter, outcome.thread, self.now)
        elif outcome.after is After.MIGRATED:
            outbox.move_chat(tx, bot_id=self.bot_id, old=letter.chat_id, new=outcome.chat_id)
            self.speech.migrated(tx, letter.chat_id, outcome.chat_id)

    def _record(self, tx: Transaction, letter: Letter, error: BaseException | str) -> None:
        failures.record(tx, place="delivery", subject=f"letter:{letter.id}", body=None, error=error, now=self.now)

    # --- what the texts need ---

    def _look(self, tx: Transaction, letters: list[Letter]) -> Seen:
        """Look for all of them at once; only if that fails, for each alone, so that one cannot stop the others."""
        if not letters:
            return Seen()
        try:
            with tx.savepoint():
                return _sorted(Seen([(letter, self._see(tx, letter)) for letter in letters]))
        except Unsettled:
            raise
        except Exception:  # the delivery edge: each of them is tried alone, and the failing one is recorded
            return self._look_singly(tx, letters)

    def _look_singly(self, tx: Transaction, letters: list[Letter]) -> Seen:
        seen = Seen()
        for letter in letters:
            try:
                with tx.savepoint():
                    seen.sights.append((letter, self._see(tx, letter)))
            except Unsettled:
                raise
            except Exception as error:  # the delivery edge
                seen.failed.append(defective(letter, error))
        return _sorted(seen)

    def _see(self, tx: Transaction, letter: Letter) -> object:
        if isinstance(letter.notice, Unreadable):
            raise LookupError("a notice of a kind or shape that this version does not know")
        if isinstance(letter.notice, CardMoved | QuestionClosed) and self._came_back(
            tx, letter, letter.notice.message_id
        ):
            return None
        return self.speech.look(tx, letter)

    def _came_back(self, tx: Transaction, letter: Letter, message_id: int) -> bool:
        """A tap may have called a card (back) into this message while it waited to be blanked."""
        return outbox.is_home(tx, bot_id=letter.bot_id, chat_id=letter.chat_id, message_id=message_id)


def _sorted(seen: Seen) -> Seen:
    """What waits for a file goes back for a moment; the chat's other letters go on."""
    awaited = [(letter, sight) for letter, sight in seen.sights if isinstance(sight, Awaited)]
    if awaited:
        seen.sights = [(letter, sight) for letter, sight in seen.sights if not isinstance(sight, Awaited)]
        seen.failed += [Outcome(letter, PutOff(letter.id, sight.seconds, tried=False)) for letter, sight in awaited]
    return seen
