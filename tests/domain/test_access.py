"""The access table: what each role may do to a need, and that no role reaches beyond its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import TABLE, Action, Relation, allowed, require
from bot.domain.errors import NotAllowed
from bot.domain.people import Actor, Grant, Language, Person, Role

BUILDING, GRID, COMMUNITY, NEXT_COMMUNITY = 4, 3, 2, 9
LINE = (BUILDING, GRID, COMMUNITY, 1)
V, L, C, A = Role.VOLUNTEER, Role.LEADER, Role.COORDINATOR, Role.ADMINISTRATOR

# Written down a second time on purpose: a change of the table is a change of what is promised to residents.
MAY: dict[Action, tuple[set[Role], set[Relation]]] = {
    Action.NEED_SEE: ({V, L, C, A}, {Relation.REQUESTER, Relation.CLAIMER, Relation.ALONG, Relation.OFFERED}),
    Action.NEED_CLAIM: ({V, L, C, A}, {Relation.OFFERED}),
    Action.NEED_WORK_ON: (set(), {Relation.CLAIMER}),
    Action.NEED_RELEASE: ({C, A}, {Relation.CLAIMER, Relation.ALONG}),
    Action.NEED_CANCEL: ({C, A}, {Relation.REQUESTER}),
    Action.NEED_REPEAT: ({C, A}, {Relation.REQUESTER}),
    Action.NEED_CONFIRM: (set(), {Relation.REQUESTER}),
    Action.NEED_SEATS: ({C, A}, {Relation.REQUESTER}),
    Action.NEED_ASSIGN: ({C, A}, set()),
    Action.NEED_DECIDE: ({C, A}, set()),
    Action.ADDRESS_SEE: (set(), {Relation.CLAIMER, Relation.ALONG}),
    Action.NEEDS_LIST: ({V, L, C, A}, set()),
    Action.GROUP_BIND: ({A}, set()),
    Action.AREA_INVITE: ({C, A}, set()),
    Action.AREA_APPOINT: ({A}, set()),
    Action.TODAY_SEE: ({C, A}, set()),
    Action.HISTORY_SEE: ({C}, set()),
}

ACTIONS, ROLES, RELATIONS = st.sampled_from(Action), st.sampled_from(Role), st.frozensets(st.sampled_from(Relation))
GRANTS = st.lists(st.builds(Grant, ROLES, st.integers(1, 10)), max_size=5).map(tuple)


def somebody(*grants: Grant) -> Actor:
    """A person with these roles."""
    return Actor(Person(1, "王姐", Language.CHINESE), grants)


def test_every_action_has_a_row() -> None:
    assert set(TABLE) == set(Action)


@pytest.mark.parametrize("action", list(MAY))
def test_who_may(action: Action) -> None:
    roles, relations = MAY[action]
    for role in Role:
        for place in LINE:
            assert allowed(action, somebody(Grant(role, place)), LINE) == (role in roles), (role, place)
        assert not allowed(action, somebody(Grant(role, NEXT_COMMUNITY)), LINE), "not from the next community"
    for relation in Relation:
        assert allowed(action, somebody(), LINE, {relation}) == (relation in relations)


@given(ACTIONS, ROLES)
def test_a_role_below_does_not_hold_above(action: Action, role: Role) -> None:
    assert not allowed(action, somebody(Grant(role, BUILDING)), (COMMUNITY, 1))


@given(ACTIONS, RELATIONS)
def test_without_a_role_only_what_one_is_to_the_subject_counts(action: Action, relations: frozenset[Relation]) -> None:
    assert allowed(action, somebody(), LINE, relations) == bool(TABLE[action].relations & relations)


@given(ACTIONS, GRANTS, GRANTS, RELATIONS)
def test_more_roles_never_take_anything_away(
    action: Action, some: tuple[Grant, ...], more: tuple[Grant, ...], relations: frozenset[Relation]
) -> None:
    before = allowed(action, somebody(*some), LINE, relations)
    assert allowed(action, somebody(*some, *more), LINE, relations) >= before


@given(ACTIONS, GRANTS)
def test_in_a_place_that_does_not_exist_nobody_may_do_anything(action: Action, grants: tuple[Grant, ...]) -> None:
    with pytest.raises(NotAllowed) as error:
        require(action, somebody(*grants), ())
    assert error.value.action == action.value
