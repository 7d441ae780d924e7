"""What is called how on a list: what stands how, what is looked for, and each row in a line."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.listings import Book, Crew, Filter, NeedRow, PersonRow, Since, Stand, UnreachedRow
from bot.domain.needs import Urgency
from bot.domain.volunteers import Standing
from bot.texts.needs import state_mark, urgency_name
from bot.texts.words import Html, Words, clip, safe

NAME_UNITS, PLACE_UNITS = 40, 60


def book_name(book: Book, words: Words) -> Html:
    """Of what the list is."""
    names = {
        Book.NEEDS: words.say("📋 Requests"),
        Book.PEOPLE: words.say("🎗 Volunteers"),
        Book.UNREACHED: words.say("📵 To be rung"),
    }
    return names[book]


def field_name(field: str, words: Words) -> Html:
    """What can be chosen."""
    names: Mapping[str, Html] = {
        "stand": words.say("State"),
        "kind": words.say("Kind"),
        "urgency": words.say("How soon"),
        "place": words.say("Place"),
        "since": words.say("Since when"),
        "helper": words.say("Helper"),
        "skill": words.say("Skill"),
    }
    return names[field]


def stand_name(book: Book, stand: str, words: Words) -> Html:
    """What is listed."""
    return (_crew_names(words) if book is Book.PEOPLE else _stand_names(words)).get(stand, safe(stand))


def _stand_names(words: Words) -> Mapping[str, Html]:
    return {
        Stand.RUNNING: words.say("running"),
        Stand.OPEN: words.say("nobody has taken it"),
        Stand.LATE: words.say("nobody has taken it in time"),
        Stand.HELD: words.say("on hold"),
        Stand.CLAIMED: words.say("somebody has it"),
        Stand.OVERDUE: words.say("overdue"),
        Stand.DONE: words.say("to be confirmed"),
        Stand.DISPUTED: words.say("something is wrong"),
        Stand.CLOSED: words.say("done"),
        Stand.CANCELLED: words.say("cancelled"),
        Stand.EXPIRED: words.say("nobody was found"),
        Stand.ALL: words.say("all"),
    }


def _crew_names(words: Words) -> Mapping[str, Html]:
    return {
        Crew.NOW: words.say("now"),
        Crew.APPLIED: words.say("has applied"),
        Crew.ACTIVE: words.say("helps"),
        Crew.RENEWAL: words.say("year ends soon"),
        Crew.SUSPENDED: words.say("suspended"),
        Crew.UNREACHED: words.say("not reached"),
        Crew.DECLINED: words.say("not approved"),
        Crew.ENDED: words.say("has stopped"),
    }


def since_name(since: str, words: Words) -> Html:
    """Since when."""
    names: Mapping[str, Html] = {
        Since.TODAY: words.say("today"),
        Since.WEEK: words.say("last 7 days"),
        Since.MONTH: words.say("last 30 days"),
        Since.ALL: words.say("all"),
    }
    return names.get(since, safe(since))


def value_name(book: Book, field: str, value: str, words: Words) -> Html:
    """A value that can be chosen; places and people come with their names."""
    match field:
        case "stand":
            return stand_name(book, value, words)
        case "kind":
            return safe(words.home.catalogue[value].name(words.language))
        case "urgency":
            return urgency_name(Urgency(value), words)
        case "since":
            return since_name(value, words)
        case _:
            return skill_name(value, words)


def skill_name(code: str, words: Words) -> Html:
    """What somebody can do, called as what people ask for."""
    named = (one.name(words.language) for one in words.home.catalogue.categories if code in one.skills)
    return safe(next(named, code))


def filter_line(book: Book, asked: Filter, named: Mapping[str, str], words: Words) -> Html:
    """All that is looked for, in one line; "all" where nothing is."""
    said = [_asked(book, asked, field, named, words) for field in asked.asked()]
    return safe(" · ".join(said)) if said else words.say("all")


def _asked(book: Book, asked: Filter, field: str, named: Mapping[str, str], words: Words) -> str:
    value = str(getattr(asked, field))
    match field:
        case "place" | "helper":
            return clip(named.get(field, value), NAME_UNITS)
        case "number":
            return f"#{value}"
        case "name" | "words":
            return f"“{clip(value, NAME_UNITS)}”"
        case _:
            return _plain(value_name(book, field, value, words))


def _plain(name: Html) -> str:
    return name


def need_line(row: NeedRow, words: Words) -> Html:
    """A need on a key."""
    return words.say(
        "#{number} {category} · {state} · {place}",
        number=row.need.id,
        category=words.home.catalogue[row.need.category].name(words.language),
        state=words.say("on hold") if row.held else state_mark(row.need.state, words),
        place=row.place.rsplit(" ", 1)[-1],
    )


def person_line(row: PersonRow, words: Words) -> Html:
    """A volunteer on a key."""
    mark = {Standing.APPLIED: "📨", Standing.ACTIVE: "🎗", Standing.SUSPENDED: "⏸"}.get(row.volunteer.state, "🍂")
    state = person_state(row, words)
    return words.say("{mark} {name} · {state}", mark=mark, name=clip(row.name, NAME_UNITS), state=state)


def person_state(row: PersonRow, words: Words) -> Html:
    """Where a volunteer stands; that no chat reaches them says more."""
    state = row.volunteer.state
    if state is Standing.ACTIVE and not row.reached:
        return words.say("not reached")
    crew = {Standing.RETIRED: Crew.ENDED, Standing.LAPSED: Crew.ENDED}.get(state)
    return stand_name(Book.PEOPLE, crew or state.value, words)


def unreached_line(row: UnreachedRow, now: datetime, words: Words) -> Html:
    """Somebody to be rung, in a line: where, since when, and the telephone if it is shown."""
    telephone = row.telephone or (words.say("📞 …") if row.has_telephone else words.say("no telephone"))
    since = words.say("since {when}", when=words.when(row.since, now))
    facts = (clip(row.place, PLACE_UNITS), since, telephone)
    return words.say(
        "{mark} {name}: {facts}",
        mark="💛" if row.cared_for else "👤",
        name=clip(row.name, NAME_UNITS),
        facts=Html(" · ".join(safe(fact) for fact in facts if fact)),
    )
