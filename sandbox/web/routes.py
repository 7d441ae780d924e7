"""Which address does what."""

from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.web import control, files, groups, load, people
from sandbox.web.asked import Handler, served
from sandbox.web.events import EventStream

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

GET: dict[str, Handler] = {
    "/api/state": control.state,
    "/api/calls": control.calls,
    "/api/counters": control.counters,
    "/api/acceptances": control.acceptances,
    "/api/messages": load.messages,
    "/api/people/{id}/commands": people.commands,
    "/api/people/{id}/screen": people.screen,
}
POST: dict[str, Handler] = {
    "/api/people": people.add,
    "/api/people/{id}/send": people.send,
    "/api/people/{id}/media": people.media,
    "/api/people/{id}/edit": people.edit,
    "/api/people/{id}/press": people.press,
    "/api/people/{id}/tap": people.tap,
    "/api/people/{id}/open": people.open_link,
    "/api/people/{id}/block": people.block,
    "/api/people/{id}/language": people.language,
    "/api/groups": groups.add,
    "/api/groups/{id}/members": groups.add_member,
    "/api/groups/{id}/bot": groups.set_bot,
    "/api/groups/{id}/promote": groups.promote,
    "/api/groups/{id}/topics": groups.add_topic,
    "/api/groups/{id}/anonymous": groups.anonymous,
    "/api/groups/{id}/upgrade": groups.upgrade,
    "/api/clock": control.move_clock,
    "/api/faults": control.add_fault,
    "/api/limits": control.set_limits,
    "/api/bots": control.add_bot,
    "/api/load": load.load,
    "/api/start": load.start,
}


def add_routes(router: web.UrlDispatcher, sandbox: "Sandbox", stream: EventStream) -> None:
    """Put the page and its API under the server's address."""
    router.add_get("/", files.index)
    router.add_get("/page/{name}", files.part)
    router.add_get("/api/files/{id}", files.media(sandbox.world))
    router.add_get("/api/events", stream.serve)
    for path, handler in GET.items():
        router.add_get(path, served(sandbox, handler))
    for path, handler in POST.items():
        router.add_post(path, served(sandbox, handler))
    router.add_delete("/api/faults/{id}", served(sandbox, control.remove_fault))
