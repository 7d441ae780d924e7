"""The outbox on both databases: order, leases, cards, what becomes of letters."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import StillClock
from bot.domain.notices import Notice, Priority
from bot.storage import leases, outbox
from bot.storage.database import Database, Row, Transaction, open_database
from bot.storage.leases import Accepted, Dead, Lost, PutOff, Unreadable
from bot.storage.outbox import Letter, Saying
from bot.storage.vault import Vault
from tests.edges.stand_ins import BOT_ID, Lamp, Word, say, show

ZHANG, LI, WANG = 1001, 1002, 1003


def lease(tx: Transaction, *, holder: str = "one", limit: int = 10, lowest: Priority = Priority.REST) -> list[Letter]:
    return leases.lease(tx, bot_id=BOT_ID, holder=holder, limit=limit, seconds=60, lowest=lowest)


def row(tx: Transaction, letter_id: int) -> Row:
    found = tx.one("SELECT * FROM outbox WHERE id = :id", {"id": letter_id})
    assert found is not None
    return found


def run_out(tx: Transaction) -> None:
    tx.run("UPDATE outbox SET send_at = send_at - 3600 WHERE send_at IS NOT NULL")


def ids(letters: Iterable[Letter]) -> list[int]:
    return [letter.id for letter in letters]


async def test_a_letter_comes_back_as_it_was_said(database: Database, clock: StillClock) -> None:
    letter_id = await database.transaction(
        lambda tx: say(tx, "药买好了", chat_id=ZHANG, now=clock.now(), priority=Priority.ANSWER)
    )
    [letter] = await database.transaction(lease)
    assert (letter.id, letter.chat_id, letter.notice, letter.priority) == (letter_id, ZHANG, Word("药买好了"), 1)
    assert letter.created_at == clock.now()
    assert (letter.subject, letter.message_id, letter.attempts) == (None, None, 0)


async def test_the_most_urgent_go_first_and_one_a_chat(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[list[int], list[int]]:
        rest = [say(tx, "a", chat_id=ZHANG, now=clock.now()), say(tx, "b", chat_id=ZHANG, now=clock.now())]
        other = say(tx, "c", chat_id=LI, now=clock.now())
        urgent = say(tx, "d", chat_id=WANG, now=clock.now(), priority=Priority.LIFE)
        return ids(lease(tx)), [urgent, rest[0], other]

    leased, expected = await database.transaction(work)
    assert leased == expected


async def test_an_urgent_letter_passes_its_own_chats_queue(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[list[int], int]:
        say(tx, "later", chat_id=ZHANG, now=clock.now())
        urgent = say(tx, "now", chat_id=ZHANG, now=clock.now(), priority=Priority.LIFE)
        return ids(lease(tx)), urgent

    leased, urgent = await database.transaction(work)
    assert leased == [urgent]


async def test_a_chat_with_a_running_lease_is_left_alone(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> list[int]:
        say(tx, "first", chat_id=ZHANG, now=clock.now())
        say(tx, "second", chat_id=ZHANG, now=clock.now())
        lease(tx)
        say(tx, "urgent", chat_id=ZHANG, now=clock.now(), priority=Priority.LIFE)
        return ids(lease(tx))

    assert await database.transaction(work) == []


async def test_a_long_queue_of_one_chat_hides_no_other(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> list[int]:
        many = [Saying(Word(str(number)), BOT_ID, ZHANG, None) for number in range(1000)]
        few = [Saying(Word("hello"), BOT_ID, LI + number, None) for number in range(3)]
        outbox.say_many(tx, many + few, now=clock.now())
        return [letter.chat_id for letter in lease(tx)]

    assert await database.transaction(work) == [ZHANG, LI, LI + 1, LI + 2]


async def test_only_what_is_urgent_enough_is_leased(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> list[int]:
        say(tx, "rest", chat_id=ZHANG, now=clock.now())
        say(tx, "life", chat_id=LI, now=clock.now(), priority=Priority.LIFE)
        return [letter.chat_id for letter in lease(tx, lowest=Priority.LIFE)]

    assert await database.transaction(work) == [LI]


async def test_another_bots_letters_are_left_alone(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> list[Letter]:
        say(tx, "theirs", chat_id=ZHANG, now=clock.now(), bot_id=BOT_ID + 1)
        return lease(tx)

    assert await database.transaction(work) == []


async def test_a_lease_that_ran_out_is_due_again(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[list[int], list[int]]:
        say(tx, "hello", chat_id=ZHANG, now=clock.now())
        first = ids(lease(tx))
        run_out(tx)
        return first, ids(lease(tx, holder="two"))

    first, second = await database.transaction(work)
    assert first == second != []


async def test_whoever_lost_a_lease_settles_nothing(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> Row:
        say(tx, "hello", chat_id=ZHANG, now=clock.now())
        [letter] = lease(tx)
        run_out(tx)
        lease(tx, holder="two")
        leases.settle(tx, [Dead(letter.id, "no")], holder="one")
        return row(tx, letter.id)

    found = await database.transaction(work)
    assert (found["holder"], found["dead_at"]) == ("two", None)


async def test_a_copy_takes_its_own_leases_back(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[int, list[int], list[int]]:
        for chat_id in (ZHANG, LI, WANG):
            say(tx, "hello", chat_id=chat_id, now=clock.now())
        kept, *lost = lease(tx, limit=2)
        lease(tx, holder="two")
        count = leases.take_back(tx, "one", bot_id=BOT_ID, keep=[kept.id])
        return count, ids(lost), ids(lease(tx))

    count, lost, leased = await database.transaction(work)
    assert (count, leased) == (1, lost)


async def test_accepted_is_done(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[Row, list[Letter]]:
        say(tx, "hello", chat_id=ZHANG, now=clock.now())
        [letter] = lease(tx)
        leases.settle(tx, [Accepted(letter.id, letter.version, message_id=7)], holder="one")
        return row(tx, letter.id), lease(tx)

    found, leased = await database.transaction(work)
    assert (found["send_at"], found["holder"], found["message_id"], leased) == (None, None, 7, [])


async def test_what_was_put_off_lets_others_pass(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[int, list[int], Row]:
        first = say(tx, "defective", chat_id=ZHANG, now=clock.now())
        second = say(tx, "fine", chat_id=ZHANG, now=clock.now())
        lease(tx)
        leases.settle(tx, [PutOff(first, 60, "KeyError")], holder="one")
        return second, ids(lease(tx)), row(tx, first)

    second, leased, found = await database.transaction(work)
    assert leased == [second]
    assert (found["attempts"], found["error"]) == (1, "KeyError")
    assert found["first_try_at"] is not None


async def test_a_chat_that_waits_says_nothing_else(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[list[Letter], int]:
        first = say(tx, "first", chat_id=ZHANG, now=clock.now())
        say(tx, "second", chat_id=ZHANG, now=clock.now())
        lease(tx)
        leases.settle(tx, [PutOff(first, 60, "429", chat_waits=True)], holder="one")
        return lease(tx), leases.take_back(tx, "one", bot_id=BOT_ID)

    assert await database.transaction(work) == ([], 0)


async def test_a_chat_that_waited_goes_on_in_order(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[int, list[int]]:
        first = say(tx, "first", chat_id=ZHANG, now=clock.now())
        say(tx, "second", chat_id=ZHANG, now=clock.now())
        lease(tx)
        leases.settle(tx, [PutOff(first, -1, "429", chat_waits=True)], holder="one")
        return first, ids(lease(tx))

    first, leased = await database.transaction(work)
    assert leased == [first]


async def test_a_letter_given_back_was_not_tried(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> Row:
        letter_id = say(tx, "hello", chat_id=ZHANG, now=clock.now())
        lease(tx)
        leases.settle(tx, [PutOff(letter_id, 0, tried=False)], holder="one")
        return row(tx, letter_id)

    found = await database.transaction(work)
    assert (found["attempts"], found["first_try_at"], found["holder"]) == (0, None, None)


async def test_many_marks_of_all_kinds_are_settled_together(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> list[Row]:
        for chat_id in range(4):
            show(tx, chat_id, chat_id=chat_id + 1, now=clock.now())
        a, b, c, d = lease(tx)
        marks: list[leases.Mark] = [
            Accepted(a.id, a.version, 5, "x"),
            PutOff(b.id, 9),
            Lost(c.id),
            Dead(d.id, "Forbidden"),
        ]
        leases.settle(tx, marks, holder="one")
        return [row(tx, letter.id) for letter in (a, b, c, d)]

    accepted, put_off, lost, dead = await database.transaction(work)
    assert (accepted["message_id"], accepted["shown"], accepted["send_at"]) == (5, "x", None)
    assert put_off["send_at"] is not None
    assert (lost["message_id"], lost["send_at"] is None) == (None, False)
    assert (dead["send_at"], dead["error"]) == (None, "Forbidden")
    assert dead["dead_at"] is not None


# --- cards ---


async def test_a_card_is_one_row_however_often_it_is_shown(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[set[int], list[Letter]]:
        shown = {show(tx, 1, chat_id=ZHANG, now=clock.now()) for _ in range(3)}
        return shown, lease(tx)

    shown, [letter] = await database.transaction(work)
    assert shown == {letter.id}
    assert (letter.notice, letter.subject) == (Lamp(1), "lamp:1")


async def test_touching_a_subject_makes_all_its_cards_due(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[list[int], list[int]]:
        mine = [show(tx, 1, chat_id=chat_id, now=clock.now()) for chat_id in (ZHANG, LI)]
        show(tx, 2, chat_id=WANG, now=clock.now())
        letters = lease(tx)
        leases.settle(tx, [Accepted(letter.id, letter.version, 9, "x") for letter in letters], holder="one")
        outbox.touch(tx, "lamp:1", "lamp:3")
        return mine, ids(lease(tx))

    mine, leased = await database.transaction(work)
    assert leased == mine


async def test_a_card_touched_while_it_is_sent_is_due_again(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> list[Letter]:
        show(tx, 1, chat_id=ZHANG, now=clock.now())
        [letter] = lease(tx)
        outbox.touch(tx, "lamp:1")
        assert lease(tx, holder="two") == []
        leases.settle(tx, [Accepted(letter.id, letter.version, 9, "old")], holder="one")
        return lease(tx)

    [letter] = await database.transaction(work)
    assert (letter.message_id, letter.shown) == (9, None)


async def test_an_overview_touched_while_it_is_first_sent_is_due_again_and_then_comes_last(
    database: Database, clock: StillClock
) -> None:
    def work(tx: Transaction) -> tuple[int, list[Letter]]:
        show(tx, 1, chat_id=ZHANG, now=clock.now())
        tx.run("UPDATE outbox SET priority = 1")
        [letter] = lease(tx)
        outbox.touch_calmly(tx, "lamp:1")
        leases.settle(tx, [Accepted(letter.id, letter.version, 9, "old")], holder="one")
        first = row(tx, letter.id)["priority"]
        outbox.touch_calmly(tx, "lamp:1")
        return first, lease(tx)

    first, [letter] = await database.transaction(work)
    assert first == Priority.ANSWER
    assert (letter.message_id, letter.shown, letter.priority) == (9, None, Priority.REST)


async def test_a_dead_card_stays_dead_until_it_is_shown_again(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[list[Letter], list[Letter]]:
        show(tx, 1, chat_id=ZHANG, now=clock.now())
        [letter] = lease(tx)
        leases.settle(tx, [Dead(letter.id, "Forbidden")], holder="one")
        outbox.touch(tx, "lamp:1")
        touched = lease(tx)
        show(tx, 1, chat_id=ZHANG, now=clock.now())
        return touched, lease(tx)

    touched, shown = await database.transaction(work)
    assert touched == []
    assert len(shown) == 1


async def test_a_tapped_message_becomes_the_card(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> list[Letter]:
        show(tx, 1, chat_id=ZHANG, now=clock.now())
        [letter] = lease(tx)
        show(tx, 1, chat_id=ZHANG, now=clock.now(), message_id=77)
        leases.settle(tx, [Accepted(letter.id, letter.version, 9, "x")], holder="one")
        return lease(tx)

    [letter] = await database.transaction(work)
    assert (letter.message_id, letter.shown) == (77, None)


async def test_a_moved_card_is_sent_afresh(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> list[Letter]:
        letter_id = show(tx, 1, chat_id=ZHANG, now=clock.now(), message_id=77)
        [letter] = lease(tx)
        outbox.move(tx, letter_id)
        leases.settle(tx, [Accepted(letter.id, letter.version, None, "x")], holder="one")
        return lease(tx)

    [letter] = await database.transaction(work)
    assert (letter.message_id, letter.shown) == (None, None)


async def test_a_group_that_moved_gets_its_letters_there(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> list[Letter]:
        say(tx, "hello", chat_id=-5, now=clock.now())
        show(tx, 1, chat_id=-5, now=clock.now(), message_id=77)
        outbox.move_chat(tx, bot_id=BOT_ID, old=-5, new=-1005)
        [word] = lease(tx)
        leases.settle(tx, [Accepted(word.id, word.version, 1)], holder="one")
        return [word, *lease(tx)]

    letters = await database.transaction(work)
    assert [(letter.chat_id, letter.message_id) for letter in letters] == [(-1005, None), (-1005, None)]


# --- what cannot be read, and what is looked after ---


@pytest.mark.parametrize(("name", "data"), [("Nonsense", "{}"), ("Word", '{"other":1}'), ("Word", "not json")])
async def test_a_notice_of_another_version_is_leased_as_unreadable(
    database: Database, clock: StillClock, name: str, data: str
) -> None:
    def work(tx: Transaction) -> list[Letter]:
        letter_id = say(tx, "hello", chat_id=ZHANG, now=clock.now())
        tx.run(
            "UPDATE outbox SET kind = :kind, data = :data WHERE id = :id", {"kind": name, "data": data, "id": letter_id}
        )
        return lease(tx)

    [letter] = await database.transaction(work)
    assert letter.notice == Unreadable(name)


async def test_what_waits_is_counted_by_priority(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> list[outbox.Waiting]:
        for chat_id in (ZHANG, LI):
            say(tx, "hello", chat_id=chat_id, now=clock.now())
        say(tx, "help", chat_id=WANG, now=clock.now(), priority=Priority.LIFE)
        return outbox.waiting(tx)

    waiting = await database.transaction(work)
    assert [(line.priority, line.letters) for line in waiting] == [(Priority.LIFE, 1), (Priority.REST, 2)]
    assert all(0 <= line.oldest_seconds < 60 for line in waiting)


async def test_letters_of_life_that_wait_too_long_are_late(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[int, int]:
        for chat_id in (ZHANG, LI):
            say(tx, "help", chat_id=chat_id, now=clock.now(), priority=Priority.LIFE)
        in_time = outbox.late(tx, bot_id=BOT_ID, seconds=60)
        tx.run("UPDATE outbox SET first_try_at = send_at - 100, send_at = send_at + 30 WHERE chat_id = 1001")
        tx.run("UPDATE outbox SET send_at = send_at - 100 WHERE chat_id = 1002")
        return in_time, outbox.late(tx, bot_id=BOT_ID, seconds=60)

    assert await database.transaction(work) == (0, 2)


async def test_done_letters_are_forgotten_and_nothing_else(database: Database, clock: StillClock) -> None:
    def work(tx: Transaction) -> tuple[int, list[int], list[int]]:
        done, dead, waiting = (say(tx, "hello", chat_id=chat_id, now=clock.now()) for chat_id in (1, 2, 3))
        card = show(tx, 1, chat_id=4, now=clock.now())
        lease(tx)
        marks: list[leases.Mark] = [Accepted(done, 0, 1), Dead(dead, "no"), PutOff(waiting, 5), Accepted(card, 0, 2)]
        leases.settle(tx, marks, holder="one")
        new = say(tx, "hello", chat_id=5, now=clock.now() + timedelta(days=1))
        tx.run("UPDATE outbox SET send_at = NULL WHERE id = :id", {"id": new})
        count = outbox.forget_before(tx, clock.now() + timedelta(hours=1), 100)
        left = [line["id"] for line in tx.all("SELECT id FROM outbox ORDER BY id")]
        return count, left, [dead, waiting, card, new]

    count, left, expected = await database.transaction(work)
    assert (count, left) == (1, expected)


def plan(tx: Transaction, kind: str) -> str:
    """How the database would lease."""
    values = {"bot_id": 1, "instant": 1.0, "until": 2.0, "lowest": 4, "chunk": 300, "heads": 32, "holder": "one"}
    values |= {"copies": 3, "place": 1, "urgent": 0, "overdue": 0.0}
    if kind == "postgres":
        # A table with nothing in it is always read whole; here the question is whether it could be read otherwise.
        tx.run("SET LOCAL enable_seqscan = off")
    rows = tx.all(("EXPLAIN " if kind == "postgres" else "EXPLAIN QUERY PLAN ") + leases.LEASE, values)
    return "\n".join(str(tuple(dict(row).values())[-1]) for row in rows)


async def test_leasing_reads_by_its_own_indexes(database: Database, kind: str) -> None:
    steps = await database.transaction(lambda tx: plan(tx, kind))
    assert "outbox_due" in steps
    assert "outbox_held" in steps
    assert "SCAN outbox" not in steps
    assert "Seq Scan" not in steps


# --- races, and order whatever happens ---


async def test_two_copies_never_lease_the_same_letter(
    database: Database, database_url: str, vault: Vault, clock: StillClock
) -> None:
    chats = range(1, 101)
    sayings = [Saying(Word(str(turn)), BOT_ID, chat_id, None) for chat_id in chats for turn in range(2)]
    await database.transaction(lambda tx: outbox.say_many(tx, sayings, now=clock.now()))
    other = await open_database(database_url, vault)

    async def take(copy: Database, holder: str) -> list[Letter]:
        taken: list[Letter] = []
        for _ in range(20):
            taken += await copy.transaction(lambda tx: lease(tx, holder=holder, limit=7))
        return taken

    one, two = await asyncio.gather(take(database, "one"), take(other, "two"))
    await other.close()
    assert sorted(letter.chat_id for letter in one + two) == list(chats)
    assert {letter.notice for letter in one + two} == {Word("0")}


class Shuffle:
    """Says, leases and settles in an order that hypothesis chooses, and keeps what was accepted."""

    def __init__(self, tx: Transaction, clock: StillClock) -> None:
        self.tx, self.clock = tx, clock
        self.said: dict[tuple[int, int], list[int]] = {}
        self.accepted: dict[tuple[int, int], list[int]] = {}
        self.held: list[Letter] = []

    def say(self, chat_id: int, priority: Priority) -> None:
        letter_id = say(self.tx, "x", chat_id=chat_id, now=self.clock.now(), priority=priority)
        self.said.setdefault((chat_id, int(priority)), []).append(letter_id)

    def lease(self, limit: int) -> None:
        self.held += lease(self.tx, limit=limit)
        chats = [letter.chat_id for letter in self.held]
        assert len(chats) == len(set(chats)), "two letters of one chat were on their way at once"

    def settle(self, index: int, accepted: bool) -> None:
        if not self.held:
            return
        letter = self.held.pop(index % len(self.held))
        if accepted:
            self.accepted.setdefault((letter.chat_id, letter.priority), []).append(letter.id)
            leases.settle(self.tx, [Accepted(letter.id, letter.version, 1)], holder="one")
        else:
            leases.settle(self.tx, [PutOff(letter.id, -1, chat_waits=True)], holder="one")

    def finish(self) -> None:
        while self.held:
            self.settle(0, accepted=True)
        while True:
            self.lease(5)
            if not self.held:
                return
            while self.held:
                self.settle(0, accepted=True)


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.integers(1, 3), st.sampled_from([Priority.LIFE, Priority.ANSWER, Priority.REST])),
        st.tuples(st.just("lease"), st.integers(1, 5)),
        st.tuples(st.just("settle"), st.integers(0, 5), st.booleans()),
    ),
    max_size=40,
)


def play(tx: Transaction, clock: StillClock, deeds: list[tuple[str, ...]]) -> Shuffle:
    tx.run("DELETE FROM outbox")
    shuffle = Shuffle(tx, clock)
    for name, *arguments in deeds:
        getattr(shuffle, name)(*arguments)
    shuffle.finish()
    return shuffle


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
async def test_within_a_chat_and_a_priority_order_holds_and_nothing_is_lost(
    database: Database, clock: StillClock, deeds: list[tuple[str, ...]]
) -> None:
    shuffle = await database.transaction(lambda tx: play(tx, clock, deeds))
    assert shuffle.accepted == shuffle.said


def test_every_notice_of_the_tests_is_known() -> None:
    assert {"Word", "Cry", "Lamp"} <= Notice.known.keys()
