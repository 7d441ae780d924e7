"""What is read of what lies with a need beside words: how much there is, the keys that show it, and what only the helper sees."""

from collections.abc import Callable, Mapping

from bot.domain.enclosures import (
    Behind,
    Enclosed,
    EnclosuresFull,
    EnclosureShown,
    EnclosuresWaited,
    EnclosureView,
    FileLeft,
    Point,
    length,
)
from bot.domain.media import MediaKind
from bot.domain.notices import Notice
from bot.texts.buttons import Button
from bot.texts.message import Enclosure, Key, Message, Rows
from bot.texts.remarks import MAPS
from bot.texts.words import Html, Words, bold, lines


class ShowEnclosures(Button, code="enc"):
    """Let me hear the voice notes, or see the photos, of this need."""

    need_id: int
    medium: str


class AddEnclosure(Button, code="ena"):
    """I add a photo or a voice note to my open need."""

    need_id: int


def enclosed_line(enclosed: Enclosed, words: Words) -> Html | None:
    """What there is to hear and to see: "🎙 Voice note, 0:12"."""
    voices = tuple(words.say("🎙 Voice note, {length}", length=length(one)) for one in enclosed.voices)
    photos = words.count("🖼 {number} photo", "🖼 {number} photos", enclosed.photos) if enclosed.photos else None
    return lines(*voices, photos) or None


def for_groups(enclosed: Enclosed, words: Words) -> Html | None:
    """The same where everybody reads: that there is something, and where it can be heard and seen."""
    if not enclosed.anything:
        return None
    if not enclosed.photos:
        return words.say("🎙 With a voice note, to be heard in the private chat with me.")
    if not enclosed.voices:
        return words.say("🖼 With photos, to be seen in the private chat with me.")
    return words.say("🎙 With a voice note and photos, for the private chat with me.")


def keys(need_id: int, enclosed: Enclosed, words: Words) -> Rows:
    """One tap to hear, one to see."""
    listen = Key(words.say("🎙 Listen"), ShowEnclosures(need_id, MediaKind.VOICE.value).code)
    photos = words.count("🖼 {number} photo", "🖼 {number} photos", enclosed.photos)
    look = Key(photos, ShowEnclosures(need_id, MediaKind.PHOTO.value).code)
    row = (*((listen,) if enclosed.voices else ()), *((look,) if enclosed.photos else ()))
    return (row,) if row else ()


def behind_lines(behind: Behind | None, words: Words) -> Html | None:
    """Who asked for somebody else, whom to ring, and the place on the map: for whoever has it."""
    if behind is None:
        return None
    return lines(_asker(behind, words), _ring(behind, words), _map(behind.point, words)) or None


def _asker(behind: Behind, words: Words) -> Html | None:
    if behind.asker is None:
        return None
    name, telephone = behind.asker
    if telephone is None:
        return words.say("🙋 {name} asked for them.", name=name)
    return words.say("🙋 {name} asked for them: {telephone}", name=name, telephone=telephone)


def _ring(behind: Behind, words: Words) -> Html | None:
    if behind.ring is None:
        return None
    return words.say("📇 To ring for this: {name}, {telephone}", name=behind.ring.name, telephone=behind.ring.telephone)


def _map(point: Point | None, words: Words) -> Html | None:
    if point is None:
        return None
    link = MAPS[words.language].format(latitude=f"{point.latitude:.5f}", longitude=f"{point.longitude:.5f}")
    return lines(words.say("🗺 On the map:"), link)


def shown(notice: EnclosureShown, view: EnclosureView, words: Words) -> Message:
    """This very voice note or photo."""
    if view.media is None or view.file is None:
        gone = words.say(
            "This is not kept here any more, or somebody else has the request by now. /needs shows the others."
        )
        return Message(gone)
    text = words.say("Request #{number}", number=notice.need_id)
    if view.total > 1:
        text = words.say(
            "Request #{number}: {place} of {total}", number=notice.need_id, place=notice.place, total=view.total
        )
    lost = words.say(
        "Request #{number}: this could not be shown. Please ask the resident what it was.", number=notice.need_id
    )
    return Enclosure(text, protected=True, kind=view.media.kind.value, file_id=view.file, otherwise=lost)


def full(notice: EnclosuresFull, view: None, words: Words) -> Message:
    """More was sent than is kept."""
    kept = words.say(
        "I keep {number} photos and {number} voice notes at most; the first ones stay, the others are not kept.",
        number=notice.number,
    )
    return Message(lines(kept, words.say("What else should be known? Please write it in words.")))


def waited(notice: EnclosuresWaited, view: None, words: Words) -> Message:
    """Please send it now."""
    asked = words.say("Please send the photos or the voice note for request #{number} now.", number=notice.need_id)
    return Message(lines(bold(asked), words.say("Whoever may see the request will see them too.")), asks=True)


def file_left(notice: FileLeft, view: None, words: Words) -> Message:
    """A file is opened by nobody."""
    said = words.say("I cannot open files, so nobody has read this one.")
    then = words.say("Please send it as a photo (five at most), speak a voice note, or write what you need.")
    return Message(lines(said, then))


CARDS: Mapping[type[Notice], Callable[..., Message]] = {
    EnclosureShown: shown,
    EnclosuresFull: full,
    EnclosuresWaited: waited,
    FileLeft: file_left,
}
