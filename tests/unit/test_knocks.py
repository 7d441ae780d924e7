"""Rounds by rule: the order of the walk, the word of the day, calls that are tried again, and when a list is made."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.knocks import CODE_WORDS, TRIES, TRY_EVERY, Knock, code_word, second_half, walking_key
from bot.domain.plans import Channel, Plan, PlanState, Slot

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # 12:00 in Shanghai


def plan(*slots: Slot) -> Plan:
    """An active plan with these slots, activated at noon."""
    return Plan(1, 7, 1, 1, PlanState.ACTIVE, slots).activate(NOON, ZONE)


def test_one_walks_by_building_then_unit_then_door_and_nine_comes_before_ten() -> None:
    doors = [
        ("10号楼", "1单元101"),
        ("9号楼", "2单元1001"),
        ("9号楼", "2单元901"),
        ("9号楼", None),
        ("9号楼", "1单元301"),
    ]
    walked = sorted(doors, key=lambda one: walking_key(("幸福社区", one[0]), one[1]))
    assert walked == [doors[3], doors[4], doors[2], doors[1], doors[0]]


def test_the_word_is_the_same_for_both_and_every_word_comes_in_both_languages() -> None:
    hashed = "00000000000b" + "f" * 52
    assert (code_word(hashed, chinese=True), code_word(hashed, chinese=False)) == CODE_WORDS[11]
    assert len({chinese for chinese, _ in CODE_WORDS}) == len({english for _, english in CODE_WORDS}) == len(CODE_WORDS)


def test_a_call_is_tried_three_times_and_a_double_tap_is_one_try() -> None:
    once = Knock(1, 1).tried(NOON)
    assert once.try_at == NOON + TRY_EVERY
    assert once.tried(NOON + timedelta(seconds=30)) == once
    present = once
    for number in range(1, TRIES):
        assert not present.given_up
        present = present.tried(NOON + number * TRY_EVERY)
    assert present.given_up
    assert present.try_at is None


def test_somebody_who_shares_a_list_keeps_the_middle_door() -> None:
    assert second_half([1, 2, 3]) == [3]
    assert second_half([1, 2, 3, 4]) == [3, 4]


def test_a_list_is_made_half_an_hour_before_a_question_goes_out_in_time() -> None:
    knocked = plan(Slot(18 * 60, Channel.KNOCK))
    assert knocked.act_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert knocked.asks_at(ZONE) == datetime(2026, 3, 2, 10, tzinfo=UTC)
    asked = plan(Slot(18 * 60))
    assert asked.act_at == asked.asks_at(ZONE) == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_question_and_a_later_visit_that_open_at_one_instant_are_both_opened() -> None:
    both = plan(Slot(18 * 60), Slot(18 * 60 + 30, Channel.CALL))
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert [one.slot.minutes for one in both.due_occasions(at, ZONE)] == [18 * 60, 18 * 60 + 30]


def test_a_plan_that_begins_between_list_and_slot_loses_no_visit() -> None:
    late = Plan(1, 7, 1, 1, PlanState.ACTIVE, (Slot(12 * 60 + 10, Channel.KNOCK),)).activate(NOON, ZONE)
    assert [one.at for one in late.due_occasions(NOON, ZONE)] == [NOON + timedelta(minutes=10)]
