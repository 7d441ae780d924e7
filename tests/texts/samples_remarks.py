"""Everything that is said around additions."""

from collections.abc import Callable, Mapping

from bot.domain import remarks
from bot.domain.notices import Notice
from bot.domain.remarks import Noun, Remark, RemarkKind, RemarkView
from tests.texts.readers import NOW, Data, Said, said_as_is
from tests.texts.samples_care import of_alert

UNTIL = int(NOW.timestamp())


def visits(data: Data) -> Said:
    """A visit with one note and a photo, and with many of both."""
    note = Remark(RemarkKind.NOTED, data.helper, NOW, data.text)
    for count in (1, 6):
        sent = tuple((data.number - at, "photo" if at % 2 else "voice") for at in range(count))
        yield remarks.RemarkTold(data.number), RemarkView(data.resident, data.place, (note,) * count, sent, NOW)
    yield remarks.RemarkTold(data.number), RemarkView(data.resident, data.place, (), ((data.number, "photo"),), NOW)


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    remarks.AskRemark: said_as_is(*(remarks.AskRemark(noun.value, 12, UNTIL) for noun in Noun)),
    remarks.RemarkAdded: said_as_is(remarks.RemarkAdded(UNTIL)),
    remarks.RemarkTold: visits,
    remarks.SaidAlong: said_as_is(remarks.SaidAlong(12)),
    remarks.WhereKept: said_as_is(remarks.WhereKept(12)),
    remarks.WhereKnown: of_alert(remarks.WhereKnown),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (remarks.WhereKept, remarks.SaidAlong)
