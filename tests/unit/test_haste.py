"""Who writes faster than anybody could read is told once; what they write meanwhile is not read."""

from hypothesis import given
from hypothesis import strategies as st

from bot.intake.haste import PACES, Haste

(BURST, BURST_SECONDS), (MINUTE, MINUTE_SECONDS) = PACES
NOON = 1_800_000_000


def _update(number: int, at: int, text: str = "x", **more: object) -> dict[str, object]:
    message = {"from": {"id": 7}, "chat": {"id": 7, "type": "private"}, "date": at, "text": text, **more}
    return {"update_id": number, "message": message}


def _haste() -> Haste:
    return Haste(lambda words: words.startswith("/sos"))


def test_after_a_burst_one_is_told_and_the_rest_is_noted_only() -> None:
    haste = _haste()
    excess = [haste.is_excess(_update(number, NOON)) for number in range(BURST + 30)]
    assert excess == [False] * (BURST + 1) + [True] * 29
    told = [haste.asks_to_wait(number) for number in range(BURST + 30)]
    assert told == [None] * BURST + [BURST_SECONDS] + [None] * 29
    assert haste.asks_to_wait(BURST) == BURST_SECONDS, "a transaction that is run again says the same"
    assert not haste.is_excess(_update(100, NOON + BURST_SECONDS))
    assert haste.asks_to_wait(100) is None


def test_whoever_goes_on_and_on_is_read_so_often_a_minute_and_no_more() -> None:
    haste = _haste()
    numbers = range(300)
    read = [number for number in numbers if not haste.is_excess(_update(number, NOON + number // 5))]
    told = [number for number in read if haste.asks_to_wait(number) is not None]
    assert len(read) - len(told) == MINUTE
    assert len(told) == 2, "once for a burst, once for a minute"
    assert haste.asks_to_wait(told[1]) == MINUTE_SECONDS


def test_what_is_vital_and_the_rest_of_an_album_are_always_read() -> None:
    haste = _haste()
    for number in range(BURST):
        haste.is_excess(_update(number, NOON))
    album = [_update(50 + number, NOON + BURST_SECONDS, media_group_id="1") for number in range(10)]
    assert not any(haste.is_excess(one) for one in album)
    for number in range(100, 100 + BURST):
        haste.is_excess(_update(number, NOON + BURST_SECONDS))
    assert haste.is_excess(_update(200, NOON + BURST_SECONDS))
    assert not haste.is_excess(_update(201, NOON + BURST_SECONDS, "/sos"))
    assert haste.asks_to_wait(201) is None
    another = {"update_id": 202, "message": {"from": {"id": 8}, "date": NOON, "text": "x"}}
    assert not haste.is_excess(another)


def test_what_waited_while_nobody_listened_is_no_flood() -> None:
    haste = _haste()
    assert not any(haste.is_excess(_update(number, NOON + 60 * number)) for number in range(100))


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["from", "id", "date", "edit_date", "text", "caption", "media_group_id"]), inner
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(["message", "edited_message", "callback_query"]), json)
def test_no_update_however_broken_is_too_much_for_it(kind: str, body: object) -> None:
    assert _haste().is_excess({"update_id": 1, kind: body}) is False
