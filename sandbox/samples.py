"""Things a person can send that are not text, ready made."""

import base64
import io
import math
import wave
from typing import Any

from sandbox.accounts import Person
from sandbox.chats import Body
from sandbox.files import Upload
from sandbox.methods.media import file_body
from sandbox.world import World

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAG0lEQVR42mNYc5WNJMQwqmFUw6iGUQ2jGoaEBgCEmyeP2zIpmQAAAABJRU5ErkJggg=="
)
# Two soft tones, so that a voice note can be heard on the page: so many times a second, for so many seconds.
SAMPLES_A_SECOND, SOUND_SECONDS, TONES = 8000, 1, (440, 554)


def _tones() -> bytes:
    """A sound that every browser plays, made here: nothing has to be fetched or installed for it."""
    packed = io.BytesIO()
    with wave.open(packed, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(SAMPLES_A_SECOND)
        sound.writeframes(bytes(_level(at) for at in range(SAMPLES_A_SECOND * SOUND_SECONDS)))
    return packed.getvalue()


def _level(at: int) -> int:
    length = SAMPLES_A_SECOND * SOUND_SECONDS // len(TONES)
    tone, place = TONES[min(at // length, len(TONES) - 1)], at % length
    swell = math.sin(math.pi * place / length)
    return 128 + round(60 * swell * math.sin(2 * math.pi * tone * place / SAMPLES_A_SECOND))


SOUND = _tones()
KINDS = ("sticker", "photo", "voice", "document", "poll", "location", "contact")


def sample_body(world: World, person: Person, kind: str, content: bytes | None = None) -> Body:
    """The content of a message of this kind; ValueError for an unknown kind."""
    if kind in ("photo", "voice", "document"):
        return _file(world, kind, content)
    if kind == "sticker":
        return _sticker(world)
    if kind == "poll":
        return {"poll": _poll(world)}
    if kind == "location":
        return {"location": {"latitude": 22.543096, "longitude": 114.057865}}
    if kind == "contact":
        return {"contact": _contact(person)}
    raise ValueError(f"unknown kind of message: {kind}; known are {', '.join(KINDS)}")


def place_body(latitude: float, longitude: float) -> Body:
    """The content of a message with this place on the map, in degrees; ValueError for what is none on earth."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("latitudes are between -90 and 90 degrees, longitudes between -180 and 180")
    return {"location": {"latitude": latitude, "longitude": longitude}}


def card_body(name: str, number: str) -> Body:
    """The content of a message with somebody's card out of the address book; ValueError without a number."""
    if not number.strip():
        raise ValueError("a contact needs a telephone number")
    return {"contact": {"phone_number": number.strip(), "first_name": name.strip()}}


def _file(world: World, kind: str, content: bytes | None) -> Body:
    uploads = {
        "photo": Upload("photo.png", content or PICTURE, "image/png"),
        "voice": Upload("voice.oga", content or SOUND, "audio/ogg"),
        "document": Upload("notes.txt", content or b"notes\n", "text/plain"),
    }
    return file_body(world.files.keep(uploads[kind], kind, 3 if kind == "voice" else 0))


def _sticker(world: World) -> Body:
    stored = world.files.keep(Upload("sticker.png", PICTURE, "image/png"), "sticker")
    flags = {"is_animated": False, "is_video": False, "emoji": "👍"}
    size = {"width": 512, "height": 512, "file_size": stored.size}
    return {"sticker": {"file_unique_id": stored.unique_id, "type": "regular", **size, **flags}}


def _poll(world: World) -> dict[str, Any]:
    options = [{"persistent_id": str(place), "text": text, "voter_count": 0} for place, text in enumerate("AB")]
    return {
        "id": str(world.changes + 1),
        "question": "?",
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }


def _contact(person: Person) -> dict[str, Any]:
    number = person.telephone or f"+86138{person.id % 10**8:08d}"
    return {"phone_number": number, "first_name": person.name, "user_id": person.id}
