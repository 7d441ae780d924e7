"""Whatever is sent, the answer is an answer: never a failure of the server itself."""

import contextlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox import Phone, Refusal, Sandbox
from sandbox.api import Asked
from sandbox.checks import method_facts
from tests.sandbox.conftest import Ask

JUNK: list[Any] = [
    "",
    "x",
    "-1",
    "[",
    "[]",
    "{}",
    "null",
    "true",
    0,
    1,
    -1,
    10**30,
    1.5,
    True,
    None,
    [],
    {},
    [[]],
    [{}],
    {"type": "chat"},
]
METHODS = sorted(method_facts().keys() - {"getUpdates", "setWebhook"})


@pytest.mark.parametrize("method", METHODS)
def test_no_parameter_breaks_a_method(method: str) -> None:
    sandbox = Sandbox()
    person = sandbox.phone("张奶奶")
    person.chat_at(None).started = True
    sensible = {"chat_id": person.id, "text": "x", "message_id": 1, "from_chat_id": person.id, "user_id": person.id}
    for name in method_facts()[method].checks:
        for junk in JUNK:
            with contextlib.suppress(Refusal):
                sandbox.api.perform(sandbox.bot, Asked(method, {**sensible, name: junk}, {}))
    assert {call.code for call in sandbox.calls} <= {200, 400, 403}


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["inline_keyboard", "keyboard", "text", "callback_data", "url"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(markup=NESTED)
async def test_no_keyboard_breaks_sending(sandbox: Sandbox, markup: object) -> None:
    person = sandbox.phone("张奶奶")
    person.chat_at(None).started = True
    asked = Asked("sendMessage", {"chat_id": person.id, "text": "x", "reply_markup": markup}, {})
    with contextlib.suppress(Refusal):
        sandbox.api.perform(sandbox.bot, asked)
    assert sandbox.calls[-1].code in (200, 400)
    assert all(isinstance(row, list) for row in person.keyboard())


async def test_nonsense_over_http(ask: Ask, zhang: Phone) -> None:
    answer = await ask("sendMessage", chat_id={"a": 1}, text=["x"])
    assert answer["error_code"] == 400
