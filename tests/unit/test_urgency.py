"""How soon something is wanted, as far as the words of a text say."""

import pytest

from bot.domain.categories import guess_urgency
from bot.domain.needs import Urgency


@pytest.mark.parametrize(
    "text",
    [
        "水管爆了，快点来人",
        "马上要去医院，谁能送我",
        "急，老人没药了",
        "现在有人能来吗",
        "尽快来看看，漏水了",
        "A pipe burst, please come at once",
        "I need it right away",
        "It is urgent",
        "Can somebody come now?",
    ],
)
def test_at_once(text: str) -> None:
    assert guess_urgency(text) is Urgency.NOW


@pytest.mark.parametrize(
    "text",
    [
        "不急，有空来就行",
        "周末帮我擦擦窗户",
        "这几天灯不太亮",
        "不着急，下周也可以",
        "现在不急",
        "不是很急，过几天也行",
        "No hurry, some day next week",
        "It is not urgent",
        "Whenever you can",
        "Could somebody clean the windows this week?",
    ],
)
def test_within_the_week(text: str) -> None:
    assert guess_urgency(text) is Urgency.WEEK


@pytest.mark.parametrize(
    "text", ["", "家里的灯坏了", "帮妈妈取药，3号楼", "the lamp is broken", "I know nobody here", "谁有空来帮我买药"]
)
def test_today_when_nothing_is_said(text: str) -> None:
    assert guess_urgency(text) is Urgency.TODAY
