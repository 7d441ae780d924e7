"""What somebody on duty reads: their turns, their handshake, and how the bot may ring."""

from bot.domain.duty import (
    ANSWER_WITHIN,
    DutyBell,
    DutyGiven,
    DutyLeaveAsked,
    DutyMine,
    DutyView,
    MineView,
    Planned,
    WatchCard,
    WatchEmpty,
    WatchPassed,
    WatchState,
    WatchView,
)
from bot.texts.duty.buttons import AskLeave, BellDone, ComeBack, GoAway, Here, Mine, TakeNow, WhoCan
from bot.texts.duty.parts import hours, on_line
from bot.texts.message import Key, Message, Rows
from bot.texts.words import Html, Words, bold, lines, paragraphs

# With two keys about being away that makes eight.
TURNS_AT_MOST, PLACES_AT_MOST = 4, 2


def given(notice: DutyGiven, view: DutyView, words: Words) -> Message:
    """Your turns in the rota have changed."""
    said = words.say("🧭 You are on duty in {place} now and then; /duty shows when.", place=bold(view.place))
    what = words.say("When somebody does not answer or asks for help, you are asked first.")
    here = words.say("At the beginning of each turn I ask whether you are there: one tap is enough.")
    return Message(lines(said, what, here), ((Key(words.say("👤 My own turns"), Mine().code),),))


def bell(notice: DutyBell, view: DutyView, words: Words) -> Message:
    """How the bot rings through a silenced telephone."""
    head = bold(words.say("🔔 Please let me ring, even when your telephone is silenced"))
    android = words.say(
        "Android: hold your finger on this chat, open Notifications, choose Importance: urgent. "
        "Then allow Telegram to ring in Settings, under Do not disturb, Apps."
    )
    iphone = words.say(
        "iPhone: Settings, Focus, Do not disturb, Apps, add Telegram. In this chat's settings choose a loud sound."
    )
    then = words.say("This is said only once. When it is set, please tap here:")
    keys: Rows = ((Key(words.say("✅ Done, it rings"), BellDone().code),),)
    return Message(paragraphs(head, android, iphone, then), keys)


def mine(notice: DutyMine, view: MineView, words: Words) -> Message:
    """One's own turns of two weeks, and what one can do about them."""
    told: list[Html] = []
    rows: list[tuple[Key, ...]] = []
    for area_id, place, turns in view.turns:
        if turns:
            told.append(paragraphs(lines(bold(place), *(_turn(one, words) for one in turns))))
        for one in turns[: TURNS_AT_MOST - len(rows)]:
            at = WhoCan(area_id, one.hours.number, view.person_id)
            when = words.say("{day}, {hours}", day=words.date(one.day), hours=hours(one.starts, one.ends, words))
            rows.append((Key(words.say("🔁 {when}: who can?", when=when), at.code),))
    away = [
        words.say("🏖 Away from {first} to {last}", first=words.date(one.first), last=words.date(one.last))
        for one in view.leaves
    ]
    rows += [
        (Key(words.say("🙋 I take it now: {place}", place=place), TakeNow(area).code),)
        for area, place, _ in view.turns[:PLACES_AT_MOST]
    ]
    rows.append((Key(words.say("🏖 I am away"), AskLeave().code),))
    if away:
        rows.append((Key(words.say("↩️ I am back"), ComeBack().code),))
    nothing = None if told else words.say("You have no turn in the next two weeks.")
    return Message(paragraphs(bold(words.say("My own turns")), nothing, *told, lines(*away)), tuple(rows))


def _turn(one: Planned, words: Words) -> Html:
    when = Html(f"· {words.date(one.day)} {hours(one.starts, one.ends, words)}")
    line = on_line(one.line, words)
    return when if line is None else Html(f"{when} ({line})")


def leave_asked(notice: DutyLeaveAsked, view: None, words: Words) -> Message:
    """From when to when?"""
    keys: Rows = (
        (Key(words.say("Today"), GoAway(0, 1).code), Key(words.say("Tomorrow"), GoAway(1, 1).code)),
        (Key(words.say("From tomorrow, a week"), GoAway(1, 7).code),),
        (Key(words.say("From tomorrow, two weeks"), GoAway(1, 14).code),),
    )
    asked = words.say("From when to when are you away? Tap, or write both days, for example: 12-03 to 12-10")
    return Message(asked, keys)


# --- a watch ---


def watch_card(card: WatchCard, view: WatchView, words: Words) -> Message:
    """Please say that you are there; or how it stands."""
    watch = view.watch
    mine_ = watch.holder_id == view.reader_id
    when = words.clock(watch.ends_at)
    place = bold(view.place)
    here: Rows = ((Key(words.say("🙋 I'm here"), Here(watch.id).code),),)
    if watch.state is WatchState.OVER or view.now >= watch.ends_at:
        return Message(words.say("Your duty in {place} is over. Thank you!", place=place))
    if watch.state is WatchState.HELD and mine_:
        said = words.say("✅ You are on duty in {place} until {time}. Thank you!", place=place, time=when)
        return Message(lines(said, _open(view, words)))
    if watch.state is WatchState.HELD:
        said = words.say("{name} is on duty in {place} until {time}.", name=view.holder or "—", place=place, time=when)
        if view.reader_id in watch.passed:
            return Message(lines(said, words.say("Are you there after all? Then you are asked next.")), here)
        return Message(lines(said, words.say("If something is open that they cannot do, you are asked next.")))
    if mine_:
        asked = words.say("🧭 Your duty in {place} begins, until {time}. Are you there?", place=place, time=when)
        minutes = int(ANSWER_WITHIN.total_seconds() // 60)
        then = words.count(
            "After {number} minute without an answer the next one is asked.",
            "After {number} minutes without an answer the next one is asked.",
            minutes,
        )
        return Message(paragraphs(bold(asked), lines(_open(view, words), then)), here)
    said = words.say("Others are asked now. If you are there after all, tap here:")
    return Message(lines(words.say("Duty in {place}, until {time}", place=place, time=when), said), here)


def _open(view: WatchView, words: Words) -> Html | None:
    alerts = words.count("{number} alert is open.", "{number} alerts are open.", view.alerts) if view.alerts else None
    lists = (
        words.count("{number} list is on its way: /rounds", "{number} lists are on their way: /rounds", view.lists)
        if view.lists
        else None
    )
    return lines(alerts, lists) if alerts or lists else None


def passed(notice: WatchPassed, view: WatchView, words: Words) -> Message:
    """Somebody did not answer at the beginning of their duty."""
    said = words.say(
        "⚠️ {name} has not said that they are there for duty in {place}.",
        name=bold(view.person or "—"),
        place=view.place,
    )
    watch = view.watch
    if watch.state is WatchState.CALLED:
        return Message(lines(said, words.say("{name} is asked now.", name=view.holder or "—")))
    if watch.state is WatchState.HELD:
        return Message(lines(said, words.say("{name} is on duty.", name=view.holder or "—")))
    return Message(lines(said, words.say("Nobody else is planned.")))


def empty(notice: WatchEmpty, view: WatchView, words: Words) -> Message:
    """Nobody is on duty now."""
    watch = view.watch
    when = hours(watch.starts, watch.ends, words)
    if watch.state is WatchState.HELD:
        said = words.say("✅ {name} is on duty in {place} now.", name=view.holder or "—", place=view.place)
        return Message(said)
    said = words.say("⚠️ Nobody is on duty in {place} now ({hours}).", place=bold(view.place), hours=when)
    then = words.say("Alerts come straight to you and the next ones on the ladder. Can you take it, or ring somebody?")
    return Message(lines(said, then), ((Key(words.say("🙋 I take it now"), TakeNow(watch.area_id).code),),))
