"""Everything that is said around voice notes and photos."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

from bot.domain import media, voices
from bot.domain.media import Media, MediaKind, MediaState, MediaView
from bot.domain.notices import Notice
from bot.domain.voices import VoiceView
from tests.texts.readers import NOW, Data, Said, said_as_is


def media_views(data: Data) -> Iterator[MediaView]:
    """A voice note and a photo, opened by somebody and by nobody, with words and without, by themselves and by others."""
    for kind, state in product(MediaKind, MediaState):
        waits = state is MediaState.WAITS
        sent = Media(
            data.number, 7, 1, kind, "AgAC7-AQAD01", "checkin:1", NOW - timedelta(days=1), data.text[:1024], state=state
        )
        bare = MediaView(replace(sent, act_at=NOW if waits else None), data.resident, data.place, data.helper, NOW)
        view = replace(bare, file=sent.file_id)
        yield replace(view, media=replace(view.media, opened_at=NOW))
        yield replace(view, media=replace(view.media, subject="person:1", opened_at=NOW))
        yield replace(view, media=replace(view.media, words=""), opened_by=None, by=data.helper)


def of_media(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about something that was sent, in every view."""
    return lambda data: ((kind(data.number), view) for view in media_views(data))


def voice_views(data: Data) -> Iterator[VoiceView]:
    """A voice that is there and one that is not, with family and without."""
    for by, family, in_charge in product((None, data.helper), (0, 2), (True, False)):
        recorded = None if by is None else NOW
        yield VoiceView(data.number, data.resident, by and "AgAC7-AQAD01", by, recorded, family, in_charge, NOW)


def of_voice(kind: Callable[[int], Notice]) -> Callable[[Data], Said]:
    """A notice about a familiar voice, in every view."""
    return lambda data: ((kind(data.number), view) for view in voice_views(data))


SAMPLES: Mapping[type[Notice], Callable[[Data], Said]] = {
    media.MediaCard: of_media(media.MediaCard),
    media.MediaShown: of_media(media.MediaShown),
    media.MediaTaken: of_media(media.MediaTaken),
    **{kind: of_voice(kind) for kind in (voices.VoiceCard, voices.AskVoice, voices.AskFamilyVoice, voices.VoiceKept)},
    media.MediaUnasked: said_as_is(
        *(media.MediaUnasked(kind.value, words) for kind in MediaKind for words in (True, False))
    ),
}
FOR_RESIDENTS: tuple[type[Notice], ...] = (media.MediaTaken, media.MediaUnasked)
