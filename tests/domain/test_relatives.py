"""What two people have agreed to, and what the people of one telephone are called."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.checkins import CheckInAnswer
from bot.domain.people import Language
from bot.domain.relatives import HOLDS, Bond, ContactState, Relative, Side
from bot.domain.telephones import labels
from bot.texts.big_keys import named_keys
from bot.texts.telephones import answer_named
from tests.texts.readers import HOME, WORDS

ANSWERS = (CheckInAnswer.WELL, CheckInAnswer.CALL_ME, CheckInAnswer.HELP)
steps = st.lists(st.tuples(st.sampled_from(Bond), st.sampled_from([Side.RELATIVE, Side.PERSON, None])), max_size=30)
# Names as they are kept: something legible on one line.
names = st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40), min_size=1, max_size=6)


@given(steps)
def test_it_holds_only_while_both_have_said_yes_since_the_last_no(taken: list[tuple[Bond, Side | None]]) -> None:
    relative = Relative(1, 2, 3, "daughter")
    said: dict[Bond, set[Side]] = {bond: set() for bond in Bond}
    for bond, side in taken:
        if side is None:
            relative, said[bond] = relative.no(bond), set()
        else:
            relative = relative.yes(bond, side)
            said[bond].add(side)
        for one in Bond:
            assert relative.may(one) == (said[one] == {Side.RELATIVE, Side.PERSON})
            assert 0 <= relative.marks(one) <= HOLDS


@given(names)
def test_no_two_people_of_one_telephone_are_called_alike(called: list[str]) -> None:
    assert len(set(labels(called))) == len(called)


@given(names, st.data())
def test_a_key_with_a_name_comes_back_as_this_persons_answer(called: list[str], data: st.DataObject) -> None:
    shown = labels(called)
    place = data.draw(st.integers(0, len(shown) - 1))
    language = data.draw(st.sampled_from(Language))
    keys = [key for (key,) in named_keys(shown[place], WORDS[language])]
    assert [answer_named(key, shown, HOME) for key in keys] == [(place, answer) for answer in ANSWERS]


def test_a_key_without_a_name_is_nobodys() -> None:
    assert answer_named("🌞 I'm well", ("Zhang", "Chen"), HOME) is None
    assert answer_named("🌞 Zhao is well", ("Zhang", "Chen"), HOME) is None


def test_who_has_said_no_does_not_stand_on_the_ladder() -> None:
    assert [state for state in ContactState if state.stands] == [ContactState.LISTED, ContactState.AGREED]
