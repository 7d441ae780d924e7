"""Cards about duty, on any rota: what has more than eight keys is leafed through, for further ones are not found."""

import pytest

from bot.domain.notices import Notice
from tests.texts import reading
from tests.texts.readers import PLAIN
from tests.texts.samples import messages
from tests.texts.samples_duty import SAMPLES

KEYS_AT_MOST = 8


@pytest.mark.parametrize("kind", list(SAMPLES), ids=lambda kind: kind.__name__)
def test_no_card_has_more_than_eight_keys(kind: type[Notice]) -> None:
    for data in PLAIN:
        assert {len(reading.keys(message)) for _, message in messages(kind, data)} <= set(range(KEYS_AT_MOST + 1))
